import { eq, max, sql } from 'drizzle-orm'
import { type Full, withinProducts } from '#src/billing/usage/actions.ts'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { business, categories, products } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { sameMoment, takenBy, unevenStep } from './conflicts/queries.ts'
import type { ProductDetails, ProductInput } from './product.ts'
import { hasProduct, lockCatalogue } from './queries.ts'
import type { ProductProblem } from './texts.ts'

export type ProductSaved = { ok: true; id: number } | ({ ok: false } & ProductProblem)
/** How many products the plan holds on sale; null: no limit. */
export type Most = number | null
type Input = ProductInput & Partial<ProductDetails>

/** Every write to the catalogue: one writer at a time, and the till is told. */
export const changeCatalogue = <T extends { ok: boolean }>(
  db: TenantDb,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T> =>
  inTransaction(db, async (tx): Promise<T> => {
    await lockCatalogue(tx)
    const done = await work(tx)
    if (done.ok) await raiseCatalogueVersion(tx)
    return done
  })

/** The same for a write that may put more on sale. */
export const growCatalogue = <T extends { ok: boolean }>(
  db: TenantDb,
  most: Most,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T | Full> => changeCatalogue<T | Full>(db, (tx) => withinProducts(tx, most, () => work(tx)))

/** Deleted by somebody else since the form was loaded: answered as what was never there. */
export type Gone = { ok: false; problem: 'gone' }
export const gone: Gone = { ok: false, problem: 'gone' }

/** A write that hangs on one product. */
export const changeOfProduct = <T extends { ok: boolean }>(
  db: TenantDb,
  id: number,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T | Gone> =>
  changeCatalogue<T | Gone>(db, async (tx) => ((await hasProduct(tx, id)) ? work(tx) : gone))

export function addProduct(
  db: TenantDb,
  input: Input,
  now: Date,
  most: Most = null,
): Promise<ProductSaved | Full> {
  return inTransaction(db, async (tx): Promise<ProductSaved | Full> => {
    await lockCatalogue(tx)
    const again = await sameMoment(tx, input, now)
    if (again !== null) return { ok: true, id: again }
    return withinProducts(tx, most, () => insertProduct(tx, input, now))
  })
}

async function insertProduct(tx: TenantTx, input: Input, now: Date): Promise<ProductSaved> {
  const problem = await takenBy(tx, input, null)
  if (problem) return { ok: false, ...problem }
  const [last] = await tx.select({ position: max(products.position) }).from(products)
  const [row] = await tx
    .insert(products)
    .values({
      ...(await columnsOf(tx, input)),
      position: (last?.position ?? -1) + 1,
      createdAt: now,
      updatedAt: now,
    })
    .$returningId()
  await raiseCatalogueVersion(tx)
  return { ok: true, id: row!.id }
}

/** What a hand changed is no longer the menu's example. What was only counted may come on sale by it. */
export function changeProduct(
  db: TenantDb,
  id: number,
  input: Input,
  now: Date,
  most: Most = null,
): Promise<ProductSaved | Full> {
  return growCatalogue(db, most, async (tx): Promise<ProductSaved> => {
    const problem = (await takenBy(tx, input, id)) ?? (await unevenStep(tx, input, id))
    if (problem) return { ok: false, ...problem }
    await tx
      .update(products)
      .set({ ...(await columnsOf(tx, input)), fromMenu: false, updatedAt: now })
      .where(eq(products.id, id))
    return { ok: true, id }
  })
}

/** Hiding takes a product off the till; its sales keep it. */
export function showProduct(
  db: TenantDb,
  id: number,
  active: boolean,
  now: Date,
  most: Most = null,
): Promise<{ ok: true } | Full> {
  return growCatalogue(db, most, async (tx): Promise<{ ok: true }> => {
    await tx.update(products).set({ active, updatedAt: now }).where(eq(products.id, id))
    return { ok: true }
  })
}

/** Every write to products or categories: the till fetches the new catalogue by this number. */
export async function raiseCatalogueVersion(tx: TenantTx): Promise<void> {
  await tx.update(business).set({ catalogueVersion: sql`${business.catalogueVersion} + 1` })
}

/** The category of that name, made at the end of the rail if there is none. Under `lockCatalogue`. */
export async function categoryNamed(tx: TenantTx, name: string): Promise<number> {
  const [existing] = await tx.select({ id: categories.id }).from(categories).where(eq(categories.name, name))
  if (existing) return existing.id
  const [last] = await tx.select({ position: max(categories.position) }).from(categories)
  const [row] = await tx
    .insert(categories)
    .values({ name, position: (last?.position ?? -1) + 1 })
    .$returningId()
  return row!.id
}

async function columnsOf(tx: TenantTx, { category, ...rest }: Input) {
  return { ...rest, categoryId: category === null ? null : await categoryNamed(tx, category) }
}
