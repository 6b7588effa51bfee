/** Days that the operator sets without a payment, as a period of their own: what they replace is in their credit. Pure. */

import type { Period } from '#src/billing/period.ts'
import { creditCentimos, type Standing } from '#src/billing/price.ts'
import { limaDayBounds, limaDaysBetween } from '#src/lib/lima.ts'
import { mulDiv } from '#src/lib/money.ts'

type Agreed = {
  until: Date
  priceMonthlyCentimos: number
  priceYearlyCentimos: number | null
}

const yearDays = 365

/**
 * From tomorrow on to the agreed day. Worth what the plan costs for so long (a year at the yearly price): a later
 * change of plan credits it, and the refund of a payment takes only that payment out of it.
 */
export function agreement(standing: Standing, { until, ...prices }: Agreed, now: Date) {
  const tomorrow = limaDayBounds(now).to
  const coversFrom = until < tomorrow ? until : tomorrow
  const days = limaDaysBetween(coversFrom, until)
  const isYear = days >= yearDays && prices.priceYearlyCentimos !== null
  const period: Period = isYear ? 'year' : 'month'
  const yearCentimos = isYear ? (prices.priceYearlyCentimos ?? 0) : prices.priceMonthlyCentimos * 12
  const priceCentimos = mulDiv(yearCentimos, days, yearDays)
  const credit = Math.min(creditCentimos(standing.periods, now), priceCentimos)
  return { period, priceCentimos, creditCentimos: credit, coversFrom, coversUntil: until }
}
