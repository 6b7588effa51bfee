/** What stands before an owner who chooses: the plans that are sold and her own, and which of them fit. Pure. */

import { fits, recommended, type Usage } from '#src/billing/limits.ts'
import type { PaidPlanRow } from '#src/billing/plans/plan-row.ts'
import { tooSmallHint } from '#src/billing/texts.ts'

export type PlanChoices = {
  plans: readonly PaidPlanRow[]
  /** The code of «El que te queda»; null: none is large enough. */
  recommended: string | null
  /** Of plans that what she has does not fit: why. */
  tooSmall: Readonly<Record<string, string>>
}

/** `own` is the paid plan that she has: one that is no longer sold goes on for her, and stays right while it fits. */
export function planChoices(
  own: PaidPlanRow | null,
  sold: readonly PaidPlanRow[],
  usage: Usage,
): PlanChoices {
  const plans = own?.retiredAt ? [own, ...sold] : sold
  const isRight = own !== null && fits(own, usage).length === 0
  return {
    plans,
    recommended: isRight ? own.code : recommended(sold, usage),
    tooSmall: Object.fromEntries(
      plans.flatMap((plan) => {
        const over = fits(plan, usage)
        return over.length > 0 ? [[plan.code, tooSmallHint(plan, usage, over)]] : []
      }),
    ),
  }
}
