import { inArray, type SQL, sql } from 'drizzle-orm'
import type { TenantTx } from '#src/db/tenant.ts'
import {
  productComponents,
  productModifierGroups,
  products,
  productUnavailable,
  stockLevels,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import { errnoOf, foreignKeyErrno } from '#src/db/transaction.ts'
import { dropUnused } from '#src/files/actions.ts'
import type { Change } from '../bulk.ts'

export type Column = 'priceCentimos' | 'categoryId' | 'active'

const chunk = 1000

export async function inChunks<T>(rows: readonly T[], work: (some: T[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += chunk) await work(rows.slice(from, from + chunk))
}

/**
 * Writes one column of many products, a statement a thousand, and only where it still is what the change starts
 * from. Answers how many rows that was. Under `lockCatalogue`.
 */
export async function writeColumn(
  tx: TenantTx,
  column: Column,
  changes: readonly Change[],
  now: Date,
): Promise<number> {
  let written = 0
  await inChunks(changes, async (some) => {
    const ids = some.map(([id]) => id)
    const rows = await tx
      .select({ id: products.id, value: products[column] })
      .from(products)
      .where(inArray(products.id, ids))
    const current = new Map<number, unknown>(rows.map((row) => [row.id, row.value]))
    const due = some.filter(([id, before]) => current.has(id) && current.get(id) === before)
    if (due.length === 0) return
    const cases: SQL[] = due.map(([id, , after]) => sql`when ${id} then ${after}`)
    await tx
      .update(products)
      .set({
        [column]: sql`case ${products.id} ${sql.join(cases, sql` `)} end`,
        fromMenu: false,
        updatedAt: now,
      })
      .where(
        inArray(
          products.id,
          due.map(([id]) => id),
        ),
      )
    written += due.length
  })
  return written
}

/**
 * Deletes products with all that is only theirs. Answers those that something unforeseen still points to: they
 * stay as they were. Locked before, so that no sale comes in between.
 */
export async function eraseRows(tx: TenantTx, all: readonly number[]): Promise<Set<number>> {
  const kept = new Set<number>()
  await inChunks(all, async (ids) => {
    if (await erased(tx, ids)) return
    for (const id of ids) if (!(await erased(tx, [id]))) kept.add(id)
  })
  return kept
}

async function erased(tx: TenantTx, ids: number[]): Promise<boolean> {
  await tx.execute(sql`savepoint erasing`)
  try {
    await erase(tx, ids)
    return true
  } catch (error) {
    if (errnoOf(error) !== foreignKeyErrno.stillReferenced) throw error
    await tx.execute(sql`rollback to savepoint erasing`)
    return false
  }
}

async function erase(tx: TenantTx, ids: number[]): Promise<void> {
  const photos = await tx.select({ id: products.photoId }).from(products).where(inArray(products.id, ids))
  for (const table of [
    productUnavailable,
    productModifierGroups,
    productComponents,
    stockMovements,
    stockLevels,
  ]) {
    await tx.delete(table).where(inArray(table.productId, ids))
  }
  await tx.delete(products).where(inArray(products.id, ids))
  await dropUnused(
    tx,
    photos.map((photo) => photo.id),
  )
}
