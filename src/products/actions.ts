import { and, eq, gt, max, ne, type SQL, sql } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { business, categories, productComponents, products } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { hasFractions } from '#src/stock/queries.ts'
import type { ProductDetails, ProductInput } from './product.ts'
import { hasProduct, lockCatalogue } from './queries.ts'
import type { ProductProblem } from './texts.ts'

export type ProductSaved = { ok: true; id: number } | ({ ok: false } & ProductProblem)
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

export function addProduct(db: TenantDb, input: Input, now: Date): Promise<ProductSaved> {
  return inTransaction(db, async (tx): Promise<ProductSaved> => {
    await lockCatalogue(tx)
    const again = await sameMoment(tx, input, now)
    if (again !== null) return { ok: true, id: again }
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
  })
}

/** What a hand changed is no longer the menu's example. */
export function changeProduct(db: TenantDb, id: number, input: Input, now: Date): Promise<ProductSaved> {
  return changeCatalogue(db, async (tx): Promise<ProductSaved> => {
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
export async function showProduct(db: TenantDb, id: number, active: boolean, now: Date): Promise<void> {
  await changeCatalogue(db, async (tx) => {
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

async function takenBy(tx: TenantTx, { code, barcode }: ProductInput, own: number | null) {
  const others = own === null ? undefined : ne(products.id, own)
  const nameOf = async (match: SQL) =>
    (await tx.select({ name: products.name }).from(products).where(and(match, others)).limit(1))[0]?.name
  const byCode = code === null ? undefined : await nameOf(eq(products.code, code))
  if (byCode !== undefined) return { problem: 'code-taken' as const, takenBy: byCode }
  const byBarcode = barcode === null ? undefined : await nameOf(eq(products.barcode, barcode))
  return byBarcode === undefined ? null : { problem: 'barcode-taken' as const, takenBy: byBarcode }
}

/** A coarser step than the stock, or than what another product takes of it, would lose a part of a chicken. */
async function unevenStep(tx: TenantTx, { stepThousandths: step }: Input, id: number) {
  if (step === undefined || step === 1) return null
  if (await hasFractions(tx, id, step)) return { problem: 'has-fractions' as const, takenBy: '' }
  const [user] = await tx
    .select({ name: products.name })
    .from(productComponents)
    .innerJoin(products, eq(products.id, productComponents.productId))
    .where(
      and(
        eq(productComponents.componentId, id),
        gt(sql`mod(${productComponents.quantityThousandths}, ${step})`, 0),
      ),
    )
    .limit(1)
  return user ? { problem: 'has-fractions' as const, takenBy: user.name } : null
}

/** The second press of a double click: the same product, a moment ago. */
async function sameMoment(tx: TenantTx, input: ProductInput, now: Date): Promise<number | null> {
  const rows = await tx
    .select()
    .from(products)
    .where(and(eq(products.name, input.name), eq(products.priceCentimos, input.priceCentimos)))
  const twin = rows.find(
    (row) =>
      row.name === input.name &&
      row.code === input.code &&
      row.barcode === input.barcode &&
      now.getTime() - row.createdAt.getTime() < 10_000,
  )
  return twin?.id ?? null
}
