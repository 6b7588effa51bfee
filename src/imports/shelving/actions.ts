import { and, asc, eq, gt, inArray, max } from 'drizzle-orm'
import { insertRows } from '#src/db/insert-rows.ts'
import type { TenantTx } from '#src/db/tenant.ts'
import { importChanges, imports, products } from '#src/db/tenant-schema.ts'
import { updateRows } from '#src/db/update-rows.ts'
import { limaDayBounds } from '#src/lib/lima.ts'
import { raiseCatalogueVersion } from '#src/products/actions.ts'
import { lockCatalogue } from '#src/products/queries.ts'
import { branchOf, findImport, knownProducts, planInputOf } from '../queries.ts'
import { categoriesFor } from '../rail/actions.ts'
import { removeReadyProducts } from '../removing/actions.ts'
import type { ImportProblem } from '../saving/texts.ts'
import { slices } from '../slices.ts'
import { setAvailable, setLevels, stockNew } from '../stocktaking/actions.ts'
import type { RunWorker } from '../workers/in-worker.ts'
import { type SavePlan, savePlanInWorker } from '../workers/planner.ts'
import {
  changedColumns,
  columnsBefore,
  newColumns,
  type ProductColumns,
  type Resolver,
  type Snapshot,
} from './rows.ts'

/** The one transaction that saves a file, in a turn of the worker. `tell` writes outside of it. */
export type Writing = {
  id: number
  owner: string
  clock: () => Date
  run: RunWorker
  /** How many products the plan holds on sale; null: no limit. */
  most: number | null
  tell: (set: { rowsDone?: number; rowsTotal?: number }) => Promise<unknown>
}

export type Written = { ok: true } | { ok: false; problem: ImportProblem; products?: number }

type Shelves = Writing & {
  importId: number
  staffId: number
  branchId: number | null
  now: Date
  resolve: Resolver
}

const day = 86_400_000
/** So long an import can be undone, counted to the end of that day in Lima. */
const undoDays = 30

/**
 * Everything of a file or nothing, planned against the products as they are under the lock of the catalogue: what
 * the preview said may be old. What sales lock as well is written last, products before their stock and both in
 * the order of ids, as a sale does.
 */
export async function writeImport(tx: TenantTx, writing: Writing): Promise<Written> {
  const { id, owner, clock, run, most, tell } = writing
  await lockCatalogue(tx)
  const now = clock()
  const record = await findImport(tx, id, now)
  const input = record && (await planInputOf(tx, record, most))
  if (!record || !input) return { ok: false, problem: 'gone' }
  const branchId = await branchOf(tx, record)
  const planned = await savePlanInWorker(run, input, knownProducts(tx, branchId))
  if (!planned.ok) return planned
  const { plan } = planned
  if (plan.problem) return { ok: false, ...plan.problem }
  void tell({ rowsTotal: plan.created.length + plan.changed.length })

  const names = [...plan.created.map(({ values }) => values), ...plan.changed.map(({ changes }) => changes)]
  const rail = await categoriesFor(
    tx,
    names.flatMap(({ category }) => category ?? []),
  )
  const shelves: Shelves = {
    ...writing,
    importId: id,
    staffId: record.staffId,
    branchId,
    now,
    resolve: { categoryId: rail.idOf, nextFavourite: await favouritePlaces(tx) },
  }
  await makeNew(tx, plan.created, shelves)
  await changeKnown(tx, plan, shelves)
  if (record.removesMenu) await removeReadyProducts(tx, id, plan.leaving)
  await raiseCatalogueVersion(tx)
  await close(tx, { id, owner, now, summary: { ...plan.summary, madeCategories: rail.made } }, plan)
  return { ok: true }
}

/** The lease is looked at once more: whoever lost it writes nothing. */
async function close(
  tx: TenantTx,
  { id, owner, now, summary }: { id: number; owner: string; now: Date; summary: object },
  plan: SavePlan,
): Promise<void> {
  const rows = plan.created.length + plan.changed.length
  const [closed] = await tx
    .update(imports)
    .set({
      status: 'guardada',
      owner: null,
      leaseUntil: null,
      failure: null,
      summary: JSON.stringify(summary),
      rowsDone: rows,
      rowsTotal: rows,
      savedAt: now,
      undoUntil: limaDayBounds(new Date(now.getTime() + undoDays * day)).to,
    })
    .where(and(eq(imports.id, id), eq(imports.owner, owner), eq(imports.status, 'guardando')))
  if (closed.affectedRows !== 1) throw new Error('the lease of a saving was lost')
}

