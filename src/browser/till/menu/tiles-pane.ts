import { formatAmount } from '#src/lib/money.ts'
import { formatQuantity } from '#src/lib/quantity.ts'
import { unbroken } from '#src/lib/text.ts'
import type { Order } from '#src/sales/order.ts'
import type { CatalogueProduct } from '#src/till/catalogue.ts'
import { isLongName, tileName } from '#src/till/till.ts'
import { find, make, setText } from '../dom.ts'

/** From the top; or as far down as one was; or with the server's own tiles where they are. */
export type Keep = 'nothing' | 'refresh' | 'tiles'

export type TilesPane = {
  show: (products: readonly CatalogueProduct[], keep?: Keep) => void
  /** How many of each are in the order. */
  paintCounts: (order: Order) => void
  /** Moves the mark of the keyboard; null takes it away. Answers the product under it. */
  choose: (position: number | null) => CatalogueProduct | null
  chosen: () => number | null
}

/** A counter PC draws these at once; a category of thousands grows while one scrolls. */
const chunk = 90

export function makeTilesPane(
  root: HTMLElement,
  colourOf: (categoryId: number) => string | undefined,
): TilesPane {
  const grid = find(root, '[data-part="tiles"]')
  const form = find<HTMLTemplateElement>(root, 'template[data-part="tile"]')
  const tiles = new Map<number, HTMLElement>()
  let shown: readonly CatalogueProduct[] = []
  let drawn = 0
  let order: Order | null = null
  let counted: number[] = []
  let marked: number | null = null

  const makeTile = (product: CatalogueProduct) => {
    const tile = form.content.firstElementChild?.cloneNode(true) as HTMLElement
    tile.dataset.product = String(product.id)
    tile.title = product.name
    const colour = colourOf(product.categoryId)
    if (colour) tile.dataset.colour = colour
    const name = tileName(product)
    if (isLongName(name)) tile.classList.add('is-long')
    find(tile, '.tile-name').textContent = unbroken(name)
    const picture = pictureOf(product)
    if (picture) {
      tile.classList.add('has-picture')
      tile.prepend(picture)
    }
    if (!product.isAvailable) {
      tile.classList.add('is-out')
      tile.setAttribute('aria-disabled', 'true')
      find(tile, '.tile-price').textContent = 'Agotado'
      return tile
    }
    const price = formatAmount(product.priceCentimos)
    find(tile, '.tile-price').textContent = product.unit === 'kg' ? `${price} /kg` : price
    return tile
  }

  const drawMore = () => {
    const fragment = document.createDocumentFragment()
    for (const product of shown.slice(drawn, drawn + chunk)) {
      const tile = makeTile(product)
      tiles.set(product.id, tile)
      fragment.append(tile)
    }
    drawn = Math.min(shown.length, drawn + chunk)
    grid.append(fragment)
    if (order) paintCounts(order)
  }

  const paintCounts = (next: Order) => {
    order = next
    const lines = new Map(next.lines.map((line) => [line.productId, line]))
    for (const id of new Set([...counted, ...lines.keys()])) {
      const tile = tiles.get(id)
      if (!tile) continue
      const line = lines.get(id)
      setText(
        find(tile, '.tile-count'),
        line ? formatQuantity(line.quantityThousandths, line.stepThousandths) : '',
      )
    }
    counted = [...lines.keys()]
  }

  const choose = (position: number | null) => {
    grid.querySelector('.is-chosen')?.classList.remove('is-chosen')
    marked =
      position === null || shown.length === 0 ? null : Math.min(Math.max(position, 0), shown.length - 1)
    if (marked === null) return null
    while (marked >= drawn) drawMore()
    const tile = grid.children[marked]
    tile?.classList.add('is-chosen')
    tile?.scrollIntoView({ block: 'nearest' })
    return shown[marked] ?? null
  }

  // In a very low window it is the page that scrolls.
  const grow = () => {
    if (drawn < shown.length && grid.scrollTop + grid.clientHeight > grid.scrollHeight - 600) drawMore()
  }
  document.addEventListener('scroll', grow, { capture: true, passive: true })

  return {
    show: (products, keep = 'nothing') => {
      shown = products
      tiles.clear()
      marked = null
      if (keep === 'tiles') {
        for (const tile of grid.querySelectorAll<HTMLElement>('.tile'))
          tiles.set(Number(tile.dataset.product), tile)
        drawn = shown.length
        if (order) paintCounts(order)
        return
      }
      const { scrollTop } = grid
      const before = keep === 'refresh' ? drawn : 0
      drawn = 0
      const hadFocus = grid.contains(document.activeElement)
      grid.replaceChildren()
      do drawMore()
      while (drawn < Math.min(before, shown.length))
      grid.scrollTop = keep === 'refresh' ? scrollTop : 0
      if (hadFocus) grid.focus({ preventScroll: true })
    },
    paintCounts,
    choose,
    chosen: () => marked,
  }
}

/** As the server's own tiles have it: lazy, and its place is there before it comes. */
function pictureOf({ photoId, emoji }: CatalogueProduct): HTMLElement | null {
  if (photoId) {
    const size = { width: '40', height: '40', loading: 'lazy', decoding: 'async', alt: '' }
    return make('img', { class: 'tile-picture', ...size, src: `/archivos/${photoId}` })
  }
  return emoji ? make('span', { class: 'tile-picture', 'aria-hidden': 'true' }, emoji) : null
}
