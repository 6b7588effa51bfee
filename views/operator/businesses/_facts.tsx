import type { Child } from 'hono/jsx'
import { formatMoment, formatScreenDate } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import { count, formatCount } from '#src/lib/text.ts'
import { type Business, sizeText } from '#src/operator/businesses/business.ts'
import { flagNames } from '#src/operator/businesses/texts.ts'
import { whatsappLink } from '#src/operator/hoy/messages.ts'
import { hoyTexts } from '#src/operator/hoy/texts.ts'
import type { Plan } from '#src/tenants/queries.ts'
import { rubroOf } from '#src/tenants/rubro.ts'

type FactsProps = { business: Business; plans: readonly Plan[]; operatorName: string; now: Date }

export function BusinessFacts({ business, plans, now }: FactsProps) {
  const { stats, flags } = business
  const plan = plans.find((one) => one.code === business.plan)
  const of = (n: number, limit: number | null | undefined) =>
    limit ? `${formatCount(n)} de ${formatCount(limit)}` : formatCount(n)
  return (
    <section class="card stack" aria-labelledby="datos">
      <h2 id="datos">Datos</h2>
      <dl class="console-facts">
        <Fact name="Número">{business.id}</Fact>
        <Fact name="Rubro">{rubroOf(business.rubro).name}</Fact>
        <Fact name="Se registró">{formatScreenDate(business.signedUpAt)}</Fact>
        <Fact name="Dueño">{stats.ownerName || 'Todavía sin nombre'}</Fact>
        <Fact name="Correo de la cuenta">{stats.ownerEmail || '–'}</Fact>
        <Fact name="WhatsApp">
          {stats.whatsapp ? (
            <a href={whatsappLink(stats.whatsapp, null)} target="_blank" rel="noopener noreferrer">
              {stats.whatsapp}
            </a>
          ) : (
            hoyTexts.noContact
          )}
        </Fact>
        {flags.length > 0 && (
          <Fact name="Señales">{flags.map((flag) => flagNames[flag] ?? flag).join(', ')}</Fact>
        )}
        <Fact name="Configuración">
          {stats.setupStep >= 4 ? 'Terminada' : `Paso ${stats.setupStep + 1} de 4`}
        </Fact>
        <Fact name="Plan">{business.planName}</Fact>
        {business.paidUntil && (
          <Fact name="Pagado hasta">
            {formatScreenDate(new Date(business.paidUntil.getTime() - 1)).split(',')[0]}
          </Fact>
        )}
        <Fact name="Locales">{of(stats.branches, plan?.branches)}</Fact>
        <Fact name="Cajas">{of(stats.registers, plan?.registers)}</Fact>
        <Fact name="Personas">{of(stats.staff, plan?.staff)}</Fact>
        <Fact name="Productos">{of(stats.products, plan?.products)}</Fact>
        <Fact name="Ventas">
          {count(stats.salesMade, 'venta', 'ventas')} por {formatSoles(stats.salesCentimos)}
        </Fact>
        <Fact name="Ventas en 7 días">{formatCount(stats.sales7Days)}</Fact>
        <Fact name="Primera venta">
          {stats.firstSaleAt ? formatScreenDate(stats.firstSaleAt) : 'Ninguna'}
        </Fact>
        <Fact name="Última venta">{stats.lastSaleAt ? formatScreenDate(stats.lastSaleAt) : 'Ninguna'}</Fact>
        <Fact name="Tamaño">{stats.refreshedAt ? sizeText(stats.databaseBytes) : '–'}</Fact>
        <Fact name="Versión">{business.schemaVersion}</Fact>
        <Fact name="Copia verificada">
          {business.coveredUntil ? formatScreenDate(business.coveredUntil) : 'Ninguna'}
          {business.isUncovered && ' · más de 36 horas sin copia'}
        </Fact>
        <Fact name="Errores hoy">{formatCount(business.errorsToday)}</Fact>
      </dl>
      <p class="hint">
        {stats.refreshedAt
          ? `Cifras contadas: ${formatMoment(stats.refreshedAt, now)}`
          : 'Sus cifras todavía no se han contado.'}
      </p>
    </section>
  )
}

function Fact({ name, children }: { name: string; children?: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
