/** A size that is paid for, as its row says it. */

import type { Period } from '#src/billing/price.ts'

export type PaidPlanRow = {
  code: string
  name: string
  kind: 'paid'
  position: number
  priceMonthlyCentimos: number
  /** null: sold by the month only. */
  priceYearlyCentimos: number | null
  /** A limit of null means none. */
  branches: number | null
  registers: number | null
  staff: number | null
  products: number | null
  retiredAt: Date | null
}

export const priceOf = (plan: PaidPlanRow, period: Period) =>
  period === 'year' ? plan.priceYearlyCentimos : plan.priceMonthlyCentimos
