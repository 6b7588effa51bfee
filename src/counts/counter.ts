import { limaDate } from '#src/lib/lima.ts'

/** What is counted by day in Lima: visits of the landing (tenant 0), errors of a business. No person is in it. */
export type CountName = 'visit' | 'error'
export type Count = { day: string; name: CountName; tenantId: number; count: number }

let buffer = new Map<string, Count>()

/** Counts one, in memory: a visit costs the database nothing. It is written within ten seconds, or at the stop. */
export function countOnce(name: CountName, at: Date, tenantId = 0): void {
  put({ day: limaDate(at), name, tenantId, count: 1 })
}

/** Everything counted since the last time; the buffer is empty afterwards. */
export function takeCounts(): Count[] {
  const taken = [...buffer.values()]
  buffer = new Map()
  return taken
}

/** What could not be written waits for the next time, with what came meanwhile. */
export function giveBack(counts: readonly Count[]): void {
  for (const count of counts) put(count)
}

/** A person who reads, as far as her browser says: no crawler, no preview of a link, no page fetched in advance. */
export function isVisit({
  userAgent = '',
  purpose = '',
}: {
  userAgent?: string | undefined
  purpose?: string | undefined
}) {
  return (
    userAgent.startsWith('Mozilla/') &&
    !robots.test(userAgent) &&
    !/prefetch|prerender|preview/i.test(purpose)
  )
}
const robots = /bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|monitor|headless|lighthouse/i

function put(added: Count): void {
  const key = `${added.day} ${added.name} ${added.tenantId}`
  buffer.set(key, { ...added, count: added.count + (buffer.get(key)?.count ?? 0) })
}
