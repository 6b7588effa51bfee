import type { Chart } from '#src/charts/chart.ts'
import { monthLabel, type Period } from '#src/charts/periods.ts'
import { limaDayBounds } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import { count, formatCount } from '#src/lib/text.ts'

/** A confirmed payment: what one business pays from when until when. */
export type PaidPeriod = {
  tenantId: number
  paymentId: number
  /** Twelfths of a céntimo a month: a yearly price divided by twelve is then a whole number. */
  monthlyTwelfths: number
  from: Date
  until: Date
}

export const monthlyTwelfths = (period: 'month' | 'year', priceCentimos: number) =>
  period === 'month' ? priceCentimos * 12 : priceCentimos

/** A period begins on the day after paying; whoever pays for tomorrow pays already today. */
export function paysFrom(coversFrom: Date, paidAt: Date | null): Date {
  if (!paidAt || paidAt >= coversFrom) return coversFrom
  return limaDayBounds(paidAt).to.getTime() === coversFrom.getTime() ? paidAt : coversFrom
}

/** What each business pays at this instant. A change of plan begins before the old period ends: the later one counts. */
export function paidAt(periods: readonly PaidPeriod[], at: Date): Map<number, PaidPeriod> {
  const paid = new Map<number, PaidPeriod>()
  for (const period of periods) {
    if (at < period.from || at >= period.until) continue
    const other = paid.get(period.tenantId)
    if (!other || isLater(period, other)) paid.set(period.tenantId, period)
  }
  return paid
}

const isLater = (one: PaidPeriod, other: PaidPeriod) =>
  one.from > other.from || (one.from.getTime() === other.from.getTime() && one.paymentId > other.paymentId)

/** Monthly recurring revenue in céntimos, rounded once. */
export function mrrCentimos(paid: ReadonlyMap<number, PaidPeriod>): number {
  let twelfths = 0
  for (const period of paid.values()) twelfths += period.monthlyTwelfths
  return Math.round(twelfths / 12)
}

/** One month: who paid at its beginning, who of them no longer at its end, and who came. */
export type IncomeMonth = {
  month: Period
  paidAtStart: number
  lost: number
  gained: number
  /** At its end, or now while it lasts. */
  paying: number
  mrrCentimos: number
}

export function incomeMonths(
  months: readonly Period[],
  periods: readonly PaidPeriod[],
  now: Date,
): IncomeMonth[] {
  return months.map((month) => {
    const start = paidAt(periods, month.from)
    const end = paidAt(periods, month.to < now ? month.to : now)
    const lost = [...start.keys()].filter((tenantId) => !end.has(tenantId)).length
    const gained = [...end.keys()].filter((tenantId) => !start.has(tenantId)).length
    return { month, paidAtStart: start.size, lost, gained, paying: end.size, mrrCentimos: mrrCentimos(end) }
  })
}

/** «4.8 %», or a dash where nobody paid at the beginning. */
export const churnText = ({ lost, paidAtStart }: IncomeMonth) =>
  paidAtStart === 0
    ? '—'
    : `${(Math.round((lost / paidAtStart) * 1000) / 10).toFixed(1).replace(/\.0$/, '')} %`

export function incomeText(current: IncomeMonth): string {
  const { paying, paidAtStart, lost } = current
  if (paying === 0 && paidAtStart === 0) return 'Todavía no hay negocios que paguen.'
  const now = `${formatSoles(current.mrrCentimos)} al mes con ${count(paying, 'negocio que paga', 'negocios que pagan')}.`
  if (paidAtStart === 0) return now
  const began = count(paidAtStart, 'que pagaba', 'que pagaban')
  return `${now} De ${began} al empezar el mes, ${formatCount(lost)} ya no ${lost === 1 ? 'paga' : 'pagan'} (${churnText(current)}).`
}

export function mrrChart(months: readonly IncomeMonth[], summary: string): Chart {
  return {
    name: 'ingreso',
    summary,
    shape: 'lines',
    labels: months.map(({ month }) => monthLabel(month.from)),
    series: [
      { name: 'Ingreso mensual', colour: 'green', values: months.map((row) => row.mrrCentimos / 100) },
    ],
    write: (soles) => formatSoles(Math.round(soles * 100)).replace(/\.00$/, ''),
  }
}

export function movesChart(months: readonly IncomeMonth[]): Chart {
  return {
    name: 'cambios',
    summary: 'Negocios que empezaron a pagar y que dejaron de pagar, por mes.',
    shape: 'columns',
    labels: months.map(({ month }) => monthLabel(month.from)),
    series: [
      { name: 'Empezaron', colour: 'green', values: months.map(({ gained }) => gained) },
      { name: 'Dejaron', colour: 'red', values: months.map(({ lost }) => lost) },
    ],
    write: formatCount,
  }
}
