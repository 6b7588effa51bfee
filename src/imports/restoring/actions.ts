import { and, asc, eq, gte, inArray, isNull, ne, or } from 'drizzle-orm'
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
import { collated } from '../matching/matching.ts'
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
  const rows = await tx
    .selectDistinct({ id: stockMovements.productId })
    .from(stockMovements)
    .leftJoin(imports, eq(imports.id, stockMovements.importId))
    .where(
      and(
        inArray(stockMovements.productId, [...ids]),
        eq(stockMovements.branchId, branchId),
        gte(stockMovements.createdAt, savedAt),
        or(isNull(stockMovements.importId), ne(stockMovements.importId, importId)),
        or(isNull(imports.status), ne(imports.status, 'deshecha')),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

/** A code of before that another product has by now stays there. */
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
    for (const some of slices(wanting)) {
      const codes = some.flatMap(({ undoing }) => undoing.columns[key] ?? [])
      if (codes.length === 0) continue
      // As the database compares them: which of ours it holds for one with somebody else's.
      const taken = await tx
        .select({ id: products.id, code: products[key] })
        .from(products)
        .where(inArray(products[key], codes))
      if (taken.length === 0) continue
      for (const row of some) {
        const code = row.undoing.columns[key]
        if (!code || !taken.some((other) => other.code !== null && collated(other.code) === collated(code)))
          continue
        row.undoing.columns[key] = row.states[1].columns[key] ?? null
        row.undoing.said.push(undoTexts.code)
      }
    }
  }
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
