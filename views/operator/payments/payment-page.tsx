import { formatSoles } from '#src/lib/money.ts'
import type { PaymentFound, SameOperation } from '#src/operator/payments-queue/queries.ts'
import { doneTexts, statusNames } from '#src/operator/payments-queue/texts.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'
import { Strip } from '#views/components/strip.tsx'
import { RejectedAlert } from '../_rejected-alert.tsx'
import { OperatorLayout } from '../layout.tsx'
import type { Doing, RejectedDecision } from './_decision-form.tsx'
import { Decisions } from './_decisions.tsx'
import { PaymentFacts } from './_facts.tsx'

export type { Doing }

type PaymentProps = {
  operator: { name: string }
  found: PaymentFound
  same: SameOperation
  rejected: RejectedDecision
  done: string | null
  now: Date
}

export function PaymentPage({ operator, found, same, rejected, done, now }: PaymentProps) {
  const { payment, business } = found
  const said = done && !rejected ? doneTexts[done] : undefined
  const colour = payment.status === 'confirmed' ? 'green' : payment.status === 'declared' ? 'amber' : 'plain'
  return (
    <OperatorLayout
      title={`Pago de ${business ?? ''}`}
      operator={operator}
      current="pagos"
      flash={said && <Strip>{said}</Strip>}
    >
      <div class="page-head">
        <h1>
          {formatSoles(payment.amountCentimos)} de{' '}
          <a href={`/negocios/${payment.tenantId}`}>{business ?? `Negocio ${payment.tenantId}`}</a>
        </h1>
        <Chip kind={colour}>{statusNames[payment.status]}</Chip>
      </div>
      {same.length > 0 && (
        <Strip kind="amber">
          La operación {payment.operationNumber} está también en{' '}
          {same.map((other, index) => (
            <>
              {index > 0 && ', '}
              <a href={`/pagos/${other.id}`}>
                {other.business} ({formatSoles(other.amountCentimos)},{' '}
                {statusNames[other.status].toLowerCase()})
              </a>
            </>
          ))}
          . Revisa que no sea el mismo pago dos veces.
        </Strip>
      )}
      <RejectedAlert rejected={rejected} />
      <div class="payment-sides">
        <div class="stack-24">
          <Decisions found={found} rejected={rejected} />
          <PaymentFacts found={found} operatorName={operator.name} now={now} />
        </div>
        {payment.pictureId && (
          <figure class="payment-picture">
            <a href={`/pagos/${payment.id}/foto`} target="_blank" rel="noopener">
              <img src={`/pagos/${payment.id}/foto`} alt={`Foto del pago de ${business ?? ''}`} />
            </a>
            <figcaption class="hint">Tócala para verla entera.</figcaption>
          </figure>
        )}
      </div>
      <p>
        <ButtonLink kind="quiet" href="/pagos">
          Volver a los pagos
        </ButtonLink>
      </p>
    </OperatorLayout>
  )
}
