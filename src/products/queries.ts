import { and, asc, count, desc, eq, like, or, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { business, categories, products } from '#src/db/tenant-schema.ts'
import { limits, type ProductRow } from './product.ts'
import type { ProductSearch } from './search.ts'

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')
const columns = {
  id: products.id,
  name: products.name,
  priceCentimos: products.priceCentimos,
  category: categories.name,
  code: products.code,
  barcode: products.barcode,
  active: products.active,
}

/** One page of what is for sale, hidden ones included, in the till's order. */
export async function searchProducts(db: Db, { text, categoryId, page }: ProductSearch) {
  const found = and(
    eq(products.forSale, true),
    categoryId === null ? undefined : eq(products.categoryId, categoryId),
    text === ''
      ? undefined
      : or(like(products.name, `%${escapeLike(text)}%`), eq(products.barcode, text), eq(products.code, text)),
  )
  const [total] = await db.select({ n: count() }).from(products).where(found)
  const rows: ProductRow[] = await db
    .select(columns)
    .from(products)
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .where(found)
    .orderBy(
      sql`${categories.position} is null`,
      asc(categories.position),
      asc(products.position),
      asc(products.id),
    )
    .limit(limits.pageSize)
    .offset((page - 1) * limits.pageSize)
  return { rows, total: total?.n ?? 0 }
}

/** null: not there, or counted but never sold («Pollo»). */
export async function findProduct(db: Db, id: number): Promise<ProductRow | null> {
  const [row] = await db
    .select(columns)
    .from(products)
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .where(and(eq(products.id, id), eq(products.forSale, true)))
  return row ?? null
}

export async function countProducts(db: Db): Promise<number> {
  const [row] = await db.select({ n: count() }).from(products).where(eq(products.forSale, true))
  return row?.n ?? 0
}

/** What was just added, newest first: the wizard's list beside the form. */
export function latestProducts(db: Db, howMany: number) {
  return db
    .select({ id: products.id, name: products.name, priceCentimos: products.priceCentimos })
    .from(products)
    .where(eq(products.forSale, true))
    .orderBy(desc(products.id))
    .limit(howMany)
}

export const listCategories = (db: Db) =>
  db.select({ id: categories.id, name: categories.name }).from(categories).orderBy(asc(categories.position))

/** Every product with what an import or a ready menu matches it by. */
export const matchableProducts = (db: Db) =>
  db
    .select({
      id: products.id,
      name: products.name,
      code: products.code,
      barcode: products.barcode,
      priceCentimos: products.priceCentimos,
      forSale: products.forSale,
      fromMenu: products.fromMenu,
    })
    .from(products)

/** One writer of the catalogue at a time: what is unique is looked up and written under this lock. */
export const lockCatalogue = (db: Db) =>
  db.select({ id: business.id }).from(business).where(eq(business.id, 1)).for('update')
