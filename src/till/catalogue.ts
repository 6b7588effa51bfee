/**
 * The catalogue document of the till: what the server sends once per version and the browser keeps.
 * Arrays instead of objects: at 20,000 products the names of the fields would weigh more than the fields.
 */
import type { Affectation } from '#src/sales/sale.ts'

export type Unit = 'unidad' | 'kg'

export type CatalogueProduct = {
  id: number
  name: string
  /** 0 when the product has no category. */
  categoryId: number
  priceCentimos: number
  stepThousandths: number
  unit: Unit
  affectation: Affectation
  barcode: string
  code: string
  /** What its tile says when the name is too long for it; empty: the name. */
  shortName: string
  emoji: string
  /** The photo of its tile, a row of `files`; empty: none. It wins over the emoji. */
  photoId: string
  /** Its place on the first screen; null: not a favourite. */
  favouritePosition: number | null
  /** False: «Agotado» in the branch of the register. */
  isAvailable: boolean
}

export type CatalogueCategory = { id: number; name: string }

type ProductRow = [
  number,
  string,
  number,
  number,
  number,
  Unit,
  Affectation,
  string,
  string,
  /** Most products have none of these, and then the document has nothing for them. */
  more?: More,
]

export type CatalogueDocument = {
  version: string
  categories: [number, string][]
  products: ProductRow[]
  /** Of each branch, what is not to be had there. Documents from before have none. */
  soldOut?: SoldOut
}

export type SoldOut = [branchId: number, productIds: number[]][]
export type Catalogue = { version: string; categories: CatalogueCategory[]; products: CatalogueProduct[] }

/** How many products «Favoritos» shows while the owner has not chosen any. */
export const firstScreen = 30

/** The first 8 hex of the tenant's uid: whose page it is. Row ids repeat between businesses, this does not. */
export function businessMark(tenantUid: string): string {
  return tenantUid.replace(/-/g, '').slice(0, 8)
}

/** `<business mark>-<catalogue version>` */
export function catalogueVersion(tenantUid: string, version: number): string {
  return `${businessMark(tenantUid)}-${version}`
}

/** The mark of the business that a version belongs to. */
export function markOf(version: string): string {
  return version.split('-')[0] ?? ''
}

export function toDocument(
  { version, categories, products }: Catalogue,
  soldOut: SoldOut,
): CatalogueDocument {
  return {
    version,
    categories: categories.map(({ id, name }) => [id, name]),
    products: products.map((p) => [
      p.id,
      p.name,
      p.categoryId,
      p.priceCentimos,
      p.stepThousandths,
      p.unit,
      p.affectation,
      p.barcode,
      p.code,
      ...moreOf(p),
    ]),
    ...(soldOut.length > 0 ? { soldOut } : {}),
  }
}

type More = [shortName: string, emoji: string, photoId: string, favouritePosition: number | null]

function moreOf({ shortName, emoji, photoId, favouritePosition }: CatalogueProduct): [More?] {
  const hasMore = shortName !== '' || emoji !== '' || photoId !== '' || favouritePosition !== null
  return hasMore ? [[shortName, emoji, photoId, favouritePosition]] : []
}

/** As one branch sells it. */
export function fromDocument(document: CatalogueDocument, branchId: number): Catalogue {
  const missing = new Set(document.soldOut?.find(([branch]) => branch === branchId)?.[1])
  return {
    version: document.version,
    categories: document.categories.map(([id, name]) => ({ id, name })),
    products: document.products.map((row) => ({
      id: row[0],
      name: row[1],
      categoryId: row[2],
      priceCentimos: row[3],
      stepThousandths: row[4],
      unit: row[5],
      affectation: row[6],
      barcode: row[7],
      code: row[8],
      shortName: row[9]?.[0] ?? '',
      emoji: row[9]?.[1] ?? '',
      photoId: row[9]?.[2] ?? '',
      favouritePosition: row[9]?.[3] ?? null,
      isAvailable: !missing.has(row[0]),
    })),
  }
}

/** «Favoritos»: those of the owner in her order, and only while there are none the first of the menu. */
export function favouritesOf(products: readonly CatalogueProduct[]): readonly CatalogueProduct[] {
  const chosen = products.filter((product) => product.favouritePosition !== null)
  if (chosen.length === 0) return products.slice(0, firstScreen)
  return chosen.sort((a, b) => (a.favouritePosition ?? 0) - (b.favouritePosition ?? 0) || a.id - b.id)
}

/** The ten edges of UX.md, section 3, given in the menu's order and then again from the first. */
export function categoryColour(position: number): number {
  return (position % 10) + 1
}
