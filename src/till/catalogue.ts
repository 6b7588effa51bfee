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
}

export type CatalogueCategory = { id: number; name: string }

type ProductRow = [number, string, number, number, number, Unit, Affectation, string, string]

export type CatalogueDocument = {
  version: string
  categories: [number, string][]
  products: ProductRow[]
}

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

export function toDocument({ version, categories, products }: Catalogue): CatalogueDocument {
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
    ]),
  }
}

export function fromDocument(document: CatalogueDocument): Catalogue {
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
    })),
  }
}

/** The ten edges of UX.md, section 3, given in the menu's order and then again from the first. */
export function categoryColour(position: number): number {
  return (position % 10) + 1
}
