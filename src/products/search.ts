/** What the list shows: part of a name or a whole code, one category or all, and which page. */
export type ProductSearch = { text: string; categoryId: number | null; page: number }

const wholeNumber = (text: string | undefined, otherwise: number) =>
  text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : otherwise

/** Addresses are typed by hand too: what makes no sense is as if it were not there. */
export function readSearch(query: Record<string, string | undefined>): ProductSearch {
  return {
    text: (query.q ?? '').trim().slice(0, 120),
    categoryId: wholeNumber(query.categoria, 0) || null,
    page: wholeNumber(query.pagina, 1),
  }
}

/** The list's address; `changed` names the product that was just hidden or shown, for «Deshacer». */
export function listPath({ text, categoryId, page }: ProductSearch, changed?: number): string {
  const query = new URLSearchParams()
  if (text) query.set('q', text)
  if (categoryId) query.set('categoria', String(categoryId))
  if (page > 1) query.set('pagina', String(page))
  if (changed) query.set('cambiado', String(changed))
  const said = query.toString()
  return said ? `/productos?${said}` : '/productos'
}
