import ExcelJS from 'exceljs'
import { sheetColumn } from '../contents/cells.ts'
import { columnTitle } from '../contents/names.ts'
import { isSecret, type SqlCell, type Table } from '../contents/table.ts'

export type Workbook = { add(rows: readonly (readonly SqlCell[])[]): void; commit(): Promise<void> }

/** Excel has so many rows in one sheet; what is more goes on in the next one. */
export const rowsInSheet = 1_000_000

/** One table as a workbook in a file, a row at a time. */
export function openWorkbook(file: string, table: Table, title: string, limit = rowsInSheet): Workbook {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: file,
    useStyles: true,
    useSharedStrings: false,
  })
  book.creator = 'SmartKet'
  const columns = table.columns
    .map((column, at) => ({ ...sheetColumn(column), at, title: columnTitle(column.name), name: column.name }))
    .filter(({ name }) => !isSecret(name))
  let sheets = 0
  let rowsHere = 0
  const next = () => {
    sheets += 1
    rowsHere = 0
    const name = title.slice(0, 25) + (sheets === 1 ? '' : ` ${sheets}`)
    const made = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
    made.columns = columns.map(({ width, format, title }) => ({
      width: Math.max(width, title.length + 2),
      style: { numFmt: format },
    }))
    const head = made.addRow(columns.map(({ title }) => title))
    head.font = { bold: true }
    head.commit()
    return made
  }
  let sheet = next()
  return {
    add(rows) {
      for (const row of rows) {
        if (rowsHere >= limit) {
          sheet.commit()
          sheet = next()
        }
        sheet.addRow(columns.map(({ read, at }) => read(row[at] ?? null))).commit()
        rowsHere += 1
      }
    },
    async commit() {
      sheet.commit()
      await book.commit()
    },
  }
}
