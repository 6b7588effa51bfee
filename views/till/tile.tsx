import { formatAmount } from '#src/lib/money.ts'
import { unbroken } from '#src/lib/text.ts'
import type { CatalogueProduct } from '#src/till/catalogue.ts'

import { isLongName, tileName } from '#src/till/till.ts'

type TileProps = { product?: CatalogueProduct | undefined; colour?: number | undefined }

/** Without a product: the form that the page copies for every other tile. */
export function Tile({ product, colour }: TileProps) {
  const name = product ? tileName(product) : ''
  const isOut = product?.isAvailable === false
  const price = product ? formatAmount(product.priceCentimos) : ''
  return (
    <button
      class={classOf(product, name)}
      type="button"
      data-product={product ? String(product.id) : ''}
      data-colour={colour ? String(colour) : undefined}
      title={product?.name ?? ''}
      aria-disabled={isOut ? 'true' : undefined}
    >
      {product && <Picture product={product} />}
      <span class="tile-name">{unbroken(name)}</span>
      <span class="tile-foot">
        <span class="tile-price">
          {isOut ? 'Agotado' : price}
          {!isOut && product?.unit === 'kg' ? ' /kg' : ''}
        </span>
        <span class="tile-count"></span>
      </span>
    </button>
  )
}

function classOf(product: CatalogueProduct | undefined, name: string): string {
  const has = product && (product.photoId !== '' || product.emoji !== '')
  return [
    'tile',
    isLongName(name) && 'is-long',
    has && 'has-picture',
    product?.isAvailable === false && 'is-out',
  ]
    .filter(Boolean)
    .join(' ')
}

/** Its place is fixed, so that a photo that comes late moves nothing. */
function Picture({ product }: { product: CatalogueProduct }) {
  if (product.photoId) {
    return (
      <img
        class="tile-picture"
        src={`/archivos/${product.photoId}`}
        alt=""
        width="40"
        height="40"
        loading="lazy"
        decoding="async"
      />
    )
  }
  if (!product.emoji) return null
  return (
    <span class="tile-picture" aria-hidden="true">
      {product.emoji}
    </span>
  )
}
