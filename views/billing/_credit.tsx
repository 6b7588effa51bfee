import { formatSoles } from '#src/lib/money.ts'

type CreditProps = {
  priceCentimos: number
  creditCentimos: number
  amountCentimos: number
  oldPlanName: string
  planName: string
}

/** The sum behind an amount that is not the price: what is left of the plan before, by days. */
export function Credit({
  priceCentimos,
  creditCentimos,
  amountCentimos,
  oldPlanName,
  planName,
}: CreditProps) {
  if (creditCentimos === 0) return null
  return (
    <dl class="sum">
      <div>
        <dt>{planName}</dt>
        <dd>{formatSoles(priceCentimos)}</dd>
      </div>
      <div>
        <dt>Lo que te queda de {oldPlanName}</dt>
        <dd>{formatSoles(-creditCentimos)}</dd>
      </div>
      <div class="is-total">
        <dt>Pagas hoy</dt>
        <dd>{formatSoles(amountCentimos)}</dd>
      </div>
    </dl>
  )
}
