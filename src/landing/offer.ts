import { formatSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'

/** A size that the landing sells, as its row of `plans` has it. A limit of null means none. */
export type PaidPlan = {
  name: string
  priceMonthlyCentimos: number
  priceYearlyCentimos: number | null
  branches: number | null
  registers: number | null
  staff: number | null
  products: number | null
}

export type TrialOffer = {
  trialDays: number
  trialSales: number
  trialRule: 'first' | 'last'
  trialMaxDays: number | null
}

export type Offer = { plans: readonly PaidPlan[]; trial: TrialOffer }

/** «S/ 39»: a price without céntimos is said without them. */
export const priceText = (centimos: number) => formatSoles(centimos).replace(/\.00$/, '')

/** «1 local», «3 personas»…: what a size holds, in the order a person asks. */
export function planLimits(plan: PaidPlan): string[] {
  return [
    limit(plan.branches, 'local', 'locales'),
    limit(plan.registers, 'caja', 'cajas'),
    limit(plan.staff, 'persona', 'personas'),
    limit(plan.products, 'producto', 'productos'),
  ]
}

const limit = (most: number | null, one: string, many: string) =>
  most === null ? `Sin límite de ${many}` : count(most, one, many)

/** «Al año pagas 10 meses.», only while that is so for every size. */
export function yearlyText(plans: readonly PaidPlan[]): string | null {
  const months = plans.map((plan) => (plan.priceYearlyCentimos ?? Number.NaN) / plan.priceMonthlyCentimos)
  const first = months[0]
  const isOneRule = first !== undefined && Number.isInteger(first) && months.every((n) => n === first)
  return isOneRule ? `Al año pagas ${count(first, 'mes', 'meses')}.` : null
}

/** What the operator's configuration lets an owner pay with. */
type PaymentsTaken = {
  payByHand: { yape: string | null; plin: string | null; bankAccount: string | null } | null
  mercadoPago: object | null
}

/** «Yape, Plin, transferencia o tarjeta»: only what is taken here; null where an owner has to write to us. */
export function waysToPayText({ payByHand, mercadoPago }: PaymentsTaken): string | null {
  const ways = [
    ...(payByHand?.yape ? ['Yape'] : []),
    ...(payByHand?.plin ? ['Plin'] : []),
    ...(payByHand?.bankAccount ? ['transferencia'] : []),
    ...(mercadoPago ? ['tarjeta'] : []),
  ]
  const last = ways.pop()
  if (last === undefined) return null
  return ways.length === 0 ? last : `${ways.join(', ')} o ${last}`
}

export const trialDaysText = (trial: TrialOffer) => count(trial.trialDays, 'día', 'días')

/** How long the trial lasts, by the plan's own rule; both limits are said, the last day too. */
export function trialText(trial: TrialOffer): string {
  const joined = trial.trialRule === 'last' ? 'lo que dure más' : 'lo que llegue primero'
  const most =
    trial.trialRule === 'last' && trial.trialMaxDays !== null
      ? `, como máximo ${count(trial.trialMaxDays, 'día', 'días')}`
      : ''
  return `La prueba dura ${trialDaysText(trial)} o ${count(trial.trialSales, 'venta', 'ventas')}, ${joined}${most}.`
}