async function makeNew(tx: TenantTx, rows: SavePlan['created'], shelves: Shelves): Promise<void> {
  const { importId, now, resolve, tell } = shelves
  const [last] = await tx.select({ id: max(products.id), position: max(products.position) }).from(products)
  let lastId = last?.id ?? 0
  let position = last?.position ?? -1
  let done = 0
  for (const some of slices(rows)) {
    const made = some.map((row) => ({
      ...newColumns(row.values, resolve),
      position: ++position,
      createdAt: now,
      updatedAt: now,
    }))
    await insertRows(tx, products, made)
    // Asked for, not counted: only the order of the ids is certain.
    const ids = (
      await tx
        .select({ id: products.id })
        .from(products)
        .where(gt(products.id, lastId))
        .orderBy(asc(products.id))
    ).map(({ id }) => id)
    if (ids.length !== some.length) throw new Error('products appeared under the lock of the catalogue')
    lastId = ids.at(-1)!
    await stockNew(
      tx,
      shelves,
      some.map(({ values }, at) => ({ id: ids[at]!, values })),
    )
    await insertRows(
      tx,
      importChanges,
      some.map(({ number, values }, at) => ({
        importId,
        position: number,
        productId: ids[at]!,
        kind: 'new' as const,
        before: null,
        after: JSON.stringify({ columns: { name: values.name } }),
      })),
    )
    done += some.length
    void tell({ rowsDone: done })
  }
}

const columnsRead = {
  id: products.id,
  name: products.name,
  priceCentimos: products.priceCentimos,
  categoryId: products.categoryId,
  code: products.code,
  barcode: products.barcode,
  costCentimos: products.costCentimos,
  unit: products.unit,
  stepThousandths: products.stepThousandths,
  affectation: products.affectation,
  presentation: products.presentation,
  favouritePosition: products.favouritePosition,
  tracksStock: products.tracksStock,
  active: products.active,
  fromMenu: products.fromMenu,
}

type Known = ProductColumns & { id: number }
type Pending = SavePlan['changed'][number] & {
  now: Known
  written: Partial<ProductColumns>
  snapshots: [Snapshot, Snapshot]
}

async function changeKnown(tx: TenantTx, plan: SavePlan, shelves: Shelves): Promise<void> {
  const { importId, now, resolve, tell } = shelves
  // A product that a row of the owner's names is the owner's: it does not leave with the ready ones.
  const rows = [...plan.changed, ...plan.confirmed].sort((a, b) => a.id - b.id)
  const pending: Pending[] = []
  for (const some of slices(rows)) {
    const ids = some.map(({ id }) => id)
    const found: Known[] = await tx.select(columnsRead).from(products).where(inArray(products.id, ids))
    const byId = new Map(found.map((row) => [row.id, row]))
    for (const row of some) {
      const product = byId.get(row.id)
      if (!product) throw new Error('a product left under the lock of the catalogue')
      const written = changedColumns(row.changes, product, resolve)
      pending.push({
        ...row,
        now: product,
        written,
        snapshots: [{ columns: columnsBefore(product, written) }, { columns: written }],
      })
    }
  }
  await freeCodes(tx, pending)
  let done = plan.created.length
  for (const some of slices(pending)) {
    await updateRows(
      tx,
      products,
      some.map(({ id, written }) => ({ id, set: { ...written, updatedAt: now } })),
    )
    await setAvailable(tx, shelves, some)
    done += some.length
    void tell({ rowsDone: Math.min(done, plan.created.length + plan.changed.length) })
  }
  for (const some of slices(pending)) await setLevels(tx, shelves, some)
  for (const some of slices(pending)) {
    await insertRows(
      tx,
      importChanges,
      some.map(({ id, number, snapshots: [before, after] }) => ({
        importId,
        position: number,
        productId: id,
        kind: 'changed' as const,
        before: JSON.stringify(before),
        after: JSON.stringify(after),
      })),
    )
  }
}

/** Two products may change codes with each other: first nobody has them. */
async function freeCodes(tx: TenantTx, pending: readonly Pending[]): Promise<void> {
  for (const key of ['code', 'barcode'] as const) {
    const ids = pending.flatMap(({ id, written, now }) =>
      written[key] !== undefined && now[key] !== null ? [id] : [],
    )
    for (const some of slices(ids)) {
      await tx
        .update(products)
        .set({ [key]: null })
        .where(inArray(products.id, some))
    }
  }
}

async function favouritePlaces(tx: TenantTx): Promise<() => number> {
  const [last] = await tx.select({ position: max(products.favouritePosition) }).from(products)
  let position = last?.position ?? -1
  return () => ++position
}
