import ExcelJS from 'exceljs'
import { fold } from '#src/lib/text.ts'
import { tidy } from '#src/products/product.ts'
import { type ColumnName, columnTitles, fileLimits, type SheetRow } from './import.ts'
import type { FileProblem } from './texts.ts'

export type SheetRead = { ok: true; rows: SheetRow[] } | { ok: false; problem: FileProblem; rows: number }

const names = Object.keys(columnTitles) as ColumnName[]

/** The rows under the titles of «Productos», or of the first sheet that has them. Only after `inspect`. */
export async function readWorkbook(bytes: Buffer): Promise<SheetRead> {
  const workbook = new ExcelJS.Workbook()
  try {
    await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer)
  } catch {
    return { ok: false, problem: 'not-excel', rows: 0 }
  }
  const sheets = workbook.worksheets.toSorted((a, b) => Number(isProducts(b)) - Number(isProducts(a)))
  if (sheets.every((sheet) => sheet.actualRowCount === 0)) return { ok: false, problem: 'empty', rows: 0 }
  for (const sheet of sheets) {
    const titles = findTitles(sheet)
    if (titles) return rowsUnder(sheet, titles)
  }
  return { ok: false, problem: 'no-titles', rows: 0 }
}

const isProducts = (sheet: ExcelJS.Worksheet) => fold(sheet.name.trim()) === 'productos'

type Titles = { row: number; columns: Partial<Record<ColumnName, number>> }

/** Titles may stand below the shop's name and a date: the first ten rows are looked at. */
function findTitles(sheet: ExcelJS.Worksheet): Titles | null {
  for (let row = 1; row <= Math.min(10, sheet.rowCount); row++) {
    const columns: Titles['columns'] = {}
    sheet.getRow(row).eachCell((cell, column) => {
      const title = fold(tidy(textOf(cell.value).text))
        .replace(/[*:]/g, '')
        .trim()
      const name = names.find((candidate) => columnTitles[candidate].includes(title))
      if (name) columns[name] ??= column
    })
    if (columns.name && columns.price) return { row, columns }
  }
  return null
}

function rowsUnder(sheet: ExcelJS.Worksheet, { row: titleRow, columns }: Titles): SheetRead {
  const rows: SheetRow[] = []
  sheet.eachRow((row, number) => {
    if (number <= titleRow) return
    const cells = Object.fromEntries(names.map((name) => [name, cellOf(row, columns[name])]))
    if (Object.values(cells).some(({ text }) => text.trim() !== '')) {
      rows.push({ row: number, cells: cells as SheetRow['cells'] })
    }
  })
  if (rows.length > fileLimits.rows) return { ok: false, problem: 'too-many-rows', rows: rows.length }
  return rows.length > 0 ? { ok: true, rows } : { ok: false, problem: 'no-rows', rows: 0 }
}

function cellOf(row: ExcelJS.Row, column: number | undefined) {
  if (!column) return { address: '', text: '', isDate: false }
  const cell = row.getCell(column)
  return { address: cell.address, ...textOf(cell.value) }
}

/** A cell as a person reads it. A formula counts by its result, and dirt of binary fractions is dropped. */
function textOf(value: ExcelJS.CellValue): { text: string; isDate: boolean } {
  const plain = (text: string) => ({ text: text.replaceAll('\u0000', ''), isDate: false })
  if (value === null || value === undefined) return plain('')
  if (typeof value === 'number') return plain(String(Number(value.toFixed(6))))
  if (value instanceof Date) {
    return { text: `${value.getUTCDate()}/${String(value.getUTCMonth() + 1).padStart(2, '0')}`, isDate: true }
  }
  if (typeof value !== 'object') return plain(String(value))
  if ('richText' in value) return plain(value.richText.map(({ text }) => text).join(''))
  if ('error' in value) return plain(value.error)
  if ('text' in value) return textOf(value.text as ExcelJS.CellValue)
  if ('result' in value) return textOf(value.result as ExcelJS.CellValue)
  return plain('')
}
