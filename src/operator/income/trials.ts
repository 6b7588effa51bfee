import { type AccountFacts, accountState, type TrialSales } from '#src/billing/account.ts'
import type { Chart } from '#src/charts/chart.ts'
import { dayLabel } from '#src/charts/periods.ts'
import { count, formatCount } from '#src/lib/text.ts'

export type OnTrial = AccountFacts & { id: number; businessName: string; sales: TrialSales }

/** `daysLeft` 0 ends tonight; null: the days are over and the sales decide. */
export type EndingTrial = {
  id: number
  businessName: string
  daysLeft: number | null
  salesLeft: number | null
}

/** Every trial that still runs, the first to end first; those whose sales decide stand before all. */
export function runningTrials(businesses: readonly OnTrial[], now: Date): EndingTrial[] {
  return businesses
    .flatMap((business): EndingTrial[] => {
      const state = accountState(business, business.sales, now)
      if (state.kind !== 'trial') return []
      const { id, businessName } = business
      const { left } = state
      const isDays = left.kind === 'days' && (left.daysLeft > 0 || left.salesLeft === undefined)
      return isDays
        ? [{ id, businessName, daysLeft: left.daysLeft, salesLeft: null }]
        : [{ id, businessName, daysLeft: null, salesLeft: left.salesLeft ?? 0 }]
    })
    .sort((a, b) => (a.daysLeft ?? -1) - (b.daysLeft ?? -1) || (a.salesLeft ?? 0) - (b.salesLeft ?? 0))
}

export const soonDays = 7
export const endsSoon = ({ daysLeft }: EndingTrial) => daysLeft === null || daysLeft < soonDays

export function trialsText(trials: readonly EndingTrial[]): string {
  const soon = trials.filter(endsSoon).length
  return `${count(trials.length, 'prueba en curso', 'pruebas en curso')}; ${formatCount(soon)} ${soon === 1 ? 'termina' : 'terminan'} en los próximos ${soonDays} días.`
}

export const leftText = ({ daysLeft, salesLeft }: EndingTrial) =>
  daysLeft === null
    ? count(salesLeft ?? 0, 'venta', 'ventas')
    : daysLeft === 0
      ? 'Termina hoy'
      : count(daysLeft, 'día', 'días')

const day = 86_400_000
const shownDays = 14

export function trialsChart(trials: readonly EndingTrial[], now: Date): Chart {
  const days = Array.from({ length: shownDays }, (_, n) => n)
  return {
    name: 'pruebas',
    summary: trialsText(trials),
    shape: 'columns',
    labels: days.map((n) => (n === 0 ? 'Hoy' : dayLabel(new Date(now.getTime() + n * day)))),
    series: [
      {
        name: 'Pruebas que terminan',
        colour: 'ember',
        values: days.map((n) => trials.filter(({ daysLeft }) => daysLeft === n).length),
      },
    ],
    write: formatCount,
  }
}
