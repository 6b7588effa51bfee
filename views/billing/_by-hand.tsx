import { payPath } from '#src/billing/paths.ts'
import { hasQr } from '#src/billing/payments/qr.ts'
import { methodNames } from '#src/billing/texts.ts'
import { formatAmount, formatSoles } from '#src/lib/money.ts'
import { Strip } from '#views/components/strip.tsx'
import { Copyable } from './_copyable.tsx'
import { DeclareForm } from './_declare-form.tsx'
import type { PaymentPageProps } from './payment-page.tsx'

/** Where the money goes, and «Ya pagué». */
export function ByHand(props: PaymentPageProps) {
  const { payment, payByHand, volver } = props
  const { method, amountCentimos } = payment
  const other = payPath({ plan: payment.plan, period: payment.period, volver })
  return (
    <>
      <h1 class="pay-title">
        Paga {formatSoles(amountCentimos)} con {methodNames[method]}
      </h1>
      {payByHand?.isInvented && <Strip kind="amber">Datos de prueba: no envíes dinero a este número.</Strip>}
      <div class="by-hand">
        <dl class="card pay-data">
          <Copyable label={numberLabels[method] ?? ''} value={numberOf(props)} copies />
          <Copyable label="A nombre de" value={payByHand?.holder ?? ''} />
          <Copyable
            label="Monto"
            value={formatAmount(amountCentimos)}
            shown={formatSoles(amountCentimos)}
            copies
          />
        </dl>
        <DeclareForm {...props} button="Ya pagué" />
        {payByHand && method === 'yape' && hasQr(payByHand) && (
          <img class="pay-qr" src="/plan/qr" alt="QR de Yape de SmartKet" width="160" height="160" />
        )}
      </div>
      <p>
        <a class="row-link" href={other}>
          Pagar de otra forma
        </a>
      </p>
    </>
  )
}

const numberLabels: Record<string, string> = { yape: 'Yape', plin: 'Plin', transfer: 'Cuenta' }

function numberOf({ payment, payByHand }: PaymentPageProps): string {
  const numbers: Record<string, string | null | undefined> = {
    yape: payByHand?.yape,
    plin: payByHand?.plin,
    transfer: payByHand?.bankAccount,
  }
  return numbers[payment.method] ?? ''
}
