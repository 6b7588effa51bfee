import type { Child } from 'hono/jsx'
import { formatScreenDate, formatShortDay } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import { greetingFor, whatsappLink } from '#src/operator/hoy/messages.ts'
import { hoyTexts } from '#src/operator/hoy/texts.ts'
import type { PaymentFound } from '#src/operator/payments-queue/queries.ts'
import { methodNames } from '#src/operator/payments-queue/texts.ts'

type FactsProps = { found: PaymentFound; operatorName: string; now: Date }

/** What was declared, what it buys, and whom our own boleta or factura is made out to. */
export function PaymentFacts({ found, operatorName, now }: FactsProps) {
  const { payment, whatsapp, ownerName } = found
  const message = greetingFor(ownerName ?? '', operatorName, payment)
  return (
    <section class="card stack" aria-labelledby="datos">
      <h2 id="datos">Datos del pago</h2>
      <dl class="console-facts">
        <Fact name="Compra">
          {payment.planName}, {payment.period === 'year' ? 'un año' : 'un mes'}
        </Fact>
        <Fact name="Precio">{formatSoles(payment.priceCentimos)}</Fact>
        {payment.creditCentimos > 0 && <Fact name="A favor">{formatSoles(-payment.creditCentimos)}</Fact>}
        <Fact name="Debe llegar">{formatSoles(payment.amountCentimos)}</Fact>
        <Fact name="Medio">{methodNames[payment.method]}</Fact>
        <Fact name="N.º de operación">{payment.operationNumber ?? '–'}</Fact>
        <Fact name="Lo declaró">{found.declaredBy ?? '–'}</Fact>
        <Day name="Declarado" at={payment.declaredAt} />
        {payment.status === 'declared' && <Lent until={found.provisionalUntil} now={now} />}
        <Day name="Decidido" at={payment.decidedAt} />
        {found.operator && <Fact name="Decidió">{found.operator}</Fact>}
        {payment.reason && <Fact name="Motivo">{payment.reason}</Fact>}
        {payment.coversFrom && payment.coversUntil && (
          <Fact name="Cubre">
            del {formatShortDay(payment.coversFrom)} al {formatShortDay(before(payment.coversUntil))}
          </Fact>
        )}
        <Fact name="Referencia">{payment.reference}</Fact>
        {payment.externalId && <Fact name="N.º de Mercado Pago">{payment.externalId}</Fact>}
        <Fact name="WhatsApp">
          {whatsapp ? (
            <a href={whatsappLink(whatsapp, message)} target="_blank" rel="noopener noreferrer">
              Escribirle
            </a>
          ) : (
            hoyTexts.noContact
          )}
        </Fact>
      </dl>
      <h2>Para tu {payment.document}</h2>
      <dl class="console-facts">
        <Fact name={payment.document === 'factura' ? 'RUC' : 'Documento'}>
          {payment.documentNumber ?? '–'}
        </Fact>
        <Fact name="Nombre">{payment.documentName ?? '–'}</Fact>
        <Fact name="Dirección">{payment.documentAddress ?? '–'}</Fact>
        <Fact name="Total con IGV">{formatSoles(payment.amountCentimos)}</Fact>
        <Fact name="Comprobante">{payment.invoiceNumber ?? 'Todavía sin anotar'}</Fact>
      </dl>
    </section>
  )
}

const before = (midnight: Date) => new Date(midnight.getTime() - 1)

/** The 48 hours that were lent, and whether they are over. */
function Lent({ until, now }: { until: Date | null; now: Date }) {
  return (
    <Day name={until && until <= now ? 'Sus 48 horas terminaron' : 'Su caja funciona hasta'} at={until} />
  )
}

function Day({ name, at }: { name: string; at: Date | null }) {
  return at && <Fact name={name}>{formatScreenDate(at)}</Fact>
}

function Fact({ name, children }: { name: string; children?: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
