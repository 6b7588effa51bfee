/** Months and years of a plan: calendar ones, from midnight to midnight in Lima. */

import { limaDate, limaDayBounds } from '#src/lib/lima.ts'

export type Period = 'month' | 'year'

/**
 * A month or a year later. The anchor is a last day that still works, not the midnight after it: paid on 31 January
 * the last days are 28 February, 31 March, 30 April.
 */
export function addPeriod(midnight: Date, period: Period, anchorDay: number): Date {
  const [year, month] = partsOf(dayBefore(midnight))
  return nextDay(limaMidnight(year, month + (period === 'year' ? 12 : 1), anchorDay))
}

/** The day of the month before the chain of periods that ends here began: they come in the order of their days. */
export function anchorOf(periods: readonly { coversFrom: Date; coversUntil: Date }[], end: Date): number {
  let start = end
  for (const { coversFrom, coversUntil } of periods.toReversed()) {
    if (coversUntil.getTime() !== start.getTime()) break
    start = coversFrom
  }
  const [year, month] = partsOf(dayBefore(end))
  const anchorDay = anchorBefore(start)
  // A chain with days of its own (a credit, a refund) has left its anchor behind.
  return nextDay(limaMidnight(year, month, anchorDay)).getTime() === end.getTime()
    ? anchorDay
    : anchorBefore(end)
}

const dayOf = (at: Date) => partsOf(at)[2]

/**
 * Of a period that begins at this midnight: the day on which it is paid, or on which what is before it ends. What
 * begins with the first of a month ends with a month.
 */
export function anchorBefore(midnight: Date): number {
  return dayOf(midnight) === 1 ? 31 : dayOf(dayBefore(midnight))
}

const dayBefore = (midnight: Date) => new Date(midnight.getTime() - 86_400_000)
const nextDay = (midnight: Date) => new Date(midnight.getTime() + 86_400_000)

/** Midnight in Lima; months beyond 12 are the next year's, a day that the month lacks is its last. */
function limaMidnight(year: number, month: number, dayOfMonth: number): Date {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return limaDayBounds(new Date(Date.UTC(year, month - 1, Math.min(dayOfMonth, last), 12))).from
}

function partsOf(at: Date): [year: number, month: number, day: number] {
  const [year = 0, month = 1, day = 1] = limaDate(at).split('-').map(Number)
  return [year, month, day]
}
