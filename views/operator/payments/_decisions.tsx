import type { PaymentFound } from '#src/operator/payments-queue/queries.ts'
import { methodNames } from '#src/operator/payments-queue/texts.ts'
import { Field } from '#views/components/field.tsx'
import { DecisionForm, DecisionReason, type RejectedDecision } from './_decision-form.tsx'

type DecisionsProps = { found: PaymentFound; rejected: RejectedDecision }

/** What may still be decided. */
export function Decisions({ found, rejected }: DecisionsProps) {
  const { payment } = found
  if (payment.status === 'declared') return <Waiting found={found} rejected={rejected} />
  if (payment.status === 'confirmed') return <Confirmed found={found} rejected={rejected} />
  const isByHand = payment.method !== 'mercadopago'
  if (!isByHand || !['refused', 'open', 'expired'].includes(payment.status)) return null
  // The money may turn up after all, or come from somebody who never pressed «Ya pagué».
  const form = { paymentId: payment.id, rejected, doing: 'confirmacion' } as const
  return (
    <DecisionForm {...form} title="Confirmar el pago" kind="plain" isFolded>
      <DecisionReason rejected={rejected} doing="confirmacion" hint="¿Cómo lo sabes?" />
    </DecisionForm>
  )
}

function Waiting({ found, rejected }: DecisionsProps) {
  const { id: paymentId, operationNumber, method } = found.payment
  const number = operationNumber ? ` ${operationNumber}` : ''
  const seen = `Vi en la cuenta la operación${number} (${methodNames[method]}).`
  return (
    <>
      <DecisionForm
        {...{ paymentId, rejected }}
        doing="confirmacion"
        title="Confirmar el pago"
        kind="primary"
      >
        <DecisionReason rejected={rejected} doing="confirmacion" hint="¿Cómo lo sabes?" typed={seen} />
      </DecisionForm>
      <DecisionForm {...{ paymentId, rejected }} doing="rechazo" title="Rechazar" kind="danger" isFolded>
        <DecisionReason rejected={rejected} doing="rechazo" hint="Su dueño lo lee en un correo." />
      </DecisionForm>
    </>
  )
}

function Confirmed({ found, rejected }: DecisionsProps) {
  const { id: paymentId, invoiceNumber, method } = found.payment
  const { values = {}, errors = {} } = rejected?.doing === 'comprobante' ? rejected : {}
  return (
    <>
      <DecisionForm
        {...{ paymentId, rejected }}
        doing="comprobante"
        title={invoiceNumber ? 'Corregir el comprobante' : 'Anotar el comprobante'}
        kind="plain"
        isFolded={invoiceNumber !== null}
      >
        <Field
          name="numero"
          label="N.º de tu boleta o factura"
          hint="Serie y número, por ejemplo F001-123."
          value={values.numero ?? invoiceNumber ?? ''}
          error={errors.numero}
          autocomplete="off"
          maxlength={20}
        />
      </DecisionForm>
      <DecisionForm
        {...{ paymentId, rejected }}
        doing="devolucion"
        title="Anotar la devolución"
        kind="danger"
        isFolded
      >
        <p class="soft">Primero devuelve el dinero por {methodNames[method]}. Aquí sus días vuelven atrás.</p>
        <DecisionReason rejected={rejected} doing="devolucion" />
      </DecisionForm>
    </>
  )
}
