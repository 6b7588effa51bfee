import { and, asc, eq, inArray, isNull, lt } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { branches, importChanges, importEdits, importSheets, imports } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { FileProblem, RawSheet } from './cells.ts'
import type { Field, Mapping } from './mapping.ts'
import { packRows } from './packing.ts'
import type { MatchBy, StockMode } from './plan.ts'
import { branchOf, findImport, type ImportRecord, knownProducts, planInputOf } from './queries.ts'
import type { ImportProblem } from './saving/texts.ts'
import { previewInWorker } from './workers/planner.ts'

export { importsSettled, startSaving } from './saving/actions.ts'
export { undoImport } from './undo/actions.ts'

export type ImportAction = { ok: true } | { ok: false; problem: ImportProblem; products?: number }

/** A file that was read, its columns guessed: its sheets are kept. No product is touched before `startSaving`. */
export async function createImport(
  db: TenantDb,
  staff: { id: number },
  fileName: string,
  { sheets, mapping }: { sheets: readonly RawSheet[]; mapping: Mapping },
  now: Date,
): Promise<{ ok: true; id: number } | { ok: false; problem: FileProblem }> {
  const packed: { name: string; rows: Buffer }[] = []
  for (const { name, rows } of sheets) packed.push({ name, rows: await packRows(rows) })
  const reviewed = await previewInWorker(
    {
      sheets: packed.map(({ name, rows }, at) => ({ name, rows: at === mapping.sheet ? rows : null })),
      mapping,
      edits: [],
      matchBy: null,
      stockMode: 'set',
      view: { outcome: 'refused', page: 1, pageSize: 1 },
    },
    knownProducts(db, await branchOf(db, { branchId: null })),
  )
  if (!reviewed.ok) return reviewed
  const { matchBy, summary, toSave } = reviewed.preview
  return inTransaction(db, async (tx) => {
    const [inserted] = await tx.insert(imports).values({
      staffId: staff.id,
      fileName: [...fileName].slice(0, 200).join(''),
      status: 'revisada',
      mapping: JSON.stringify(mapping),
      matchBy,
      summary: JSON.stringify(summary),
      rowsTotal: toSave,
      createdAt: now,
    })
    const importId = inserted.insertId
    for (const [position, { name, rows }] of packed.entries()) {
      await tx
        .insert(importSheets)
        .values({ importId, position, name: [...name].slice(0, 120).join(''), rows })
    }
    return { ok: true as const, id: importId }
  })
}

/** Which sheet, which row has the titles, which column is what. */
export function setMapping(db: TenantDb, id: number, mapping: Mapping, now: Date): Promise<ImportAction> {
  return change(db, id, now, async (tx, record) => {
    const problem = await mappingProblem(tx, id, mapping)
    if (problem) return problem
    // What was mended in one sheet says nothing about another.
    if (mapping.sheet !== record.mapping.sheet)
      await tx.delete(importEdits).where(eq(importEdits.importId, id))
    await tx
      .update(imports)
      .set({ mapping: JSON.stringify({ ...mapping, lists: record.mapping.lists }) })
      .where(eq(imports.id, id))
    return null
  })
}

async function mappingProblem(
  tx: TenantTx,
  id: number,
  { sheet, columns }: Mapping,
): Promise<ImportProblem | null> {
  const [there] = await tx
    .select({ position: importSheets.position })
    .from(importSheets)
    .where(and(eq(importSheets.importId, id), eq(importSheets.position, sheet)))
  if (!there) return 'no-such-sheet'
  const chosen = columns.filter((field) => field !== null)
  if (new Set(chosen).size < chosen.length) return 'twice'
  return chosen.some((field) => field === 'name' || field === 'code' || field === 'barcode')
    ? null
    : 'no-key-column'
}

export type ImportOptions = {
  matchBy?: MatchBy
  stockMode?: StockMode
  removesMenu?: boolean
  /** null: the first branch. */
  branchId?: number | null
}

export function setOptions(
  db: TenantDb,
  id: number,
  options: ImportOptions,
  now: Date,
): Promise<ImportAction> {
  return change(db, id, now, async (tx) => {
    if (options.branchId) {
      const own = await tx.select({ id: branches.id }).from(branches).where(eq(branches.id, options.branchId))
      if (own.length === 0) return 'unknown-branch'
    }
    const given = Object.entries(options).filter(([, value]) => value !== undefined)
    if (given.length > 0) await tx.update(imports).set(Object.fromEntries(given)).where(eq(imports.id, id))
    return null
  })
}

export type Edit = { row: number; field: Field; text: string }

/** What the owner types over cells; the file itself stays as it is. */
export function editCells(
  db: TenantDb,
  id: number,
  edits: readonly Edit[],
  now: Date,
): Promise<ImportAction> {
  return change(db, id, now, async (tx) => {
    for (const { row, field, text } of edits) {
      const edit = { importId: id, rowNumber: row, field, text: [...text].slice(0, 300).join('') }
      await tx
        .insert(importEdits)
        .values(edit)
        .onDuplicateKeyUpdate({ set: { text: edit.text } })
    }
    return null
  })
}

