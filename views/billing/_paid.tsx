import { backLabel } from '#src/billing/back.ts'
import { lastDayText } from '#src/billing/texts.ts'
import { formatSoles } from '#src/lib/money.ts'
import { ButtonLink } from '#views/components/button.tsx'
import type { PaymentPageProps } from './payment-page.tsx'

export function Paid({ payment, volver, now }: PaymentPageProps) {
  const { planName, coversUntil, amountCentimos, reference } = payment
  return (
    <div class="card stack">
      <h1>Pago confirmado</h1>
      <p>
        Recibimos {formatSoles(amountCentimos)}. Tienes {planName}
        {coversUntil && ` hasta el ${lastDayText(coversUntil, now)}`}.
      </p>
      <div class="actions">
        <ButtonLink kind="primary" href={volver ?? '/'}>
          {backLabel(volver)}
        </ButtonLink>
        <ButtonLink href={`/plan/recibos/${reference}`}>Ver constancia</ButtonLink>
      </div>
    </div>
  )
}
