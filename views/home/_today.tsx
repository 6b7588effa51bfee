import { formatMoment } from '#src/lib/lima.ts'
import { formatAmount, formatSoles } from '#src/lib/money.ts'
import { formatQuantity } from '#src/lib/quantity.ts'
import { count, unbroken } from '#src/lib/text.ts'
import type { MethodTotal } from '#src/sales/list.ts'
import { saleNumber } from '#src/sales/names.ts'
import { ButtonLink } from '../components/button.tsx'
import { MethodTotals } from '../sales/_method-totals.tsx'

type Quantity = { name: string; stepThousandths: number; quantityThousandths: number }
export type TodayProps = {
  now: Date
  salesMade: number
  byMethod: MethodTotal[]
  lastSales: { id: number; seriesCode: string; number: number; soldAt: Date; dueCentimos: number }[]
  best: (Quantity & { centimos: number })[]
  /** Whole chickens behind their eighths. */
  parts: Quantity[]
}

/** How the day goes, in figures that a shop asks for: each with its unit. */
export function Today({
  salesMade,
  byMethod,
  lastSales,
  best,
  parts,
  now,
  hasPrimary,
}: TodayProps & { hasPrimary: boolean }) {
  const total = byMethod.reduce((sum, method) => sum + method.centimos, 0)
  return (
    <>
      <section class="card today">
        <h2>Hoy</h2>
        <p class="today-total">{formatSoles(total)}</p>
        <p>{salesMade === 0 ? 'Todavía no hay ventas hoy.' : count(salesMade, 'venta', 'ventas')}</p>
        {byMethod.length > 0 && <MethodTotals totals={byMethod} />}
        {parts.map((part) => (
          <p>
            Salió hoy de {part.name}:{' '}
            <strong>{formatQuantity(part.quantityThousandths, part.stepThousandths)}</strong>
          </p>
        ))}
        <ButtonLink kind={hasPrimary ? 'primary' : 'plain'} href="/pos">
          Vender
        </ButtonLink>
      </section>
      <div class="home-columns">
        {best.length > 0 && <Best best={best} />}
        <Last sales={lastSales} now={now} />
      </div>
    </>
  )
}

function Best({ best }: { best: TodayProps['best'] }) {
  return (
    <section class="card">
      <h2>Lo más vendido hoy</h2>
      <ol class="home-list">
        {best.map((product) => (
          <li>
            <span>
              {formatQuantity(product.quantityThousandths, product.stepThousandths)} ×{' '}
              {unbroken(product.name)}
            </span>
            <span>{formatSoles(product.centimos)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Last({ sales, now }: { sales: TodayProps['lastSales']; now: Date }) {
  return (
    <section class="card">
      <h2>Últimas ventas</h2>
      <ol class="home-list">
        {sales.map((sale) => (
          <li>
            <a href={`/ventas/${sale.id}/ticket`}>{saleNumber(sale.seriesCode, sale.number)}</a>
            <span>{formatMoment(sale.soldAt, now)}</span>
            <span>S/&nbsp;{formatAmount(sale.dueCentimos)}</span>
          </li>
        ))}
      </ol>
      <p>
        <a class="home-more" href="/ventas">
          Ver todas las ventas
        </a>
      </p>
    </section>
  )
}
