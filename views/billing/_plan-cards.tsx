import { payPath } from '#src/billing/paths.ts'
import { type PaidPlanRow, priceOf } from '#src/billing/plans/plan-row.ts'
import type { Period } from '#src/billing/price.ts'
import { planLimits, priceText } from '#src/landing/offer.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'

export type PlanCardsProps = {
  plans: readonly PaidPlanRow[]
  period: Period
  /** The code of «El que te queda»; null when none is large enough. */
  recommended: string | null
  /** The code of the plan that she pays already. */
  current?: string | null | undefined
  /** The page to go back to once it is paid. */
  volver?: string | undefined
  /** Of plans that what she has does not fit: the sentence instead of the button. */
  tooSmall?: Readonly<Record<string, string>> | undefined
  /** Nobody is pressed to pay: whoever has just cancelled. */
  calm?: boolean | undefined
  /** Nothing can be paid now: suspended or closed. */
  blocked?: boolean | undefined
  /** The heading above: no level of headings is skipped. */
  under?: 'h1' | 'h2' | undefined
}

/** The sizes, one ember button among them: the one that fits. */
export function PlanCards({ plans, under = 'h1', ...rest }: PlanCardsProps) {
  return (
    <ul class="plan-cards">
      {plans.map((plan) => (
        <PlanCard plan={plan} Name={under === 'h1' ? 'h2' : 'h3'} {...rest} />
      ))}
    </ul>
  )
}

type CardProps = Omit<PlanCardsProps, 'plans' | 'under'> & { plan: PaidPlanRow; Name: 'h2' | 'h3' }

function PlanCard({ plan, Name, period, recommended, current, volver, blocked, calm, ...rest }: CardProps) {
  const price = priceOf(plan, period)
  const isRight = plan.code === recommended
  const isOwn = plan.code === current
  const problem = isOwn ? undefined : rest.tooSmall?.[plan.code]
  return (
    <li class={isRight ? 'card plan-card is-right' : 'card plan-card'}>
      <div class="plan-card-head">
        <Name class="plan-card-name">{plan.name}</Name>
        {isOwn ? <Chip kind="green">Tu plan</Chip> : isRight && <Chip kind="ember">El que te queda</Chip>}
      </div>
      <p class="plan-card-price">
        {price === null ? (
          'Solo por mes'
        ) : (
          <>
            <strong>{priceText(price)}</strong> <span>{period === 'year' ? 'al año' : 'al mes'}</span>
          </>
        )}
      </p>
      <ul class="plan-card-limits">
        {planLimits(plan).map((limit) => (
          <li>{limit}</li>
        ))}
      </ul>
      {problem && <p class="hint">{problem}</p>}
      {price !== null && !problem && !blocked && (
        <ButtonLink
          kind={isRight && !calm ? 'primary' : 'plain'}
          wide
          href={payPath({ plan: plan.code, period, volver })}
        >
          {isOwn ? `Pagar ${plan.name}` : `Elegir ${plan.name}`}
        </ButtonLink>
      )}
    </li>
  )
}
