import type { Order } from '#src/sales/order.ts'
import { type Catalogue, type CatalogueProduct, categoryColour, favouritesOf } from '#src/till/catalogue.ts'
import { find, make, setText } from '../dom.ts'
import { findByCode, type Index, makeIndex, search } from './search.ts'
import { type Keep, makeTilesPane } from './tiles-pane.ts'

export type Menu = {
  /** The whole catalogue has arrived, or a newer one. */
  take: (catalogue: Catalogue) => void
  /** Just created: found by its code and its name before the new catalogue is here. */
  learn: (product: CatalogueProduct) => void
  product: (id: number) => CatalogueProduct | null
  byCode: (code: string) => CatalogueProduct | null
  pickCategory: (id: string) => void
  moveCategory: (by: 1 | -1) => void
  /** What is typed in the search; empty goes back to the category. */
  searchFor: (text: string) => void
  /** ↑ and ↓: the product under the mark. */
  move: (by: 1 | -1) => CatalogueProduct | null
  /** What Enter adds: the marked tile, or the best result. */
  chosen: () => CatalogueProduct | null
  /** Takes the mark away: the next Enter adds nothing. */
  unmark: () => void
  paintCounts: (order: Order) => void
}

const favourites = 'favoritos'

/** Categories, search and tiles over one prepared index. Starts with the first screen that the page brought. */
export function makeMenu(root: HTMLElement, first: Catalogue): Menu {
  const rail = find(root, '[data-part="rail"]')
  const nothing = find(root, '[data-part="nothing"]')
  const nothingText = find(nothing, '[data-part="nothing-text"]')
  const create = nothing.querySelector<HTMLElement>('[data-part="nothing-create"]')
  let buttons = [...rail.querySelectorAll<HTMLElement>('[data-category]')]
  const colours = new Map(buttons.map((button) => [button.dataset.category, button.dataset.colour]))
  const tiles = makeTilesPane(root, (id) => colours.get(String(id)))
  let index: Index = makeIndex(first)
  let isWhole = false
  let category = favourites
  let query = ''
  let visible: readonly CatalogueProduct[] = []

  const inCategory = (id: string): readonly CatalogueProduct[] =>
    id === favourites ? favouritesOf(index.catalogue.products) : (index.byCategory.get(Number(id)) ?? [])

  const show = (keep: Keep = 'nothing') => {
    visible = query ? search(index, query) : inCategory(category)
    tiles.show(visible, keep)
    if (query && visible.length > 0) tiles.choose(0)
    // Until the whole menu is here, «nothing» would be a lie.
    nothing.hidden = !query || visible.length > 0 || !isWhole
    if (nothing.hidden) return
    const typed = query.trim()
    setText(nothingText, `Nada con "${typed}".`)
    if (!create) return
    create.dataset.name = typed
    setText(create, `Crear "${typed}"`)
  }

  /** A category that is new goes to its place; one that is gone stays until the page is loaded again. */
  const takeCategories = (categories: Catalogue['categories']) => {
    for (const [position, { id, name }] of categories.entries()) {
      if (buttons.some((button) => button.dataset.category === String(id))) continue
      const colour = String(categoryColour(position))
      const attributes = { type: 'button', 'data-category': String(id), 'data-colour': colour }
      const button = make('button', { class: 'till-category', 'aria-pressed': 'false', ...attributes }, name)
      rail.insertBefore(button, buttons[position + 1] ?? null)
      colours.set(String(id), colour)
      buttons = [...rail.querySelectorAll<HTMLElement>('[data-category]')]
    }
  }

  const pickCategory = (id: string) => {
    category = id
    query = ''
    for (const button of buttons) {
      const isCurrent = button.dataset.category === id
      button.setAttribute('aria-pressed', String(isCurrent))
      if (isCurrent) button.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
    show()
  }

  show('tiles')
  return {
    take: (catalogue) => {
      const sameFirst = sameProducts(visible, favouritesOf(catalogue.products))
      index = makeIndex(catalogue)
      isWhole = true
      // A tile never moves by itself: what is already on the screen and still true stays untouched.
      takeCategories(catalogue.categories)
      if (query || category !== favourites || !sameFirst) show('refresh')
      else visible = inCategory(favourites)
    },
    learn: (product) => {
      const { catalogue } = index
      index = makeIndex({ ...catalogue, products: [...catalogue.products, product] })
    },
    product: (id) => index.byId.get(id) ?? null,
    byCode: (code) => findByCode(index, code),
    pickCategory,
    moveCategory: (by) => {
      const at = buttons.findIndex((button) => button.dataset.category === category)
      const next = buttons[Math.min(Math.max(at + by, 0), buttons.length - 1)]
      if (next?.dataset.category) pickCategory(next.dataset.category)
    },
    searchFor: (text) => {
      if (text.trim() === query.trim()) return
      query = text
      show()
    },
    move: (by) => tiles.choose((tiles.chosen() ?? (by === 1 ? -1 : 0)) + by),
    chosen: () => {
      const position = tiles.chosen()
      return position === null ? null : (visible[position] ?? null)
    },
    unmark: () => void tiles.choose(null),
    paintCounts: tiles.paintCounts,
  }
}

function sameProducts(before: readonly CatalogueProduct[], after: readonly CatalogueProduct[]): boolean {
  return (
    before.length === after.length &&
    before.every((product, i) => {
      const other = after[i]
      return (
        other?.id === product.id &&
        other.name === product.name &&
        other.priceCentimos === product.priceCentimos &&
        other.isAvailable === product.isAvailable &&
        other.shortName === product.shortName &&
        other.photoId === product.photoId &&
        other.emoji === product.emoji
      )
    })
  )
}
