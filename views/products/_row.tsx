import { formatSoles } from '#src/lib/money.ts'
import { unbroken } from '#src/lib/text.ts'
import { margin } from '#src/products/margin.ts'
import type { ProductRow } from '#src/products/product.ts'
import { formatStock } from '#src/stock/stock.ts'
import { Chip } from '#views/components/chip.tsx'
import { ProductPicture } from './_picture.tsx'
import { RowActions, RowAvailability } from './_row-actions.tsx'
import { RowPrice } from './_row-price.tsx'

export type RowProps = {
  product: ProductRow
  /** The table's address after the `?`: what the small forms carry back. */
  listing: string
  canEdit: boolean
  branchCount: number
  /** A price that was refused, as it was typed. */
  rejected?: { price: string; error: string } | undefined
  /** Just repriced: what it cost before, and what undoes it. */
  repriced?: { said: string; changeId: number } | undefined
}

/** One product of the table. Each thing that changes here is a small form of its own; htmx swaps the row. */
export function ProductTableRow(props: RowProps) {
  const { product, canEdit } = props
  const { id, name, category, active } = product
  const codes = [product.presentation, product.code, product.barcode].filter(Boolean).join(' · ')
  const kept = margin(product.priceCentimos, product.costCentimos)
  return (
    <tr id={`product-${id}`} class={active ? 'product-row' : 'product-row is-hidden'}>
      {canEdit && (
        <td class="cell-tick">
          <input
            type="checkbox"
            form="bulk"
            name="ids[]"
            value={String(id)}
            aria-label={`Marcar ${name}`}
            id={`tick-${id}`}
          />
        </td>
      )}
      <td class="cell-name">
        <ProductPicture product={product} />
        <div class="product-name">
          {canEdit ? <a href={`/productos/${id}`}>{unbroken(name)}</a> : <strong>{unbroken(name)}</strong>}
          {category && <span class="hint product-category">{category}</span>}
          {codes && <span class="hint">{codes}</span>}
          {!active && <Chip>Oculto</Chip>}
          {product.unavailableIn > 0 && !canEdit && <Chip kind="amber">Agotado</Chip>}
        </div>
      </td>
      <td class="cell-category" data-label="Categoría">
        {category ?? <span class="soft">Sin categoría</span>}
      </td>
      <td class="cell-price" data-label="Precio">
        {canEdit ? <RowPrice {...props} /> : <strong>{formatSoles(product.priceCentimos)}</strong>}
      </td>
      <td
        class={product.tracksStock ? 'cell-stock is-amount' : 'cell-stock is-amount is-empty'}
        data-label="Stock"
      >
        <Stock product={product} canEdit={canEdit} />
      </td>
      {canEdit && (
        <td class={kept ? 'cell-margin is-amount' : 'cell-margin is-amount is-empty'} data-label="Margen">
          {kept ? `${String(kept.percent).replace('-', '−')}\u00a0%` : <span class="soft">—</span>}
        </td>
      )}
      {canEdit && (
        <td class="cell-available" data-label="En la caja">
          <RowAvailability {...props} />
        </td>
      )}
      {canEdit && (
        <td class="cell-actions">
          <RowActions {...props} />
        </td>
      )}
    </tr>
  )
}

function Stock({ product, canEdit }: Pick<RowProps, 'product' | 'canEdit'>) {
  const { id, tracksStock, stockThousandths, stepThousandths, unit, name } = product
  if (!tracksStock) return <span class="soft">—</span>
  const text = formatStock(stockThousandths, stepThousandths, unit)
  const shown = stockThousandths <= 0 ? <Chip kind="amber">{text}</Chip> : text
  if (!canEdit) return <>{shown}</>
  return (
    <a href={`/productos/${id}/existencias`} aria-label={`Stock de ${name}: ${text}`}>
      {shown}
    </a>
  )
}
