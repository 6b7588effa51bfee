import { Writable } from 'node:stream'
import { parentPort, workerData } from 'node:worker_threads'
import ExcelJS from 'exceljs'
import {
  type BookCell,
  exampleRow,
  exported,
  instructions,
  productRow,
  templateColumns,
  titles,
  withReasons,
} from '../book.ts'
import type { BookTask, FromBook } from '../export.ts'
import { type Field, fields } from '../mapping.ts'
import { unpackRows } from '../packing.ts'
import type { KnownProduct } from '../plan.ts'
import { planFile } from '../preview.ts'
import type { ToWorker } from './in-worker.ts'

/** Workbooks are written here, a row at a time: on the till's thread 20,000 rows took a third of a second. */
const task = workerData as BookTask
const known: KnownProduct[] = []
// exceljs's zip still calls Buffer() the old way; whoever runs the server can do nothing about it.
process.noDeprecation = true

parentPort?.on('message', async (message: ToWorker) => {
  if (message.known) known.push(...message.known)
  else {
    const bytes = await written(task.kind === 'template' ? template : reasons)
    parentPort?.postMessage({ bytes } satisfies FromBook)
  }
})

type Book = ExcelJS.stream.xlsx.WorkbookWriter

async function written(fill: (book: Book) => void): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk)
      done()
    },
  })
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: true })
  book.creator = 'SmartKet'
  fill(book)
  await book.commit()
  return Uint8Array.from(Buffer.concat(chunks))
}

function template(book: Book): void {
  if (task.kind !== 'template') return
  const { categories, withProducts } = task
  book.views = [
    { x: 0, y: 0, width: 12_000, height: 8_000, firstSheet: 0, activeTab: 1, visibility: 'visible' },
  ]
  const help = book.addWorksheet('Instrucciones')
  help.getColumn(1).width = 110
  for (const [at, line] of instructions.entries()) {
    const row = help.addRow([line])
    if (at === 0) row.font = { bold: true, size: 14 }
    row.commit()
  }
  help.commit()

  const sheet = book.addWorksheet('Productos', { views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }] })
  sheet.columns = fields.map((field) => ({
    width: templateColumns[field].width,
    style: { numFmt: templateColumns[field].format },
  }))
  for (const [at, field] of fields.entries()) {
    const { choices } = templateColumns[field]
    const list =
      field === 'category'
        ? categories.length > 0 && `Listas!$A$1:$A$${categories.length}`
        : choices && `"${choices.join(',')}"`
    if (list) offer(sheet, at, list, field === 'category')
  }
  const head = sheet.addRow(titles)
  head.font = { bold: true }
  head.commit()
  if (!withProducts) {
    const row = sheet.addRow(exampleRow)
    row.font = { italic: true, color: { argb: 'FF8A8178' } }
    row.commit()
  }
  for (const product of withProducts ? exported(known, categories) : [])
    sheet.addRow(productRow(product)).commit()
  sheet.commit()

  if (categories.length === 0) return
  const lists = book.addWorksheet('Listas', { state: 'veryHidden' })
  for (const name of categories) lists.addRow([name]).commit()
  lists.commit()
}

/** Rows for which the drop-downs are offered: as many as may be uploaded. */
const lastRow = 20_001

function offer(sheet: ExcelJS.Worksheet, column: number, list: string, isOpen: boolean): void {
  const letter = sheet.getColumn(column + 1).letter
  const { dataValidations } = sheet as unknown as {
    dataValidations: { add(range: string, validation: ExcelJS.DataValidation): void }
  }
  dataValidations.add(`${letter}2:${letter}${lastRow}`, {
    type: 'list',
    allowBlank: true,
    formulae: [list],
    // A category that is not there yet may be typed.
    showErrorMessage: !isOpen,
    errorTitle: 'Elige de la lista',
    error: 'Elige una de las opciones de la lista.',
  })
}

function reasons(book: Book): void {
  if (task.kind !== 'reasons') return
  const { mapping, edits } = task.input
  const sheets = task.input.sheets.map(({ name, rows }) => ({ name, rows: rows ? unpackRows(rows) : [] }))
  const { plan } = planFile({ ...task.input, sheets }, known)
  const mended = new Map<number, { column: number; text: string }[]>()
  for (const [key, text] of edits) {
    const [row = '', field = ''] = key.split(':')
    const column = mapping.columns.indexOf(field as Field)
    if (column >= 0) mended.set(Number(row), [...(mended.get(Number(row)) ?? []), { column, text }])
  }
  const raw = sheets[mapping.sheet] ?? { name: 'Productos', rows: [] }
  const { rows, reasonColumn } = withReasons(raw, mapping.headerRow, mended, plan.refused)
  const sheet = book.addWorksheet(sheetName(raw.name))
  sheet.columns = Array.from({ length: reasonColumn + 1 }, (_, at) => ({
    width: at === reasonColumn ? 80 : 18,
  }))
  let written = 0
  for (const { number, cells, isTitle } of rows) {
    // Rows keep the numbers by which the reasons name them.
    while (written < number - 1) {
      sheet.addRow([]).commit()
      written += 1
    }
    const row = sheet.addRow(cells)
    written += 1
    for (const [at, cell] of cells.entries()) style(row.getCell(at + 1), cell)
    if (isTitle) row.font = { bold: true }
    else if (cells[reasonColumn]) row.getCell(reasonColumn + 1).font = { color: { argb: 'FFB3261E' } }
    row.commit()
  }
  sheet.commit()
}

/** Text stays text when it is typed over, and long numbers are shown whole. */
function style(cell: ExcelJS.Cell, value: BookCell): void {
  if (typeof value === 'string') cell.numFmt = '@'
  else if (value !== null && Math.abs(value) >= 1e11) cell.numFmt = '0'
}

/** As Excel allows them: 31 letters, none of []:*?/\. */
const sheetName = (name: string) =>
  name
    .replace(/[[\]:*?/\\']/g, ' ')
    .trim()
    .slice(0, 31) || 'Productos'
