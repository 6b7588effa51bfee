import { limaDate, limaDayBounds } from '#src/lib/lima.ts'

/** From its first instant up to, and without, its last. Midnights in Lima. */
export type Period = { from: Date; to: Date }

const hour = 3_600_000
const day = 24 * hour

/** The last so many weeks, Monday to Sunday in Lima, the present one last. */
export function lastWeeks(now: Date, count: number): Period[] {
  const today = limaDayBounds(now).from
  const weekday = new Date(`${limaDate(now)}T00:00:00Z`).getUTCDay()
  const monday = today.getTime() - ((weekday + 6) % 7) * day
  return Array.from({ length: count }, (_, n) => {
    const from = monday - (count - 1 - n) * 7 * day
    return { from: new Date(from), to: new Date(from + 7 * day) }
  })
}

/** The last so many calendar months in Lima, the present one last. */
export function lastMonths(now: Date, count: number): Period[] {
  const [year = 0, month = 1] = limaDate(now).split('-').map(Number)
  const first = (n: number) => new Date(Date.UTC(year, month - 1 - n, 1, 5))
  return Array.from({ length: count }, (_, n) => ({ from: first(count - 1 - n), to: first(count - 2 - n) }))
}

export const isWithin = (at: Date, { from, to }: Period) => at >= from && at < to

const months = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'set', 'oct', 'nov', 'dic']

/** `16 nov` */
export function dayLabel(at: Date): string {
  const [, month = 1, dayOfMonth] = limaDate(at).split('-').map(Number)
  return `${dayOfMonth} ${months[month - 1]}`
}

/** `nov`, and `ene 27` where a year begins. */
export function monthLabel(at: Date): string {
  const [year = 0, month = 1] = limaDate(at).split('-').map(Number)
  return month === 1 ? `${months[0]} ${String(year).slice(2)}` : (months[month - 1] ?? '')
}
