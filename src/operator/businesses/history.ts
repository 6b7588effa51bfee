/** What the audit log says, in a shop's words. Pure. */

import { formatShortDay } from '#src/lib/lima.ts'
import { count } from '#src/lib/text.ts'
import { actNames } from './texts.ts'

type Entry = { act: string; detail: Record<string, unknown> | null }

export const actName = (act: string) => actNames[act] ?? act

/** What was before and after, where a sentence says it better than the row; '' where the name is enough. */
export function detailText({ act, detail }: Entry): string {
  if (!detail) return ''
  if (act === 'tenant.extended') {
    const days = typeof detail.days === 'number' ? count(detail.days, 'día', 'días') : ''
    return [days, until(detail.until)].filter(Boolean).join(', ')
  }
  if (act === 'tenant.plan') {
    const [before, after] = [part(detail.before), part(detail.after)]
    return `${before.plan ?? '?'} → ${after.plan ?? '?'} ${until(after.paidUntil)}`.trim()
  }
  return ''
}

const part = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function until(value: unknown): string {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return ''
  return `hasta el ${formatShortDay(new Date(Date.parse(value) - 1))}`
}
