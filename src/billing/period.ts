/** Months and years of a plan: calendar ones, from midnight to midnight in Lima. */

import { limaDate, limaDayBounds } from '#src/lib/lima.ts'

export type Period = 'month' | 'year'

/** A month or a year later, on the anchor's day or the month's last: 31 Jan → 28 Feb → 31 Mar. */
export function addPeriod(midnight: Date, period: Period, anchorDay: number): Date {
  const [year, month] = partsOf(midnight)
  return limaMidnight(year, month + (period === 'year' ? 12 : 1), anchorDay)
}

/** The day of the month on which the chain of periods that ends here began: they come in the order of their days. */
export function anchorOf(periods: readonly { coversFrom: Date; coversUntil: Date }[], end: Date): number {
  let start = end
  for (const { coversFrom, coversUntil } of periods.toReversed()) {
    if (coversUntil.getTime() !== start.getTime()) break
    start = coversFrom
  }
  const [year, month, ownDay] = partsOf(end)
  const anchorDay = dayOf(start)
  // A chain with days of its own (a credit, a refund) has left its anchor behind.
  return limaMidnight(year, month, anchorDay).getTime() === end.getTime() ? anchorDay : ownDay
}

export const dayOf = (at: Date) => partsOf(at)[2]

/** Midnight in Lima; months beyond 12 are the next year's, a day that the month lacks is its last. */
function limaMidnight(year: number, month: number, dayOfMonth: number): Date {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return limaDayBounds(new Date(Date.UTC(year, month - 1, Math.min(dayOfMonth, last), 12))).from
}

function partsOf(at: Date): [year: number, month: number, day: number] {
  const [year = 0, month = 1, day = 1] = limaDate(at).split('-').map(Number)
  return [year, month, day]
}
