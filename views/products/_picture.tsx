import { Icon } from '#views/components/icon.tsx'

type Pictured = { name: string; emoji: string | null; photoId: string | null }

/** Photo, or emoji, or a plain sign in its place, so that names stand in one line. */
export function ProductPicture({ product }: { product: Pictured }) {
  if (product.photoId) {
    return (
      <img
        class="product-picture"
        src={`/archivos/${product.photoId}`}
        alt=""
        width="48"
        height="48"
        loading="lazy"
        decoding="async"
      />
    )
  }
  return (
    <span class="product-picture" aria-hidden="true">
      {product.emoji ?? <Icon name="package" />}
    </span>
  )
}
