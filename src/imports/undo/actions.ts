import { and, asc, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { categories, importChanges, imports, products } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { raiseCatalogueVersion } from '#src/products/actions.ts'
import { lockCatalogue } from '#src/products/queries.ts'
import { findImport } from '../queries.ts'
import { restoreRemoved } from '../removing/actions.ts'
import { restoreChanged } from '../restoring/actions.ts'
import type { ImportProblem } from '../saving/texts.ts'
import { slices } from '../slices.ts'
import { withdrawNew } from '../withdrawing/actions.ts'
import type { Said } from './said.ts'

/** `kept`: of how many products something was left alone; `keptByUndo` says what and why. */
export type Undone = { ok: true; kept: number } | { ok: false; problem: ImportProblem }

/**
 * Brings back every product, price and stock that an import touched, and leaves alone what changed since: each of
 * those has its sentence. Undoing twice is undoing.
 */
export async function undoImport(
  db: TenantDb,
  id: number,
  staff: { id: number },
  now: Date,
): Promise<Undone> {
  if (await isSavingAnother(db, id, now)) return { ok: false, problem: 'saving-another' }
  return inTransaction(db, async (tx): Promise<Undone> => {
    await lockCatalogue(tx)
    const record = await findImport(tx, id, now)
    if (!record || record.status === 'descartada') return { ok: false, problem: 'gone' }
    if (record.status === 'guardando') return { ok: false, problem: 'saving' }
    if (record.status === 'revisada') return { ok: false, problem: 'not-saved' }
    if (record.status === 'deshecha') return { ok: true, kept: await keptRows(tx, id) }
    if (!record.canUndo) return { ok: false, problem: 'undo-too-late' }
    await undo(tx, id, staff.id, now)
    return { ok: true, kept: await keptRows(tx, id) }
  })
}

/** It holds the catalogue for as long as it takes: the owner is told instead of made to wait. */
async function isSavingAnother(db: TenantDb, id: number, now: Date): Promise<boolean> {
  const rows = await db
    .select({ id: imports.id })
    .from(imports)
    .where(and(eq(imports.status, 'guardando'), gt(imports.leaseUntil, now), ne(imports.id, id)))
    .limit(1)
  return rows.length > 0
}

async function keptRows(tx: TenantTx, id: number): Promise<number> {
  return tx.$count(
    importChanges,
    and(eq(importChanges.importId, id), sql`${importChanges.undone} is not null`),
  )
}

async function undo(tx: TenantTx, importId: number, staffId: number, now: Date): Promise<void> {
  const [row] = await tx.select().from(imports).where(eq(imports.id, importId))
  const changes = await tx
    .select()
    .from(importChanges)
    .where(eq(importChanges.importId, importId))
    .orderBy(asc(importChanges.position))
  const of = (kind: (typeof changes)[number]['kind']) => changes.filter((change) => change.kind === kind)
  const place = { importId, staffId, savedAt: row?.savedAt ?? now, now }
  // New products first: codes that they took are free again for those that had them.
  const said = [
    ...(await withdrawNew(tx, place, of('new'))),
    ...(await restoreChanged(tx, place, of('changed'))),
  ]
  await restoreRemoved(
    tx,
    of('removed').map(({ before }) => before ?? ''),
  )
  await tell(tx, importId, said)
  await dropCategories(tx, madeCategories(row?.summary ?? '{}'))
  await raiseCatalogueVersion(tx)
  await tx.update(imports).set({ status: 'deshecha', undoneAt: now }).where(eq(imports.id, importId))
}

async function tell(tx: TenantTx, importId: number, said: readonly Said[]): Promise<void> {
  for (const some of slices(said)) {
    await tx
      .insert(importChanges)
      .values(some.map(({ text, ...row }) => ({ ...row, importId, undone: text })))
      .onDuplicateKeyUpdate({ set: { undone: sql`values(${importChanges.undone})` } })
  }
}

const madeCategories = (summary: string): number[] =>
  (JSON.parse(summary) as { madeCategories?: number[] }).madeCategories ?? []

/** Those that the import made and that nothing is in any more. */
async function dropCategories(tx: TenantTx, made: readonly number[]): Promise<void> {
  for (const some of slices(made)) {
    const used = await tx
      .selectDistinct({ id: products.categoryId })
      .from(products)
      .where(inArray(products.categoryId, some))
    const inUse = new Set(used.map(({ id }) => id))
    const empty = some.filter((id) => !inUse.has(id))
    if (empty.length > 0) await tx.delete(categories).where(inArray(categories.id, empty))
  }
}
