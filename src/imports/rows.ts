import { addressOf, type Cell, type RawRow, type RawSheet, textOf } from './cells.ts'
import { type Field, fields, type Mapping } from './mapping.ts'
import { findRepeats } from './sorting/repeats.ts'
import { cellOf, sortOut } from './sorting/sections.ts'
import type { Columns } from './sorting/survey.ts'
import { readField } from './values/fields.ts'
import { plain, type Writing } from './values/money.ts'
import { writingOf } from './values/writing.ts'

/**
 * What a row says of a product. A field without a column, or with an empty cell that says nothing, is absent: it
 * changes nothing on a product that exists.
 */
export type ImportValues = {
  name?: string
  priceCentimos?: number
  category?: string | null
  code?: string | null
  barcode?: string | null
  stockThousandths?: number
  costCentimos?: number | null
  unit?: 'unidad' | 'kg'
  affectation?: '10' | '20' | '30'
  presentation?: string | null
  favourite?: boolean
  available?: boolean
}

/** `cell` as the sheet names it, `C18`; `text` the whole sentence, with the cell and the cure. */
export type RowProblem = { field: Field; cell: string; text: string }

export type ImportRow = {
  number: number
  values: ImportValues
  /** What each cell holds, as its owner would write it again. */
  shown: Partial<Record<Field, string>>
  problems: RowProblem[]
  /** What was understood and should be said: «Se leyó 7750182000123.» */
  notes: string[]
}

/** A cell mended in the preview, by `12:price`. */
export type Edits = ReadonlyMap<string, string>
export const editKey = (row: number, field: Field) => `${row}:${field}`

export type Skipped = { number: number; why: 'empty' | 'total' | 'header' }

/** The rows of products below the titles, each with what it says and what is wrong with it. */
export function readRows(
  sheets: readonly RawSheet[],
  mapping: Mapping,
  edits: Edits = new Map(),
): { rows: ImportRow[]; skipped: Skipped[] } {
  const sheet = sheets[mapping.sheet]
  if (!sheet) return { rows: [], skipped: [] }
  const titles = sheet.rows.find((row) => row.number === mapping.headerRow)
  const below = sheet.rows.filter((row) => row.number > (mapping.headerRow ?? 0))
  const columns = columnsOf(mapping)
  const { products, skipped } = sortOut(below, columns, titles, edits)
  const writing = writingOf(products, columns)
  const rows = products.map(({ row, category }) => readRow(row, category, columns, writing, edits))
  findRepeats(rows, columns)
  return { rows, skipped }
}

/** Which column holds which field; of a field given twice the first. */
function columnsOf({ columns }: Mapping): Columns {
  const found = new Map<Field, number>()
  columns.forEach((field, column) => {
    if (field && !found.has(field)) found.set(field, column)
  })
  return found
}

function readRow(
  raw: RawRow,
  category: Cell | null,
  columns: Columns,
  writing: Writing,
  edits: Edits,
): ImportRow {
  const row: ImportRow = { number: raw.number, values: {}, shown: {}, problems: [], notes: [] }
  for (const field of fields) {
    const column = columns.get(field)
    const cell = cellOf(raw, field, columns, edits) ?? (field === 'category' ? category : null)
    if (column === undefined && !cell) continue
    if (cell && textOf(cell) !== '') row.shown[field] = plain(cell.text).slice(0, 300)
    const at = addressOf(column ?? 0, raw.number)
    const { values, problem, note } = readField(field, cell, writing)
    if (values) Object.assign(row.values, values)
    if (problem) row.problems.push({ field, cell: at, text: `${at}: ${problem}` })
    if (note) row.notes.push(note)
  }
  if (raw.isHidden) row.notes.push('Está en una fila oculta.')
  return row
}
