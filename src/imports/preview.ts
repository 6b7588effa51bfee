import { fold } from '#src/lib/text.ts'
import { addressOf, type RawSheet, textOf } from './cells.ts'
import type { ProductState } from './changes.ts'
import type { Field, Mapping } from './mapping.ts'
import {
  guessMatchBy,
  isExample,
  type KnownProduct,
  type MatchBy,
  makePlan,
  type Plan,
  type StockMode,
  type Summary,
} from './plan.ts'
import { type ImportRow, readRows } from './rows.ts'
import type { SavePlan } from './workers/planner.ts'

export type Outcome = 'created' | 'changed' | 'same' | 'refused'

/** One row of the file and what would become of it. */
export type PreviewLine = ImportRow & {
  outcome: Outcome
  /** The product that it was found to be. */
  product: { id: number; name: string; priceCentimos: number } | null
  /** What changes of it; stock as its level. */
  changes: ProductState
  before: ProductState
  /** The fields that were mended by hand. */
  mended: Field[]
}

export type PreviewColumn = { index: number; title: string; field: Field | null; samples: string[] }

/** Why nothing can be saved as it stands, though rows would enter. `products` is how many there would be. */
export type PreviewProblem =
  /** `fit` of the `created` new ones would still have room under the plan. */
  | { problem: 'over-plan'; products: number; created: number; fit: number }
  | { problem: 'too-many-products'; products: number }
  | { problem: 'nothing-to-save' }

export type Preview = {
  sheets: { position: number; name: string }[]
  mapping: Mapping
  columns: PreviewColumn[]
  /** Rows under the titles that were taken for products. */
  rows: number
  skipped: { empty: number; total: number; header: number }
  matchBy: MatchBy
  stockMode: StockMode
  hasStock: boolean
  summary: Summary
  /** What the button saves: new and changed ones. */
  toSave: number
  problem: PreviewProblem | null
  /** Ready products that were never touched nor sold and that the file does not name. */
  readyLeft: number
  /** How many lines each outcome has; `refused` counts the mended ones that enter now as well. */
  counts: Record<Outcome, number>
  /** One page of one outcome. */
  lines: PreviewLine[]
}

/** Which lines are shown. */
export type PreviewView = { outcome: Outcome; page: number; pageSize: number }

export type FileInput = {
  /** Only the chosen one needs its rows. */
  sheets: RawSheet[]
  mapping: Mapping
  edits: [string, string][]
  matchBy: MatchBy | null
  stockMode: StockMode
  /** How many products the plan holds on sale; null or not given: no limit of its own. */
  most?: number | null
  /** The untouched examples leave with this import. */
  removesMenu?: boolean
}

/** The most products that a business may have, hidden ones not counted. */
export const maxProducts = 20_000

export function planFile(file: FileInput, known: readonly KnownProduct[]) {
  const { mapping, stockMode } = file
  const read = readRows(file.sheets, mapping, new Map(file.edits))
  const rows = read.rows.filter((row) => !isExample(row))
  const matchBy = file.matchBy ?? guessMatchBy(rows)
  const cellOf = (row: number, field: Field) => {
    const column = mapping.columns.indexOf(field)
    return column < 0 ? null : addressOf(column, row)
  }
  return { rows, skipped: read.skipped, matchBy, plan: makePlan(rows, known, { matchBy, stockMode, cellOf }) }
}

export function previewFile(file: FileInput, known: readonly KnownProduct[], view: PreviewView): Preview {
  const { rows, skipped, matchBy, plan } = planFile(file, known)
  const mended = mendedFields(file.edits)
  const lines = linesOf(plan, mended)
  const toSave = plan.created.length + plan.changed.length
  const skippedAs = (why: 'empty' | 'total' | 'header') => skipped.filter((row) => row.why === why).length
  return {
    sheets: file.sheets.map(({ name }, position) => ({ position, name })),
    mapping: file.mapping,
    columns: columnsOf(file),
    rows: rows.length,
    skipped: { empty: skippedAs('empty'), total: skippedAs('total'), header: skippedAs('header') },
    matchBy,
    stockMode: file.stockMode,
    hasStock: file.mapping.columns.includes('stock'),
    summary: plan.summary,
    toSave,
    problem: problemOf(plan, known, file),
    readyLeft: menuLeaving(plan, known).length,
    counts: {
      created: lines.created.length,
      changed: lines.changed.length,
      same: lines.same.length,
      refused: lines.refused.length,
    },
    lines: lines[view.outcome].slice((view.page - 1) * view.pageSize, view.page * view.pageSize),
  }
}

