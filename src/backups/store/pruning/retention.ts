/** So many of the newest nights, and the newest night of so many weeks and months. */
export type Keep = { daily: number; weekly: number; monthly: number }

export type Night = {
  /** A Lima day. */
  night: string
  /** It has its manifest: it was brought to its end. */
  isWhole: boolean
}

export type Situation = {
  keep: Keep
  /** By this machine's clock; a wrong one deletes nothing that a right one would not. */
  today: string
  /** Nights in which some living business has its newest verified copy. */
  needed: ReadonlySet<string>
  /** Nights that may go in one run, whatever is due. */
  mostAtOnce: number
}

export type Doomed =
  | { ok: true; nights: string[] /** Due as well, and left for later runs. */; later: number }
  | { ok: false; problem: 'nothing-verified' }

/**
 * Which nights may go. What counts is the nights that are there, never their age: after a month without copies, or
 * with a clock that ran ahead, the newest are still the newest. Nights after tomorrow come from a wrong clock: they
 * take nobody's place and are left for a person.
 */
export function doomedNights(nights: readonly Night[], situation: Situation): Doomed {
  const { keep, today, needed, mostAtOnce } = situation
  // As after a restore of the admin database: nobody knows which copies are good.
  if (needed.size === 0) return { ok: false, problem: 'nothing-verified' }
  const past = nights
    .filter(({ night }) => night <= dayAfter(today))
    .toSorted((a, b) => (a.night < b.night ? 1 : -1))
  const whole = past.filter(({ isWhole }) => isWhole).map(({ night }) => night)
  const kept = new Set([
    ...whole.slice(0, keep.daily),
    ...newestOfEach(whole, weekOf, keep.weekly),
    ...newestOfEach(whole, (night) => night.slice(0, 7), keep.monthly),
    ...needed,
  ])
  // Half a night is of use until a week of whole ones came after it.
  const oldestDaily = whole[keep.daily - 1]
  const doomed = past.filter(({ night, isWhole }) =>
    isWhole ? !kept.has(night) : !needed.has(night) && oldestDaily !== undefined && night < oldestDaily,
  )
  const oldestFirst = doomed.map(({ night }) => night).toReversed()
  return {
    ok: true,
    nights: oldestFirst.slice(0, mostAtOnce),
    later: Math.max(0, oldestFirst.length - mostAtOnce),
  }
}

/** `nights` newest first. */
function newestOfEach(nights: readonly string[], spanOf: (night: string) => string, spans: number): string[] {
  const newest = new Map<string, string>()
  for (const night of nights) {
    const span = spanOf(night)
    if (!newest.has(span)) newest.set(span, night)
  }
  return [...newest.values()].slice(0, spans)
}

const dayMs = 86_400_000
const toDay = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const dayAfter = (day: string) => toDay(Date.parse(`${day}T00:00:00Z`) + dayMs)

/** A week by its Monday. */
function weekOf(night: string): string {
  const at = Date.parse(`${night}T00:00:00Z`)
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7
  return toDay(at - sinceMonday * dayMs)
}

/** So many nights carry the businesses' keys: one whose key was destroyed is erased everywhere after as many. */
export const keyNights = 8

/** Which nights' lists of keys may go: `withKeys` are the nights that have one. */
export const doomedKeys = (withKeys: readonly string[]): string[] =>
  withKeys.toSorted().toReversed().slice(keyNights)

/** As long as the server itself keeps them, and a day for the way. */
export const logDays = 9

export type LogThere = { key: string; storedAt: Date }

/**
 * Which binary logs may go: older than `--at` reaches, by the store's own clock, and not needed to go on from the
 * newest verified copy.
 */
export function doomedLogs(
  logs: readonly LogThere[],
  { storeNow, verifiedFrom }: { storeNow: Date; verifiedFrom: Date | null },
): string[] {
  if (!verifiedFrom) return []
  const before = Math.min(storeNow.getTime() - logDays * dayMs, verifiedFrom.getTime() - dayMs)
  return logs.filter(({ storedAt }) => storedAt.getTime() < before).map(({ key }) => key)
}

export type Clocks = {
  app: Date
  database: Date
  store: Date /** When a job last ended, more than an hour ago. */
  lastBeat: Date | null
}

const mostApartMs = 5 * 60_000
const mostSilentMs = 48 * 3_600_000

/** What is deleted stays deleted: not with clocks that differ, nor after a leap of all of them. */
export function clockProblem({
  app,
  database,
  store,
  lastBeat,
}: Clocks): 'clocks-differ' | 'clock-leapt' | null {
  const times = [app, database, store].map((at) => at.getTime())
  if (Math.max(...times) - Math.min(...times) > mostApartMs) return 'clocks-differ'
  if (lastBeat && app.getTime() - lastBeat.getTime() > mostSilentMs) return 'clock-leapt'
  return null
}
