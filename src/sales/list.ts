import { formatDay, limaDate, limaDayBounds } from '#src/lib/lima.ts'
import type { Method } from '#src/sales/payment.ts'

export type Listed = { soldAt: Date }
export type MethodTotal = { method: Method; centimos: number }
export type SalesDay<Sale extends Listed> = {
  /** `2026-11-23` */
  date: string
  /** `Hoy`, `Ayer`, `dom 22 nov` */
  name: string
  totalCentimos: number
  salesMade: number
  byMethod: MethodTotal[]
  sales: Sale[]
}

/** The Lima day of a sale. */
export const dayOf = (sale: Listed) => limaDayBounds(sale.soldAt)

/** Sales, newest first, under the whole day's totals: a page may show only part of a day, its totals never. */
export function groupByDay<Sale extends Listed>(
  sales: readonly Sale[],
  totals: readonly { day: string; method: Method; centimos: number }[],
  counts: ReadonlyMap<string, number>,
  now: Date,
): SalesDay<Sale>[] {
  const days = new Map<string, SalesDay<Sale>>()
  for (const sale of sales) {
    const date = limaDate(sale.soldAt)
    const day = days.get(date) ?? emptyDay<Sale>(date, formatDay(sale.soldAt, now), counts.get(date) ?? 0)
    day.sales.push(sale)
    days.set(date, day)
  }
  for (const { day: date, method, centimos } of totals) {
    const day = days.get(date)
    if (!day) continue
    day.byMethod.push({ method, centimos })
    day.totalCentimos += centimos
  }
  return [...days.values()]
}

const emptyDay = <Sale extends Listed>(date: string, name: string, salesMade: number): SalesDay<Sale> => ({
  date,
  name,
  totalCentimos: 0,
  salesMade,
  byMethod: [],
  sales: [],
})
