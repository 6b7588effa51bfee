/**
 * How a sale is settled: cash rounds down to the smallest coin and may give change, everything else
 * pays exactly (PERU.md, sections 4 and 5). Also runs in the till's page.
 */

/** `app`: the delivery app pays («Por cobrar a la app»). */
export type Method = 'efectivo' | 'yape' | 'plin' | 'tarjeta' | 'app'

/** amountCentimos 0 is what the other payments leave open: a sale paid in one way needs no amount. */
export type Payment = {
  method: Method
  amountCentimos: number
  receivedCentimos?: number | undefined
  operationNumber?: string | undefined
}
export type SettlementProblem = 'not-enough-cash' | 'wallet-above-total' | 'wallet-not-exact' | 'nothing-paid'
export type SettledPayment = Payment & { changeCentimos: number }
type Refusal = { ok: false; problem: SettlementProblem; missingCentimos?: number }
export type Settlement =
  | { ok: true; roundingCentimos: number; dueCentimos: number; payments: SettledPayment[] }
  | Refusal

/** Always ≤ 0, down to 0.10, in the customer's favour: 996 → −6. */
export function cashRounding(totalCentimos: number): number {
  return 0 - (totalCentimos % 10)
}

/**
 * Only the part that is paid in cash is rounded. Due = total + rounding; the amounts of the settled
 * payments add up to it, and the change is what was handed over in cash beyond its amount: the rounding
 * down of the amount is what rounds the change in the customer's favour.
 */
export function settle(totalCentimos: number, payments: readonly Payment[]): Settlement {
  const amounts = amountsOf(totalCentimos, payments)
  if (!Array.isArray(amounts)) return amounts
  const cashAt = payments.findIndex((payment) => payment.method === 'efectivo')
  const rounding = cashAt < 0 ? 0 : cashRounding(amounts[cashAt] ?? 0)
  const settled: SettledPayment[] = []
  for (const [i, payment] of payments.entries()) {
    const due = (amounts[i] ?? 0) + (i === cashAt ? rounding : 0)
    const one = i === cashAt ? settleCash(payment, due) : settleExactly(payment, due)
    if ('ok' in one) return one
    settled.push(one)
  }
  return { ok: true, roundingCentimos: rounding, dueCentimos: totalCentimos + rounding, payments: settled }
}

/** The part of the total that each payment covers, before rounding; whatever is left of it is the cash's. */
function amountsOf(totalCentimos: number, payments: readonly Payment[]): number[] | Refusal {
  const said = payments.map(saidOf)
  const open = said.flatMap((amount, i) => (amount === 0 ? [i] : []))
  const cash = payments.flatMap((payment, i) => (payment.method === 'efectivo' ? [i] : []))
  if (payments.length === 0 || open.length > 1 || cash.length > 1 || !said.every(isAmount))
    return { ok: false, problem: 'nothing-paid' }
  const wallets = sum(said.filter((_, i) => i !== cash[0]))
  if (wallets > totalCentimos) return { ok: false, problem: 'wallet-above-total' }
  const taker = open[0] ?? cash[0]
  const rest = totalCentimos - (taker === cash[0] ? wallets : sum(said))
  if (taker === undefined && rest > 0)
    return { ok: false, problem: 'wallet-not-exact', missingCentimos: rest }
  const amounts = said.map((amount, i) => (i === taker ? rest : amount))
  if (totalCentimos > 0 && amounts.some((amount) => amount <= 0))
    return { ok: false, problem: 'nothing-paid' }
  return amounts
}

/** A wallet that names only what was received means that amount. */
function saidOf({ method, amountCentimos, receivedCentimos }: Payment): number {
  return method !== 'efectivo' && amountCentimos === 0 ? (receivedCentimos ?? 0) : amountCentimos
}

const isAmount = (amount: number) => Number.isSafeInteger(amount) && amount >= 0
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)

/** Without «recibido» an amount named by the cashier is what was handed over; without both it is exact. */
function settleCash(payment: Payment, dueCentimos: number): SettledPayment | Refusal {
  const offered = payment.amountCentimos || dueCentimos
  const received = payment.receivedCentimos ?? offered
  const missing = dueCentimos - Math.min(offered, received)
  if (missing > 0) return { ok: false, problem: 'not-enough-cash', missingCentimos: missing }
  return {
    ...payment,
    amountCentimos: dueCentimos,
    receivedCentimos: received,
    changeCentimos: received - dueCentimos,
  }
}

function settleExactly(payment: Payment, amountCentimos: number): SettledPayment | Refusal {
  const { receivedCentimos = amountCentimos, ...rest } = payment
  if (receivedCentimos > amountCentimos) return { ok: false, problem: 'wallet-above-total' }
  if (receivedCentimos < amountCentimos)
    return { ok: false, problem: 'wallet-not-exact', missingCentimos: amountCentimos - receivedCentimos }
  return { ...rest, amountCentimos, changeCentimos: 0 }
}

/**
 * What the customer is likely to hand over, «Exacto» apart: the total brought up to the next 5, 10, 20,
 * 50, 100 and 200 soles; 4350 → 4500, 5000, 6000, 10000, 20000. At most five.
 */
export function cashSuggestions(dueCentimos: number): number[] {
  const rounded = [500, 1000, 2000, 5000, 10_000, 20_000].map((note) => Math.ceil(dueCentimos / note) * note)
  return [...new Set(rounded)]
    .filter((amount) => amount > dueCentimos)
    .sort((a, b) => a - b)
    .slice(0, 5)
}