export const editCell = (db: TenantDb, id: number, edit: Edit, now: Date) => editCells(db, id, [edit], now)

/** «Descartar»: the file is forgotten, its name is not. Discarding twice is discarding. */
export async function discardImport(db: TenantDb, id: number, now: Date): Promise<ImportAction> {
  const record = await findImport(db, id, now)
  if (record?.status === 'descartada') return { ok: true }
  return change(db, id, now, async (tx) => {
    await forget(tx, [id])
    await tx
      .update(imports)
      .set({ status: 'descartada', owner: null, leaseUntil: null })
      .where(eq(imports.id, id))
    return null
  })
}

/** Only what waits for its owner can be changed; then its figures are counted again. */
async function change(
  db: TenantDb,
  id: number,
  now: Date,
  work: (tx: TenantTx, record: ImportRecord) => Promise<ImportProblem | null>,
): Promise<ImportAction> {
  const changed = await inTransaction(db, async (tx): Promise<ImportAction> => {
    const [row] = await tx
      .select({ status: imports.status })
      .from(imports)
      .where(eq(imports.id, id))
      .for('update')
    const record = await findImport(tx, id, now)
    if (!record) return { ok: false, problem: 'gone' }
    if (record.status !== 'revisada') return { ok: false, problem: unchangeable[record.status] }
    if (row?.status === 'guardando') await takeFromSaver(tx, record)
    const problem = await work(tx, record)
    return problem ? { ok: false, problem } : { ok: true }
  })
  return changed.ok ? countAgain(db, id, now) : changed
}

/** It was silent for too long, but may be alive: then it finds at its end that it has lost the file, and rolls back. */
async function takeFromSaver(tx: TenantTx, { id, failure }: ImportRecord): Promise<void> {
  await tx
    .update(imports)
    .set({ status: 'revisada', owner: null, leaseUntil: null, rowsDone: 0, failure })
    .where(eq(imports.id, id))
}

const unchangeable = { guardando: 'saving', guardada: 'saved', deshecha: 'gone', descartada: 'gone' } as const

async function countAgain(db: TenantDb, id: number, now: Date): Promise<ImportAction> {
  const record = await findImport(db, id, now)
  const input = record && (await planInputOf(db, record))
  if (!input) return { ok: true }
  const reviewed = await previewInWorker(
    { ...input, view: { outcome: 'refused', page: 1, pageSize: 1 } },
    knownProducts(db, await branchOf(db, record)),
  )
  // The change is made; whoever looks at the file next counts it anew.
  if (!reviewed.ok) return reviewed.problem === 'busy' ? { ok: true } : reviewed
  const { summary, toSave } = reviewed.preview
  await db
    .update(imports)
    .set({ summary: JSON.stringify(summary), rowsTotal: toSave })
    .where(and(eq(imports.id, id), eq(imports.status, 'revisada')))
  return { ok: true }
}

const day = 86_400_000
/** How long a file waits for its owner to go on. */
const previewKeptDays = 7

/**
 * Files that nobody went on with, savings whose process died, and the sheets of those that can no longer be
 * undone. What an import did stays in its row.
 */
export async function sweepImports(db: TenantDb, now: Date): Promise<void> {
  await db
    .update(imports)
    .set({ status: 'revisada', owner: null, leaseUntil: null, rowsDone: 0 })
    .where(and(eq(imports.status, 'guardando'), lt(imports.leaseUntil, now)))
  const old = await db
    .select({ id: imports.id })
    .from(imports)
    .where(
      and(
        eq(imports.status, 'revisada'),
        lt(imports.createdAt, new Date(now.getTime() - previewKeptDays * day)),
      ),
    )
    .orderBy(asc(imports.id))
  for (const { id } of old) await discardImport(db, id, now)
  const over = await db
    .selectDistinct({ id: imports.id })
    .from(imports)
    .innerJoin(importSheets, eq(importSheets.importId, imports.id))
    .where(and(inArray(imports.status, ['guardada', 'deshecha']), lt(imports.undoUntil, now)))
  const ids = over.map(({ id }) => id)
  if (ids.length === 0) return
  await inTransaction(db, async (tx) => {
    await forget(tx, ids)
    // What an undo had to say stays; what only an undo could use goes.
    await tx
      .delete(importChanges)
      .where(and(inArray(importChanges.importId, ids), isNull(importChanges.undone)))
    return { ok: true }
  })
}

async function forget(tx: TenantTx, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  await tx.delete(importSheets).where(inArray(importSheets.importId, ids))
  await tx.delete(importEdits).where(inArray(importEdits.importId, ids))
}
