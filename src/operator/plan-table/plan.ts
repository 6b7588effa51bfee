/** What of a plan's row an operator may change. Pure. */

import type { Plan } from '#src/tenants/queries.ts'

export type PaidValues = {
  priceMonthlyCentimos: number
  priceYearlyCentimos: number
  branches: number | null
  registers: number | null
  staff: number | null
  products: number | null
  isSold: boolean
}

export type TrialValues = {
  trialDays: number
  trialSales: number
  trialRule: 'first' | 'last'
  trialMaxDays: number | null
}

export type PlanValues = ({ kind: 'paid' } & PaidValues) | ({ kind: 'trial' } & TrialValues)

export function valuesOf(plan: Plan): PlanValues {
  if (plan.kind === 'trial') {
    return {
      kind: 'trial',
      trialDays: plan.trialDays ?? 0,
      trialSales: plan.trialSales ?? 0,
      trialRule: plan.trialRule ?? 'first',
      trialMaxDays: plan.trialMaxDays,
    }
  }
  return {
    kind: 'paid',
    priceMonthlyCentimos: plan.priceMonthlyCentimos ?? 0,
    priceYearlyCentimos: plan.priceYearlyCentimos ?? 0,
    branches: plan.branches,
    registers: plan.registers,
    staff: plan.staff,
    products: plan.products,
    isSold: plan.retiredAt === null,
  }
}

/** One text for one state of the row: what a form carries to tell that nobody changed it meanwhile. */
export const stamp = (values: PlanValues) => JSON.stringify(Object.values(values))
