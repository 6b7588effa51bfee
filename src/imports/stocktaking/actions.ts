import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { insertRows } from '#src/db/insert-rows.ts'
import type { TenantTx } from '#src/db/tenant.ts'
import { productUnavailable, stockLevels, stockMovements } from '#src/db/tenant-schema.ts'
import type { ProductState } from '../changes.ts'
import type { ImportValues } from '../rows.ts'
import type { Snapshot } from '../shelving/rows.ts'

/** Where and by whom a file says how much there is. `branchId` null: there is no branch, and no stock, yet. */
export type Place = { importId: number; staffId: number; branchId: number | null; now: Date }

/** Products made a moment ago in this transaction: nobody else knows them yet. */
export async function stockNew(
  tx: TenantTx,
  { importId, staffId, branchId, now }: Place,
  made: readonly { id: number; values: ImportValues }[],
): Promise<void> {
  if (branchId === null) return
  const counted = made.flatMap(({ id, values: { stockThousandths } }) =>
    stockThousandths === undefined
      ? []
      : [{ branchId, productId: id, quantityThousandths: stockThousandths }],
  )
  await insertRows(tx, stockLevels, counted)
  await insertRows(
    tx,
    stockMovements,
    counted
      .filter(({ quantityThousandths }) => quantityThousandths !== 0)
      .map((row) => ({ ...row, reason: 'carga' as const, importId, staffId, createdAt: now })),
  )
  const unavailable = made.filter(({ values }) => values.available === false)
  await insertRows(
    tx,
    productUnavailable,
    unavailable.map(({ id }) => ({ branchId, productId: id })),
  )
}

/** `added`: what came in, where the file adds; else the level is the one in `changes`. */
type Changed = { id: number; changes: ProductState; added: number | null; snapshots: [Snapshot, Snapshot] }

/** «Disponible» is of the one branch; both snapshots are told. */
export async function setAvailable(
  tx: TenantTx,
  { branchId }: Place,
  rows: readonly Changed[],
): Promise<void> {
  if (branchId === null) return
  const wanting = (isAvailable: boolean) => rows.filter(({ changes }) => changes.available === isAvailable)
  for (const { snapshots, changes } of rows) {
    if (changes.available === undefined) continue
    snapshots[0].available = { branchId, isAvailable: !changes.available }
    snapshots[1].available = { branchId, isAvailable: changes.available }
  }
  const back = wanting(true).map(({ id }) => id)
  if (back.length > 0) {
    await tx
      .delete(productUnavailable)
      .where(and(eq(productUnavailable.branchId, branchId), inArray(productUnavailable.productId, back)))
  }
  await insertRows(
    tx,
    productUnavailable,
    wanting(false).map(({ id }) => ({ branchId, productId: id })),
  )
}

/**
 * Sets levels that others may be moving: the rows are made, locked in the order of product ids and only then
 * read, so that the movement is exactly what leads from the level there is to the one that was asked for.
 */
export async function setLevels(tx: TenantTx, place: Place, rows: readonly Changed[]): Promise<void> {
  const { branchId, importId, staffId, now } = place
  const counted = rows.filter(({ changes }) => changes.stockThousandths !== undefined)
  if (branchId === null || counted.length === 0) return
  const ids = counted.map(({ id }) => id)
  const before = await lockLevels(tx, branchId, ids)
  const fresh = ids.filter((id) => !before.has(id))
  if (fresh.length > 0) {
    await tx
      .insert(stockLevels)
      .ignore()
      .values(fresh.map((productId) => ({ branchId, productId, quantityThousandths: 0 })))
  }
  const levels = fresh.length > 0 ? await lockLevels(tx, branchId, ids) : before
  const moves = counted.map(({ id, changes, added, snapshots }) => {
    const level = levels.get(id) ?? 0
    const wanted = added === null ? (changes.stockThousandths ?? 0) : level + added
    snapshots[0].stock = { branchId, quantityThousandths: before.get(id) ?? null }
    snapshots[1].stock = { branchId, quantityThousandths: wanted }
    return { branchId, productId: id, level, quantityThousandths: wanted - level }
  })
  await writeLevels(
    tx,
    moves.map(({ level, ...row }) => ({ ...row, quantityThousandths: level + row.quantityThousandths })),
  )
  await insertRows(
    tx,
    stockMovements,
    moves
      .filter(({ quantityThousandths }) => quantityThousandths !== 0)
      .map(({ level: _, ...row }) => ({
        ...row,
        reason: 'carga' as const,
        importId,
        staffId,
        createdAt: now,
      })),
  )
}

export async function lockLevels(tx: TenantTx, branchId: number, ids: readonly number[]) {
  const rows = await tx
    .select({ id: stockLevels.productId, quantityThousandths: stockLevels.quantityThousandths })
    .from(stockLevels)
    .where(and(eq(stockLevels.branchId, branchId), inArray(stockLevels.productId, [...ids])))
    .orderBy(asc(stockLevels.productId))
    .for('update')
  return new Map(rows.map((row) => [row.id, row.quantityThousandths]))
}

/** Rows that are locked already. */
export async function writeLevels(
  tx: TenantTx,
  levels: readonly { branchId: number; productId: number; quantityThousandths: number }[],
): Promise<void> {
  if (levels.length === 0) return
  await tx
    .insert(stockLevels)
    .values([...levels])
    .onDuplicateKeyUpdate({ set: { quantityThousandths: sql`values(${stockLevels.quantityThousandths})` } })
}