/** What a saving writes of a file. */
export function savePlanOf(file: FileInput, known: readonly KnownProduct[]): SavePlan {
  const { plan } = planFile(file, known)
  return {
    created: plan.created.map(({ number, values }) => ({ number, values })),
    changed: plan.changed.map(({ row, product, changes }) => ({
      number: row.number,
      id: product.id,
      changes,
      added: file.stockMode === 'add' ? (row.values.stockThousandths ?? null) : null,
    })),
    confirmed: plan.same.flatMap(({ row, product }) =>
      product.fromMenu ? [{ number: row.number, id: product.id, changes: {}, added: null }] : [],
    ),
    leaving: menuLeaving(plan, known).map(({ id }) => id),
    summary: plan.summary,
    problem: problemOf(plan, known, file),
  }
}

function problemOf(plan: Plan, known: readonly KnownProduct[], file: FileInput): PreviewProblem | null {
  if (plan.created.length + plan.changed.length === 0) return { problem: 'nothing-to-save' }
  // The untouched examples do not count: they may leave with this very import, and are few.
  const own =
    known.filter((product) => product.active && product.forSale).length - menuLeaving(plan, known).length
  const products = plan.created.length + own
  if (plan.created.length > 0 && products > maxProducts) return { problem: 'too-many-products', products }
  return overPlan(plan, known, file)
}

/** Whoever is over the limit already may still change prices: only growing is refused. */
function overPlan(
  { created, changed, ...rest }: Plan,
  known: readonly KnownProduct[],
  { most = null, removesMenu = false }: FileInput,
): PreviewProblem | null {
  if (most === null) return null
  const onSale = known.filter((product) => product.active && product.forSale).length
  const leaving = removesMenu ? menuLeaving({ created, changed, ...rest }, known) : []
  const staying = onSale - leaving.filter((product) => product.active).length
  const back = changed.filter(({ changes }) => changes.active === true).length
  const products = staying + back + created.length
  if (products <= most || products <= onSale) return null
  const fit = Math.min(created.length, Math.max(0, most - staying - back))
  return { problem: 'over-plan', products, created: created.length, fit }
}

/** Ready products that no row speaks of, also no row that does not enter, and that nobody touched or sold. */
function menuLeaving(plan: Plan, known: readonly KnownProduct[]): KnownProduct[] {
  const named = new Set([...plan.same, ...plan.changed].map(({ product }) => product.id))
  const refused = new Set(plan.refused.flatMap((row) => fold(row.values.name ?? '') || []))
  return known.filter(
    (product) =>
      product.fromMenu &&
      product.forSale &&
      !product.isSold &&
      !named.has(product.id) &&
      !refused.has(fold(product.name)),
  )
}

function mendedFields(edits: FileInput['edits']): Map<number, Field[]> {
  const mended = new Map<number, Field[]>()
  for (const [key] of edits) {
    const [row, field] = key.split(':') as [string, Field]
    mended.set(Number(row), [...(mended.get(Number(row)) ?? []), field])
  }
  return mended
}

/** Every outcome in the order of the file; a mended row that enters now stays among the refused ones too. */
function linesOf(plan: Plan, mended: ReadonlyMap<number, Field[]>): Record<Outcome, PreviewLine[]> {
  const line = (
    outcome: Outcome,
    row: ImportRow,
    { product, changes = {}, before = {} }: Partial<Plan['changed'][number]> = {},
  ): PreviewLine => ({
    ...row,
    outcome,
    product: product ? { id: product.id, name: product.name, priceCentimos: product.priceCentimos } : null,
    changes,
    before,
    mended: mended.get(row.number) ?? [],
  })
  const lines = {
    created: plan.created.map((row) => line('created', row)),
    changed: plan.changed.map((changed) => line('changed', changed.row, changed)),
    same: plan.same.map(({ row, product }) => line('same', row, { product })),
    refused: plan.refused.map((row) => line('refused', row)),
  }
  const entering = [...lines.created, ...lines.changed, ...lines.same].filter(
    ({ mended }) => mended.length > 0,
  )
  lines.refused = [...lines.refused, ...entering].sort((a, b) => a.number - b.number)
  return lines
}

function columnsOf({ sheets, mapping }: FileInput): PreviewColumn[] {
  const rows = sheets[mapping.sheet]?.rows ?? []
  const { headerRow } = mapping
  const titles = headerRow === null ? undefined : rows.find((row) => row.number === headerRow)
  const first = rows.filter((row) => row.number > (headerRow ?? 0)).slice(0, 40)
  const width = Math.max(
    mapping.columns.length,
    titles?.cells.length ?? 0,
    ...first.map((row) => row.cells.length),
  )
  return Array.from({ length: width }, (_, index) => ({
    index,
    title: textOf(titles?.cells[index]),
    field: mapping.columns[index] ?? null,
    samples: first.flatMap((row) => textOf(row.cells[index]) || []).slice(0, 3),
  }))
}
