export const states = ['', 'venta', 'ocultos', 'sin-stock', 'agotados', 'contados'] as const
export type State = (typeof states)[number]
export const sorts = ['menu', 'nombre', 'precio', 'categoria', 'stock', 'margen'] as const
export type Sort = (typeof sorts)[number]

/** What the table shows: words of a name or a whole code, one category or all, in which order, and which page. */
export type ProductSearch = {
  text: string
  categoryId: number | null
  state: State
  sort: Sort
  descending: boolean
  page: number
}

const wholeNumber = (text: string | undefined, otherwise: number) =>
  text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : otherwise

const oneOf = <T extends string>(known: readonly T[], text: string | undefined, otherwise: T): T =>
  known.find((name) => name === text) ?? otherwise

/** Addresses are typed by hand too: what makes no sense is as if it were not there. */
export function readSearch(query: Record<string, string | undefined>): ProductSearch {
  const order = query.orden ?? ''
  return {
    text: (query.q ?? '').trim().slice(0, 120),
    categoryId: wholeNumber(query.categoria, 0) || null,
    state: oneOf(states, query.estado, ''),
    sort: oneOf(sorts, order.replace(/^-/, ''), 'menu'),
    descending: order.startsWith('-'),
    page: wholeNumber(query.pagina, 1),
  }
}

/** For who may not see what things cost: the order by margin would tell it, and is as if it were not there. */
export const withoutCost = (search: ProductSearch): ProductSearch =>
  search.sort === 'margen' ? { ...search, sort: 'menu', descending: false } : search

/** What a row's small form carries back: the table's address after the `?`. */
export const readListing = (listing: string) =>
  readSearch(Object.fromEntries(new URLSearchParams(listing.slice(0, 1000))))

/** Whether anything narrows what is shown. */
export const isNarrowed = ({ text, categoryId, state }: ProductSearch) =>
  text !== '' || categoryId !== null || state !== ''

type After = {
  /** The product that was just hidden or shown, for «Deshacer». */
  changed?: number
  /** The action over many that was just done. */
  done?: number
}

/** The table's address. */
export function listPath(search: ProductSearch, after: After = {}): string {
  const said = listing(search, after)
  return said ? `/productos?${said}` : '/productos'
}

export function listing(
  { text, categoryId, state, sort, descending, page }: ProductSearch,
  after: After = {},
) {
  const query = new URLSearchParams()
  if (text) query.set('q', text)
  if (categoryId) query.set('categoria', String(categoryId))
  if (state) query.set('estado', state)
  if (sort !== 'menu') query.set('orden', `${descending ? '-' : ''}${sort}`)
  if (page > 1) query.set('pagina', String(page))
  if (after.changed) query.set('cambiado', String(after.changed))
  if (after.done) query.set('hecho', String(after.done))
  return query.toString()
}
