import { formatAmount } from '#src/lib/money.ts'
import { unbroken } from '#src/lib/text.ts'
import type { CatalogueProduct } from '#src/till/catalogue.ts'
import { isLongName } from '#src/till/till.ts'

type TileProps = { product?: CatalogueProduct | undefined; colour?: number | undefined }

/** Without a product: the form that the page copies for every other tile. */
export function Tile({ product, colour }: TileProps) {
  const name = product?.name ?? ''
  return (
    <button
      class={isLongName(name) ? 'tile is-long' : 'tile'}
      type="button"
      data-product={product ? String(product.id) : ''}
      data-colour={colour ? String(colour) : undefined}
      title={name}
    >
      <span class="tile-name">{unbroken(name)}</span>
      <span class="tile-foot">
        <span class="tile-price">
          {product ? formatAmount(product.priceCentimos) : ''}
          {product?.unit === 'kg' ? ' /kg' : ''}
        </span>
        <span class="tile-count"></span>
      </span>
    </button>
  )
}
