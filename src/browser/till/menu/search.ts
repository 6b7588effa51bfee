import { fold } from '#src/lib/text.ts'
import type { Catalogue, CatalogueProduct } from '#src/till/catalogue.ts'

/** What search and scan read: prepared once per catalogue, so that a letter costs no folding of 20,000 names. */
export type Index = {
  catalogue: Catalogue
  byId: Map<number, CatalogueProduct>
  byCode: Map<string, CatalogueProduct>
  byCategory: Map<number, CatalogueProduct[]>
  folded: string[]
}

/** More than this nobody reads: one types another letter. */
export const mostResults = 60

export function makeIndex(catalogue: Catalogue): Index {
  const byId = new Map<number, CatalogueProduct>()
  const byCode = new Map<string, CatalogueProduct>()
  const byCategory = new Map<number, CatalogueProduct[]>()
  const folded: string[] = []
  for (const product of catalogue.products) {
    byId.set(product.id, product)
    if (product.code) byCode.set(product.code, product)
    const siblings = byCategory.get(product.categoryId)
    if (siblings) siblings.push(product)
    else byCategory.set(product.categoryId, [product])
    folded.push(fold(product.name))
  }
  // A barcode wins over the shop's own code when both read the same.
  for (const product of catalogue.products) if (product.barcode) byCode.set(product.barcode, product)
  return { catalogue, byId, byCode, byCategory, folded }
}

/** The product that carries exactly this barcode or code. */
export function findByCode(index: Index, code: string): CatalogueProduct | null {
  return index.byCode.get(code) ?? index.byCode.get(code.toUpperCase()) ?? null
}

/**
 * Best first: the name begins so, a word begins so, it is somewhere inside; each in the menu's order.
 * Every word typed must be found. An exact code comes before everything.
 */
export function search(index: Index, text: string, most = mostResults): CatalogueProduct[] {
  const query = fold(text).trim()
  if (!query) return []
  const words = query.split(/\s+/)
  const ranked: [CatalogueProduct[], CatalogueProduct[], CatalogueProduct[]] = [[], [], []]
  const exact = findByCode(index, text.trim())
  for (const [position, name] of index.folded.entries()) {
    const product = index.catalogue.products[position]
    if (!product || product === exact || !words.every((word) => name.includes(word))) continue
    const rank = name.startsWith(query) ? 0 : beginsWord(name, words[0] ?? '') ? 1 : 2
    ranked[rank].push(product)
    if (ranked[0].length >= most) break
  }
  return [...(exact ? [exact] : []), ...ranked[0], ...ranked[1], ...ranked[2]].slice(0, most)
}

function beginsWord(name: string, word: string): boolean {
  return name.startsWith(word) || name.includes(` ${word}`)
}
