import { formatCount } from '#src/lib/text.ts'

/** What the page lists: the reasons, and how many more there are. */
export function reasonsOf({ reasons, wrong }: { reasons: string[]; wrong: number }): string[] {
  const more = wrong - reasons.length
  return more > 0 ? [...reasons, `Y ${formatCount(more)} más.`] : reasons
}
