/** Where a trial stands. Pure: the clock and the count of sales come in. */

import { limaDayBounds, limaDaysBetween } from '#src/lib/lima.ts'
import { count } from '#src/lib/text.ts'

/** `first`: days or sales, whichever ends first. `last`: whichever lasts longer, never beyond trialMaxDays. */
export type TrialPlan = {
  trialDays: number
  trialSales: number
  trialRule: 'first' | 'last'
  trialMaxDays: number | null
}

export type TrialState =
  /** `salesLeft` where sales go on once the days are over; it is told in the last days only. */
  | { kind: 'days'; daysLeft: number; salesLeft?: number }
  | { kind: 'sales'; salesLeft: number }
  | { kind: 'over' }

/**
 * The days of a trial are Lima calendar days. The day of signing up is not one of them and the last one
 * counts whole (Código Civil, art. 183, 4), so that 14 days are never less than 14 times 24 hours.
 * daysLeft 0 is the last day. Sales decide only once the days are used up, or with the rule `first`.
 */
export function trialState(plan: TrialPlan, startedAt: Date, salesMade: number, now: Date): TrialState {
  const dayOfTrial = Math.max(0, limaDaysBetween(startedAt, now))
  const daysLeft = daysOf(plan) - dayOfTrial
  const salesLeft = plan.trialSales - salesMade
  if (plan.trialRule === 'first' && salesLeft <= 0) return { kind: 'over' }
  if (daysLeft >= 0) return { kind: 'days', daysLeft }
  if (plan.trialRule === 'first' || salesLeft <= 0) return { kind: 'over' }
  if (plan.trialMaxDays !== null && dayOfTrial > plan.trialMaxDays) return { kind: 'over' }
  return { kind: 'sales', salesLeft }
}

/** Nothing lasts beyond the last day, the days themselves included. */
const daysOf = (plan: TrialPlan) => Math.min(plan.trialDays, plan.trialMaxDays ?? plan.trialDays)

/** The instant in which the days (not the sales) of a trial are over: a midnight in Lima. */
export function trialDaysEnd(plan: TrialPlan, startedAt: Date): Date {
  return new Date(limaDayBounds(startedAt).to.getTime() + daysOf(plan) * 86_400_000)
}

/** The quiet chip on every signed-in page. */
export function trialChip(state: TrialState): string {
  if (state.kind === 'over') return 'Tu prueba ha terminado'
  if (state.kind === 'sales') return left(state.salesLeft, 'venta', 'ventas')
  if (state.daysLeft === 0 && state.salesLeft) return left(state.salesLeft, 'venta', 'ventas')
  return state.daysLeft === 0 ? 'Hoy es tu último día de prueba' : left(state.daysLeft, 'día', 'días')
}

const left = (n: number, one: string, many: string) =>
  `${n === 1 ? 'Te queda' : 'Te quedan'} ${count(n, one, many)} de prueba`
