import { type PaidPlan, planLimits, priceText, yearlyText } from '#src/landing/offer.ts'

type PlanCardsProps = {
  plans: readonly PaidPlan[]
  /** The heading above: no level of headings is skipped. */
  under: 'h1' | 'h2'
}

/** The sizes, from the plans' own rows. */
export function PlanCards({ plans, under }: PlanCardsProps) {
  const Name = under === 'h1' ? 'h2' : 'h3'
  const yearly = yearlyText(plans)
  return (
    <>
      <ul class="plans">
        {plans.map((plan) => (
          <li class="plan">
            <Name class="plan-name">{plan.name}</Name>
            <p class="plan-price">
              <strong>{priceText(plan.priceMonthlyCentimos)}</strong> <span class="nowrap">al mes</span>
            </p>
            <ul class="plan-limits">
              {planLimits(plan).map((limit) => (
                <li>{limit}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <p class="plans-note">{yearly ? `${yearly} Precios con IGV.` : 'Precios con IGV.'}</p>
    </>
  )
}
