import { paymentPath } from '#src/billing/paths.ts'
import type { Method, PaymentStatus } from '#src/billing/payments/payment.ts'
import { coversText, dayText, documentNames, methodNames, statusNames } from '#src/billing/texts.ts'
import { formatSoles } from '#src/lib/money.ts'
import { Chip } from '#views/components/chip.tsx'

export type PaymentView = {
  reference: string
  planName: string
  amountCentimos: number
  method: Method
  status: PaymentStatus
  operationNumber: string | null
  coversFrom: Date | null
  coversUntil: Date | null
  document: 'boleta' | 'factura'
  invoiceNumber: string | null
  declaredAt: Date | null
  createdAt: Date
}

const kinds: Partial<Record<PaymentStatus, 'green' | 'amber' | 'danger'>> = {
  confirmed: 'green',
  declared: 'amber',
  refused: 'danger',
}

/** What was paid, newest first. */
export function History({ payments, now }: { payments: readonly PaymentView[]; now: Date }) {
  if (payments.length === 0) return null
  return (
    <section class="stack" aria-labelledby="pagos">
      <h2 id="pagos">Tus pagos</h2>
      <div class="table-box">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Fecha</th>
              <th scope="col">Plan</th>
              <th scope="col">Estado</th>
              <th scope="col">Boleta o factura</th>
              <th scope="col" class="is-amount">
                Monto
              </th>
              <th scope="col">Detalle</th>
            </tr>
          </thead>
          <tbody>
            {payments.map((payment) => (
              <Row payment={payment} now={now} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ payment, now }: { payment: PaymentView; now: Date }) {
  const { reference, planName, status, method, coversFrom, coversUntil } = payment
  const isPaid = coversFrom !== null && coversUntil !== null
  return (
    <tr>
      <td data-label="Fecha">{dayText(payment.declaredAt ?? payment.createdAt, now)}</td>
      <td data-label="Plan">
        {planName}
        {isPaid && `, ${coversText({ coversFrom, coversUntil }, now)}`}
      </td>
      <td data-label="Estado">
        <Chip kind={kinds[status] ?? 'plain'}>{statusNames[status]}</Chip>
      </td>
      <td data-label="Boleta o factura">
        {payment.invoiceNumber ?? `${documentNames[payment.document]}, por emitir`}
      </td>
      <td data-label="Monto" class="is-amount">
        {formatSoles(payment.amountCentimos)} · {methodNames[method]}
      </td>
      <td data-label="Detalle">
        <a class="row-link" href={isPaid ? `/plan/recibos/${reference}` : paymentPath(reference)}>
          {isPaid ? 'Ver constancia' : 'Ver pago'}
        </a>
      </td>
    </tr>
  )
}
