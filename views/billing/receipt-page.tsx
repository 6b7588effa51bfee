import type { Invoice } from '#src/billing/payments/payment.ts'
import { coversText, documentNames, methodNames, statusNames } from '#src/billing/texts.ts'
import type { Shell } from '#src/http/shell.ts'
import { formatPaperDate } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button } from '#views/components/button.tsx'
import type { PaymentView } from './_history.tsx'

type Receipt = PaymentView &
  Invoice & {
    priceCentimos: number
    creditCentimos: number
    decidedAt: Date | null
    externalId: string | null
  }

type ReceiptPageProps = {
  shell: Shell
  payment: Receipt
  businessName: string
  /** Who was paid. */
  company: { legalName: string; ruc: string } | null
  now: Date
}

/** What was paid, by whom and for which days; never called a boleta or a factura. */
export function ReceiptPage({ shell, payment, businessName, company, now }: ReceiptPageProps) {
  const buyer = [payment.documentName, payment.documentNumber].filter(Boolean).join(' · ')
  const rows: [string, string | null][] = [
    ['Negocio', businessName],
    ['Plan', payment.planName],
    ['Periodo', periodOf(payment, now)],
    ['Pagado', formatSoles(payment.amountCentimos)],
    ['Saldo del plan anterior', payment.creditCentimos ? formatSoles(payment.creditCentimos) : null],
    ['Medio', methodNames[payment.method]],
    ['N.º de operación', payment.operationNumber ?? payment.externalId],
    ['Confirmado', payment.decidedAt ? formatPaperDate(payment.decidedAt) : null],
    ['Estado', statusNames[payment.status]],
    [documentNames[payment.document], payment.invoiceNumber ?? 'Por emitir'],
    ['A nombre de', buyer || null],
    ['Recibió', company ? `${company.legalName}, RUC ${company.ruc}` : 'SmartKet'],
  ]
  return (
    <AppLayout
      shell={shell}
      title="Constancia de pago"
      current="cuenta"
      narrow
      scripts={['app.js', 'print-page.js']}
    >
      <article class="card stack receipt">
        <h1>Constancia de pago</h1>
        <dl class="receipt-rows">
          {rows.map(([name, value]) =>
            value ? (
              <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
        <p class="hint">
          Constancia {payment.reference}. No es comprobante de pago: tu {payment.document} te llega aparte.
        </p>
      </article>
      <div class="actions receipt-actions">
        <Button type="button" data-print-page hidden>
          Imprimir
        </Button>
        <a href="/plan">Volver a tu plan</a>
      </div>
    </AppLayout>
  )
}

function periodOf({ coversFrom, coversUntil }: Receipt, now: Date): string | null {
  return coversFrom && coversUntil ? coversText({ coversFrom, coversUntil }, now) : null
}
