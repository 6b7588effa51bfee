import { and, asc, eq, gt, gte, inArray, isNull, max, ne, or, sql } from 'drizzle-orm'
import { insertRows } from '#src/db/insert-rows.ts'
import type { TenantTx } from '#src/db/tenant.ts'
import {
  categories,
  imports,
  products,
  productUnavailable,
  stockLevels,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import { updateRows } from '#src/db/update-rows.ts'
import type { Snapshot } from '../shelving/rows.ts'
import { slices } from '../slices.ts'
import { lockLevels, writeLevels } from '../stocktaking/actions.ts'
import type { Said } from '../undo/said.ts'
import { rowText, undoTexts } from '../undo/texts.ts'
import { type Undoing, undoingOf } from '../undo/undoing.ts'

type Place = { importId: number; staffId: number; savedAt: Date; now: Date }
type Change = { position: number; productId: number; before: string | null; after: string | null }
type Row = Change & { name: string; states: [Snapshot, Snapshot]; undoing: Undoing }

/** Products that an import changed take back what they were, field by field. */
export async function restoreChanged(
  tx: TenantTx,
  place: Place,
  changes: readonly Change[],
): Promise<Said[]> {
  const inOrder = changes.toSorted((a, b) => a.productId - b.productId)
  const said: Said[] = []
  const rows: Row[] = []
  for (const some of slices(inOrder)) {
    const read = await readRows(tx, place, some)
    rows.push(...read.rows)
    said.push(...read.gone)
  }
  await keepTakenCodes(tx, rows)
  await keepCategories(tx, rows)
  for (const some of slices(rows)) {
    await updateRows(
      tx,
      products,
      some.map(({ productId, undoing }) => ({
        id: productId,
        set: Object.keys(undoing.columns).length > 0 ? { ...undoing.columns, updatedAt: place.now } : {},
      })),
    )
    await restoreAvailable(tx, some)
    await restoreLevels(tx, place, some)
  }
  for (const { position, productId, name, undoing } of rows) {
    if (undoing.said.length > 0)
      said.push({ position, productId, kind: 'changed', text: rowText(name, undoing.said) })
  }
  return said
}

async function readRows(tx: TenantTx, place: Place, changes: readonly Change[]) {
  const parsed = changes.map((change) => ({
    ...change,
    states: [JSON.parse(change.before ?? '{}'), JSON.parse(change.after ?? '{}')] as [Snapshot, Snapshot],
  }))
  const ids = parsed.map(({ productId }) => productId)
  // One import speaks of one branch.
  const branchId =
    parsed.flatMap(({ states: [, after] }) => after.stock?.branchId ?? after.available?.branchId ?? [])[0] ??
    0
  const found = await tx
    .select({ product: products, unavailableId: productUnavailable.productId })
    .from(products)
    .leftJoin(
      productUnavailable,
      and(eq(productUnavailable.productId, products.id), eq(productUnavailable.branchId, branchId)),
    )
    .where(inArray(products.id, ids))
    .orderBy(asc(products.id))
    .for('update')
  const byId = new Map(found.map((row) => [row.product.id, row]))
  const counted = parsed.flatMap(({ productId, states: [, after] }) => (after.stock ? [productId] : []))
  const levels = counted.length > 0 ? await lockLevels(tx, branchId, counted) : new Map<number, number>()
  const moved = await movedSince(tx, place, branchId, counted)
  const rows: Row[] = []
  const gone: Said[] = []
  for (const { states, ...change } of parsed) {
    const { position, productId } = change
    const row = byId.get(productId)
    if (!row) {
      const text = rowText(states[1].columns.name ?? states[0].columns.name ?? 'Un producto', [
        undoTexts.gone,
      ])
      gone.push({ position, productId, kind: 'changed', text })
      continue
    }
    const undoing = undoingOf(...states, {
      ...row.product,
      isAvailable: row.unavailableId === null,
      quantityThousandths: levels.get(productId) ?? null,
      hasMoved: moved.has(productId),
    })
    rows.push({ ...change, states, name: row.product.name, undoing })
  }
  return { rows, gone }
}

/** By anything but this import and imports that are undone themselves. */
async function movedSince(
  tx: TenantTx,
  { importId, savedAt }: Place,
  branchId: number,
  ids: readonly number[],
) {
  if (ids.length === 0) return new Set<number>()
  const isThere = and(inArray(stockMovements.productId, [...ids]), eq(stockMovements.branchId, branchId))
  // A sale between `savedAt` and the import's own movement came before it, whatever its clock says.
  const own = tx
    .select({ productId: stockMovements.productId, last: max(stockMovements.id).as('last_own') })
    .from(stockMovements)
    .where(and(isThere, eq(stockMovements.importId, importId)))
    .groupBy(stockMovements.productId)
    .as('own')
  const rows = await tx
    .selectDistinct({ id: stockMovements.productId })
    .from(stockMovements)
    .leftJoin(own, eq(own.productId, stockMovements.productId))
    .leftJoin(imports, eq(imports.id, stockMovements.importId))
    .where(
      and(
        isThere,
        or(gt(stockMovements.id, own.last), and(isNull(own.last), gte(stockMovements.createdAt, savedAt))),
        or(isNull(stockMovements.importId), ne(stockMovements.importId, importId)),
        or(isNull(imports.status), ne(imports.status, 'deshecha')),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

/**
 * A code of before that another product has by now stays there, and its own row keeps the present one; which may
 * be the code of before of the next row, and so on, until nobody falls back any more.
 */
async function keepTakenCodes(tx: TenantTx, rows: readonly Row[]): Promise<void> {
  for (const key of ['code', 'barcode'] as const) {
    const wanting = rows.filter(({ undoing }) => undoing.columns[key] !== undefined)
    for (const some of slices(wanting)) {
      const ids = some.map(({ productId }) => productId)
      await tx
        .update(products)
        .set({ [key]: null })
        .where(inArray(products.id, ids))
    }
    let left = wanting.filter(({ undoing }) => undoing.columns[key] !== null)
    for (let taken = await takenOf(tx, key, left); taken.size > 0; taken = await takenOf(tx, key, left)) {
      for (const row of taken) {
        row.undoing.columns[key] = row.states[1].columns[key] ?? null
        row.undoing.said.push(undoTexts.code)
      }
      for (const some of slices([...taken])) {
        await updateRows(
          tx,
          products,
          some.map(({ productId, undoing }) => ({ id: productId, set: { [key]: undoing.columns[key] } })),
        )
      }
      left = left.filter((row) => !taken.has(row))
    }
  }
}

/** Which of these codes a product has, as the database compares them. */
async function takenOf(tx: TenantTx, key: 'code' | 'barcode', rows: readonly Row[]): Promise<Set<Row>> {
  const taken = new Set<Row>()
  for (const some of slices(rows)) {
    const codes = some.map(({ undoing }) => undoing.columns[key] ?? '')
    const list = sql.join(
      codes.map((code) => sql`${code}`),
      sql`, `,
    )
    const found = await tx
      .select({ place: sql<number>`field(${products[key]}, ${list})` })
      .from(products)
      .where(inArray(products[key], codes))
    for (const { place } of found) {
      const row = some[place - 1]
      if (!row) throw new Error('a code that is taken and is nobody’s')
      taken.add(row)
    }
  }
  return taken
}

async function keepCategories(tx: TenantTx, rows: readonly Row[]): Promise<void> {
  if (!rows.some(({ undoing }) => undoing.columns.categoryId)) return
  const there = new Set((await tx.select({ id: categories.id }).from(categories)).map(({ id }) => id))
  for (const { undoing } of rows) {
    const { categoryId } = undoing.columns
    if (!categoryId || there.has(categoryId)) continue
    delete undoing.columns.categoryId
    undoing.said.push(undoTexts.category)
  }
}

async function restoreAvailable(tx: TenantTx, rows: readonly Row[]): Promise<void> {
  const wanted = rows.flatMap(({ productId, undoing: { available } }) =>
    available ? [{ productId, ...available }] : [],
  )
  const branchId = wanted[0]?.branchId
  if (branchId === undefined) return
  const back = wanted.flatMap(({ productId, isAvailable }) => (isAvailable ? [productId] : []))
  if (back.length > 0) {
    await tx
      .delete(productUnavailable)
      .where(and(eq(productUnavailable.branchId, branchId), inArray(productUnavailable.productId, back)))
  }
  await insertRows(
    tx,
    productUnavailable,
    wanted.flatMap(({ productId, isAvailable }) => (isAvailable ? [] : [{ branchId, productId }])),
  )
}

async function restoreLevels(
  tx: TenantTx,
  { importId, staffId, now }: Place,
  rows: readonly Row[],
): Promise<void> {
  const wanted = rows.flatMap(({ productId, undoing: { stock } }) => (stock ? [{ productId, ...stock }] : []))
  const branchId = wanted[0]?.branchId
  if (branchId === undefined) return
  await writeLevels(
    tx,
    wanted.flatMap(({ productId, to }) =>
      to === null ? [] : [{ branchId, productId, quantityThousandths: to }],
    ),
  )
  const without = wanted.flatMap(({ productId, to }) => (to === null ? [productId] : []))
  if (without.length > 0) {
    await tx
      .delete(stockLevels)
      .where(and(eq(stockLevels.branchId, branchId), inArray(stockLevels.productId, without)))
  }
  await insertRows(
    tx,
    stockMovements,
    wanted
      .filter(({ from, to }) => from !== (to ?? 0))
      .map(({ productId, from, to }) => ({
        branchId,
        productId,
        quantityThousandths: (to ?? 0) - from,
        reason: 'deshacer' as const,
        importId,
        staffId,
        createdAt: now,
      })),
  )
}
