/** How long the disk lasts: pure. */

export type FreeSpace = { at: Date; freeBytes: number }

const dayMs = 86_400_000
/** Less than that says nothing: the copies of one night come and go. */
const leastMs = 2 * dayMs

/**
 * In how many days only `floorBytes` are left, going on as in these days; null: not at all, or nobody can say yet.
 * The least squares' line, so that one large import does not decide.
 */
export function daysUntil(floorBytes: number, seen: readonly FreeSpace[]): number | null {
  const last = seen.at(-1)
  const first = seen[0]
  if (!first || !last || last.at.getTime() - first.at.getTime() < leastMs) return null
  const days = seen.map(({ at }) => (at.getTime() - first.at.getTime()) / dayMs)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [middle, level] = [mean(days), mean(seen.map(({ freeBytes }) => freeBytes))]
  const spread = days.reduce((sum, day) => sum + (day - middle) ** 2, 0)
  const tilt = seen.reduce(
    (sum, { freeBytes }, i) => sum + ((days[i] ?? 0) - middle) * (freeBytes - level),
    0,
  )
  const lostADay = -tilt / spread
  // A megabyte a day is the noise of logs.
  if (lostADay < 1e6) return null
  return Math.max(0, (last.freeBytes - floorBytes) / lostADay)
}

export const spaceJob = 'note-disk'

/** What the job says each time, and what the doctor reads from its history. */
export const spaceLine = (freeBytes: number, totalBytes: number) => `${freeBytes} of ${totalBytes} bytes free`

export function freeIn(log: string | null): number | null {
  const free = /(\d+) of \d+ bytes free/.exec(log ?? '')?.[1]
  return free === undefined ? null : Number(free)
}
