import { paymentPath } from '#src/billing/paths.ts'
import { provisionalEnd } from '#src/billing/payments/payment.ts'
import { dayText } from '#src/billing/texts.ts'
import { formatSoles } from '#src/lib/money.ts'
import { Strip } from '#views/components/strip.tsx'
import type { PaymentView } from './_history.tsx'

type WaitingProps = {
  last: PaymentView | undefined
  volver: string | undefined
  whatsapp: string | null
  now: Date
}

/** What became of the last payment, while that still asks for something. */
export function Waiting({ last, volver, whatsapp, now }: WaitingProps) {
  if (last?.status === 'declared') {
    const at = last.declaredAt ?? last.createdAt
    const day = dayText(at, now)
    const isLate = now >= provisionalEnd(at)
    return (
      <Strip kind="amber" action={<a href={paymentPath(last.reference, { volver })}>Ver mi pago</a>}>
        Nos avisaste de tu pago de {formatSoles(last.amountCentimos)} el {day}.{' '}
        {isLate ? 'Lo estamos confirmando' : 'Lo confirmamos en menos de 48 horas'}; no necesitas pagar otra
        vez.
      </Strip>
    )
  }
  if (last?.status !== 'refused') return null
  return (
    <Strip kind="danger" action={<a href={paymentPath(last.reference, { volver })}>Revisar mi pago</a>}>
      No encontramos tu pago {last.operationNumber}. Revisa el número
      {whatsapp ? ' o escríbenos' : ''}; tus datos siguen aquí.
    </Strip>
  )
}
