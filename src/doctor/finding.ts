import { describeError } from '#src/db/errors.ts'

/** One thing that was looked at. What is not well always says how to mend it. */
export type Finding = { name: string; ok: true; found: string } | Bad
type Bad = { name: string; ok: false; found: string; mend: string }

export const good = (name: string, found: string): Finding => ({ name, ok: true, found })

export const bad = (name: string, found: string, mend: string): Finding => ({ name, ok: false, found, mend })

/** A look that breaks is a finding too, and hides none of the others. */
export async function looked(name: string, look: () => Promise<Finding | Finding[]>): Promise<Finding[]> {
  try {
    return [await look()].flat()
  } catch (error) {
    const { message } = describeError(error)
    return [bad(name, `could not be looked at: ${message}`, 'Mend what else is BAD here, and look again.')]
  }
}

/** A few names and how many more: nobody reads a thousand. */
export function few(all: readonly string[], most = 10): string {
  const more = all.length - most
  return more > 0 ? `${all.slice(0, most).join(', ')} and ${more} more` : all.join(', ')
}
