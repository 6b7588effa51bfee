import { and, asc, count, desc, eq, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import {
  branches,
  business,
  categories,
  products,
  productUnavailable,
  saleLines,
  stockLevels,
} from '#src/db/tenant-schema.ts'
import type { ProductRow } from './product.ts'

/** Subqueries: a page of the table asks them for its 50 rows only. */
export const stockSum = sql`coalesce((select sum(l.quantity_thousandths) from ${stockLevels} l where l.product_id = ${products.id}), 0)`
const unavailableIn = sql`(select count(*) from ${productUnavailable} u where u.product_id = ${products.id})`

export const rowColumns = {
  id: products.id,
  name: products.name,
  shortName: products.shortName,
  priceCentimos: products.priceCentimos,
  costCentimos: products.costCentimos,
  category: categories.name,
  code: products.code,
  barcode: products.barcode,
  unit: products.unit,
  stepThousandths: products.stepThousandths,
  affectation: products.affectation,
  presentation: products.presentation,
  emoji: products.emoji,
  photoId: products.photoId,
  favouritePosition: products.favouritePosition,
  forSale: products.forSale,
  active: products.active,
  tracksStock: products.tracksStock,
  stockThousandths: stockSum.mapWith(Number),
  unavailableIn: unavailableIn.mapWith(Number),
}

/** What is sold, hidden or not; null: not there, or counted but never sold («Pollo»). */
export async function findProduct(db: Db, id: number): Promise<ProductRow | null> {
  const product = await findAnyProduct(db, id)
  return product?.forSale ? product : null
}

/** What is only counted too. */
export async function findAnyProduct(db: Db, id: number): Promise<ProductRow | null> {
  const [row] = await db
    .select(rowColumns)
    .from(products)
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .where(eq(products.id, id))
  return row ?? null
}

export async function hasProduct(db: Db, id: number): Promise<boolean> {
  const rows = await db.select({ id: products.id }).from(products).where(eq(products.id, id))
  return rows.length > 0
}

/** A product that was sold stays for ever, hidden at most. */
export async function wasSold(db: Db, id: number): Promise<boolean> {
  const rows = await db
    .select({ id: saleLines.id })
    .from(saleLines)
    .where(eq(saleLines.productId, id))
    .limit(1)
  return rows.length > 0
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

/** Every branch, and whether it has the product. */
export async function availabilityOf(db: Db, productId: number) {
  const rows = await db
    .select({ id: branches.id, name: branches.name, missing: productUnavailable.productId })
    .from(branches)
    .leftJoin(
      productUnavailable,
      and(eq(productUnavailable.branchId, branches.id), eq(productUnavailable.productId, productId)),
    )
    .orderBy(asc(branches.id))
  return rows.map(({ id, name, missing }) => ({ id, name, isAvailable: missing === null }))
}

export async function countBranches(db: Db): Promise<number> {
  const [row] = await db.select({ n: count() }).from(branches)
  return row?.n ?? 0
}

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
