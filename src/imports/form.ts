import * as z from 'zod'
import type { TenantContext } from '#src/http/env.ts'
import type { Texts } from '#src/http/form.ts'
import { type Field, fieldNames, fields, type Mapping } from './mapping.ts'
import { type Tab, tabs } from './screen.ts'
import { columnTexts } from './texts.ts'

export type UploadedFile = { bytes: Uint8Array; name: string }

/** The uploaded file; null when there is none, its sending was cut, or the body is no upload at all. */
export async function readUpload(c: TenantContext): Promise<UploadedFile | null> {
  const body = await c.req.formData().catch(() => null)
  const file = body?.get('file')
  if (!(file instanceof File) || (file.size === 0 && file.name === '')) return null
  return { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name }
}

/** Forms whose fields are the file's own columns and rows. */
export const anyFields = z.record(z.string(), z.string())

export const optionsForm = z.object({
  buscar: z.enum(['code', 'barcode', 'name']).optional(),
  stock: z.enum(['set', 'add']).optional(),
  ejemplo: z.enum(['quitar', 'dejar']).optional(),
})

/** Which rows of the review are shown; what is not understood is the beginning. */
export function readView(query: Texts): { tab: Tab | null; page: number } {
  const tab = tabs.find((name) => name === query.ver) ?? null
  const page = /^\d{1,4}$/.test(query.pagina ?? '') ? Math.max(1, Number(query.pagina)) : 1
  return { tab, page }
}

type ColumnsChosen = { ok: true; mapping: Mapping; hasNewSheet: boolean } | { ok: false; text: string }

const maxRow = 1_048_576
const maxSheets = 10_000

/** Sheet, title row and columns as chosen. Of two columns with one name, the one just chosen keeps it. */
export function readColumns(values: Texts, current: Mapping): ColumnsChosen {
  const sheet = values.hoja === undefined ? current.sheet : wholeNumber(values.hoja, maxSheets)
  const titles = wholeNumber(values.titulos, maxRow)
  if (sheet === null || (values.titulos !== '' && !titles)) return unreadable
  const headerRow = titles || null
  const hasNewSheet = sheet !== current.sheet
  if (hasNewSheet) return { ok: true, mapping: { ...current, sheet, headerRow }, hasNewSheet }
  const columns = chosenColumns(values, current.columns)
  if (!columns) return unreadable
  const twice = fields.find((field) => columns.filter((column) => column === field).length > 1)
  if (twice) return { ok: false, text: columnTexts.twice(fieldNames[twice]) }
  return { ok: true, mapping: { sheet, headerRow, columns }, hasNewSheet }
}

const unreadable: ColumnsChosen = { ok: false, text: columnTexts.unreadable }

function chosenColumns(values: Texts, current: Mapping['columns']): Mapping['columns'] | null {
  const columns = [...current]
  const fresh = new Map<Field, number>()
  for (const [name, value] of Object.entries(values)) {
    const index = /^columna\.(\d{1,5})$/.exec(name)?.[1]
    if (index === undefined) continue
    const field = value === '' ? null : (fields.find((known) => known === value) ?? undefined)
    if (field === undefined || Number(index) >= maxColumns) return null
    const at = Number(index)
    while (columns.length <= at) columns.push(null)
    if (field && field !== current[at] && !fresh.has(field)) fresh.set(field, at)
    columns[at] = field
  }
  return columns.map((field, at) => {
    const chosen = field ? fresh.get(field) : undefined
    const isOld = chosen !== undefined && chosen !== at && field === current[at]
    return isOld ? null : field
  })
}

/** Of an Excel sheet. */
const maxColumns = 16_384

function wholeNumber(text: string | undefined, most: number): number | null {
  return /^\d{1,7}$/.test(text ?? '') && Number(text) <= most ? Number(text) : null
}

export type CellEdit = { row: number; field: Field; text: string }

const maxCell = 300

/** The cells that were typed over: each comes with what it said before, and only a difference is an edit. */
export function readCells(values: Texts): CellEdit[] {
  return Object.entries(values).flatMap(([name, text]) => {
    const [, row, key] = /^celda\.(\d{1,7})\.([a-z]+)$/.exec(name) ?? []
    const field = fields.find((known) => known === key)
    if (!row || !field || text === values[`antes.${row}.${key}`]) return []
    return [{ row: Number(row), field, text: [...text].slice(0, maxCell).join('') }]
  })
}
