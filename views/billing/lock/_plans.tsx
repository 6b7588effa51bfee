import { backOf } from '#src/billing/back.ts'
import { plansPath } from '#src/billing/paths.ts'
import type { PlanChoices } from '#src/billing/plans/choices.ts'
import { PlanCards } from '../_plan-cards.tsx'

type LockedPlansProps = {
  choices: PlanChoices
  /** The code of the plan that has expired. */
  current: string | null
  back: string
}

/** The same cards as on the page of plans; choosing one carries where to come back to. */
export function LockedPlans({ choices, current, back }: LockedPlansProps) {
  return (
    <div class="lock-plans">
      <PlanCards {...choices} period="month" current={current} volver={backOf(back)} />
      <p>
        <a href={plansPath({ period: 'year', volver: backOf(back) })}>Ver precios por año</a>: pagas 10 meses.
      </p>
    </div>
  )
}
