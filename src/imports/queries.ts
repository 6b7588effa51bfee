import { and, asc, desc, eq, gt, isNotNull, ne, sql } from 'drizzle-orm'
import { DatabaseBusy } from '#src/db/errors.ts'
import type { Db } from '#src/db/tenant.ts'
import {
  branches,
  categories,
  importChanges,
  importEdits,
  importSheets,
  imports,
  products,
  productUnavailable,
  saleLines,
  staff,
  stockLevels,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import type { Mapping } from './mapping.ts'
import type { PackedSheet } from './packing.ts'
import type { KnownProduct, MatchBy, StockMode, Summary } from './plan.ts'
import type { Preview, PreviewView } from './preview.ts'
import { savingTexts } from './saving/texts.ts'
import { previewInWorker } from './workers/planner.ts'

export type ImportStatus = 'revisada' | 'guardando' | 'guardada' | 'deshecha' | 'descartada'

export type ImportRecord = {
  id: number
  staffId: number
  staffName: string
  fileName: string
  /** `guardando` only while a process is at it: one that died has left it `revisada`, with a `failure`. */
  status: ImportStatus
  mapping: Mapping
  matchBy: MatchBy
  stockMode: StockMode
  removesMenu: boolean
  /** null: the first branch. */
  branchId: number | null
  /** As last reviewed; once saved, what was really done. */
  summary: Summary
  failure: string | null
  rowsTotal: number
  rowsDone: number
  createdAt: Date
  savedAt: Date | null
  undoUntil: Date | null
  undoneAt: Date | null
  canUndo: boolean
}

/** null: no import of this business. A discarded one is found, as `descartada`. */
export async function findImport(db: Db, id: number, now: Date): Promise<ImportRecord | null> {
  const [row] = await recordRows(db).where(eq(imports.id, id))
  return row ? recordOf(row, now) : null
}

/** The latest, without the discarded ones. */
export async function listImports(db: Db, now: Date, howMany = 10): Promise<ImportRecord[]> {
  const rows = await recordRows(db)
    .where(ne(imports.status, 'descartada'))
    .orderBy(desc(imports.id))
    .limit(howMany)
  return rows.map((row) => recordOf(row, now))
}

/** What saving would do now, and one page of its rows. null: its sheets are kept no more, or too much to plan. */
export async function previewOf(
  db: Db,
  record: ImportRecord,
  view: PreviewView,
  most: number | null = null,
): Promise<Preview | null> {
  const input = await planInputOf(db, record, most)
  if (!input) return null
  const planned = await previewInWorker({ ...input, view }, knownProducts(db, await branchOf(db, record)))
  if (!planned.ok && planned.problem === 'busy') throw new DatabaseBusy('too many files are being looked at')
  return planned.ok ? planned.preview : null
}

/** What the undo of an import left alone, row by row, with its reason. */
export function keptByUndo(db: Db, importId: number): Promise<{ productId: number; text: string }[]> {
  return db
    .select({ productId: importChanges.productId, text: sql<string>`${importChanges.undone}` })
    .from(importChanges)
    .where(and(eq(importChanges.importId, importId), isNotNull(importChanges.undone)))
    .orderBy(asc(importChanges.position))
}

/** The file of an import as it is to be planned, `most` products being on sale. null: its sheets are kept no more. */
export async function planInputOf(
  db: Db,
  record: Pick<ImportRecord, 'id' | 'mapping' | 'matchBy' | 'stockMode' | 'removesMenu'>,
  most: number | null = null,
) {
  const { id, mapping, matchBy, stockMode, removesMenu } = record
  const sheets = await packedSheets(db, id, mapping.sheet)
  if (sheets.length === 0) return null
  const edits = await db
    .select({ row: importEdits.rowNumber, field: importEdits.field, text: importEdits.text })
    .from(importEdits)
    .where(eq(importEdits.importId, id))
  return {
    sheets,
    mapping,
    matchBy,
    stockMode,
    most,
    removesMenu,
    edits: edits.map(({ row, field, text }): [string, string] => [`${row}:${field}`, text]),
  }
}

/** Every sheet by name; the rows only of the chosen one. */
function packedSheets(db: Db, importId: number, chosen: number): Promise<PackedSheet[]> {
  return db
    .select({
      name: importSheets.name,
      rows: sql<Buffer | null>`case when ${importSheets.position} = ${chosen} then ${importSheets.rows} end`,
    })
    .from(importSheets)
    .where(eq(importSheets.importId, importId))
    .orderBy(asc(importSheets.position))
}

/** The branch whose stock and availability a file speaks of. */
export async function branchOf(db: Db, record: { branchId: number | null }): Promise<number | null> {
  if (record.branchId !== null) return record.branchId
  const [first] = await db.select({ id: branches.id }).from(branches).orderBy(asc(branches.id)).limit(1)
  return first?.id ?? null
}

/** What is read at once: more would stop the thread that sells for longer than a frame or two. */
const productsAtOnce = 1_000

/** All products as an import compares them, in pages. `branchId` null: there is no branch yet. */
export async function* knownProducts(db: Db, branchId: number | null): AsyncGenerator<KnownProduct[]> {
  for (let after = 0; ; ) {
    const page = await knownPage(db, branchId ?? 0, after)
    if (page.length > 0) yield page
    if (page.length < productsAtOnce) return
    after = page.at(-1)!.id
  }
}

async function knownPage(db: Db, branchId: number, after: number): Promise<KnownProduct[]> {
  const rows = await db
    .select({
      id: products.id,
      name: products.name,
      code: products.code,
      barcode: products.barcode,
      priceCentimos: products.priceCentimos,
      categoryName: categories.name,
      costCentimos: products.costCentimos,
      unit: products.unit,
      affectation: products.affectation,
      presentation: products.presentation,
      favouritePosition: products.favouritePosition,
      unavailableId: productUnavailable.productId,
      stepThousandths: products.stepThousandths,
      tracksStock: products.tracksStock,
      quantityThousandths: stockLevels.quantityThousandths,
      active: products.active,
      forSale: products.forSale,
      fromMenu: products.fromMenu,
      isSold: sql<number>`exists (select 1 from ${saleLines} where ${saleLines.productId} = ${products.id})
        or exists (select 1 from ${stockMovements} where ${stockMovements.productId} = ${products.id})`,
      comesBack: sql<number>`not ${products.active} and exists (select 1 from ${importChanges}
        where ${importChanges.productId} = ${products.id} and ${importChanges.kind} = 'new' and ${importChanges.undone} is not null)`,
    })
    .from(products)
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .leftJoin(
      productUnavailable,
      and(eq(productUnavailable.productId, products.id), eq(productUnavailable.branchId, branchId)),
    )
    .leftJoin(stockLevels, and(eq(stockLevels.productId, products.id), eq(stockLevels.branchId, branchId)))
    .where(gt(products.id, after))
    .orderBy(asc(products.id))
    .limit(productsAtOnce)
  return rows.map(
    ({ favouritePosition, unavailableId, tracksStock, quantityThousandths, isSold, comesBack, ...row }) => ({
      ...row,
      favourite: favouritePosition !== null,
      available: unavailableId === null,
      stockThousandths: tracksStock ? (quantityThousandths ?? 0) : null,
      isSold: Boolean(isSold),
      comesBack: Boolean(comesBack),
    }),
  )
}

const recordRows = (db: Db) =>
  db
    .select({
      id: imports.id,
      staffId: imports.staffId,
      staffName: staff.name,
      fileName: imports.fileName,
      status: imports.status,
      mapping: imports.mapping,
      matchBy: imports.matchBy,
      stockMode: imports.stockMode,
      removesMenu: imports.removesMenu,
      branchId: imports.branchId,
      summary: imports.summary,
      failure: imports.failure,
      rowsTotal: imports.rowsTotal,
      rowsDone: imports.rowsDone,
      leaseUntil: imports.leaseUntil,
      createdAt: imports.createdAt,
      savedAt: imports.savedAt,
      undoUntil: imports.undoUntil,
      undoneAt: imports.undoneAt,
    })
    .from(imports)
    .innerJoin(staff, eq(staff.id, imports.staffId))
    .$dynamic()

function recordOf(row: Awaited<ReturnType<typeof recordRows>>[number], now: Date): ImportRecord {
  const { leaseUntil, mapping, summary, ...rest } = row
  const isDead = row.status === 'guardando' && (leaseUntil === null || leaseUntil <= now)
  return {
    ...rest,
    ...(isDead ? { status: 'revisada' as const, failure: savingTexts.interrupted, rowsDone: 0 } : {}),
    mapping: JSON.parse(mapping) as Mapping,
    summary: JSON.parse(summary) as Summary,
    canUndo: row.status === 'guardada' && row.undoUntil !== null && now < row.undoUntil,
  }
}
