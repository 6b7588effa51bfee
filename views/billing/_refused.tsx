import { payPath } from '#src/billing/paths.ts'
import { DeclareForm } from './_declare-form.tsx'
import { WhatsappLink } from './_whatsapp.tsx'
import type { PaymentPageProps } from './payment-page.tsx'

/** Not found: the number again first, since most of these have been paid. */
export function Refused(props: PaymentPageProps) {
  const { payment, volver, whatsapp } = props
  const { operationNumber, reason } = payment
  return (
    <>
      <div class="card stack">
        <h1>No encontramos tu pago {operationNumber}</h1>
        <p>Revisa el número{whatsapp ? ' o escríbenos' : ''}; tus datos siguen aquí.</p>
        {reason && <p class="hint">Lo que vimos: {reason}</p>}
        <WhatsappLink
          number={whatsapp}
          text={`Hola, no encuentran mi pago ${operationNumber} de SmartKet.`}
        />
      </div>
      <DeclareForm {...props} button="Avisar otra vez" />
      <p>
        <a class="row-link" href={payPath({ plan: payment.plan, period: payment.period, volver })}>
          Todavía no pagué: pagar ahora
        </a>
      </p>
    </>
  )
}
