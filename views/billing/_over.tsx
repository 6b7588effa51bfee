import { plansPath } from '#src/billing/paths.ts'
import { formatSoles } from '#src/lib/money.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { WhatsappLink } from './_whatsapp.tsx'
import type { PaymentPageProps } from './payment-page.tsx'

const sentences: Record<string, string> = {
  expired: 'Este pago quedó sin terminar. Elige tu plan otra vez: así pagas el precio de hoy.',
  refunded: 'Te devolvimos este pago, así que sus días ya no cuentan.',
  charged_back: 'Tu banco devolvió este pago, así que sus días ya no cuentan.',
}

/** Left unfinished, or given back. */
export function Over({ payment, volver, whatsapp }: PaymentPageProps) {
  return (
    <div class="card stack">
      <h1>
        Pago de {payment.planName}: {formatSoles(payment.amountCentimos)}
      </h1>
      <p>{sentences[payment.status]}</p>
      <div class="actions">
        <ButtonLink kind="primary" href={plansPath({ volver })}>
          Ver planes
        </ButtonLink>
        <WhatsappLink number={whatsapp} />
      </div>
    </div>
  )
}
