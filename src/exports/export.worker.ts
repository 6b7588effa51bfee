import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { buildTicket } from '#src/sales/ticket.ts'
import { ticketFile } from '#views/exports/ticket-file.tsx'
import { pictureFile, tableTitle } from './contents/names.ts'
import { readme } from './contents/readme.ts'
import { sqlFoot, sqlHead, sqlRows, sqlTable } from './contents/sql.ts'
import { type SqlCell, type Table, withoutSecrets } from './contents/table.ts'
import type { FromWorker, Task, ToWorker } from './making/messages.ts'
import { openWorkbook, type Workbook } from './making/workbook.ts'
import { openZip } from './making/zip.ts'

/** «Descargar todo» is written here, a page at a time, beside the thread that sells. */
const task = workerData as Task
// exceljs's zip still calls Buffer() the old way; whoever runs the server can do nothing about it.
process.noDeprecation = true

const zip = openZip(task.file, task.takenAt)
const sqlFile = join(task.workFolder, 'datos.sql')
const sql = openSync(sqlFile, 'wx', 0o600)
/** Workbooks are zips themselves: each is made whole beside the zip, and goes in at the end. */
const workbooks: string[] = []
let open: { table: Table; workbook: Workbook } | null = null

zip.add('LEEME.txt', Buffer.from(`\ufeff${readme(task)}`))
writeSync(sql, sqlHead(task))

parentPort?.on(
  'message',
  (message: ToWorker) => void step(message).then((answer) => parentPort?.postMessage(answer)),
)

/** Each that is being compressed takes a quarter of a megabyte for it. */
const ticketsAtOnce = 16

async function step(message: ToWorker): Promise<FromWorker> {
  switch (message.kind) {
    case 'tickets':
      for (const [at, { shop, sale }] of message.tickets.entries()) {
        if (at % ticketsAtOnce === 0) await zip.drained()
        const ticket = buildTicket({ businessName: task.businessName, ...shop }, sale)
        const html = await ticketFile({ ticket, css: task.ticketCss })
        zip.add(`tickets/${ticket.number}.html`, Buffer.from(html))
      }
      break
    case 'table':
      await endTable()
      open = { table: message.table, workbook: newWorkbook(message.table) }
      writeSync(sql, sqlTable(message.table))
      break
    case 'rows':
      if (open) addRows(open, message.rows)
      break
    case 'end':
      return { done: true, bytes: await finish() }
  }
  await zip.drained()
  return { done: false }
}

function newWorkbook(table: Table): Workbook {
  const title = tableTitle(table.name)
  workbooks.push(title)
  return openWorkbook(workbookFile(title), table, title)
}

const workbookFile = (title: string) => join(task.workFolder, `${title}.xlsx`)

function addRows({ table, workbook }: { table: Table; workbook: Workbook }, rows: SqlCell[][]): void {
  const shown = rows.map((row) => withoutSecrets(table, row))
  workbook.add(shown)
  writeSync(sql, sqlRows(table, shown))
  if (table.name === 'files') addPictures(table, rows)
}

function addPictures(table: Table, rows: SqlCell[][]): void {
  const [id, type, bytes] = ['id', 'type', 'bytes'].map((name) =>
    table.columns.findIndex((column) => column.name === name),
  )
  for (const row of rows) {
    const content = row[bytes ?? -1]
    if (content instanceof Uint8Array)
      zip.add(pictureFile(String(row[id ?? -1]), String(row[type ?? -1])), Buffer.from(content), {
        compress: false,
      })
  }
}

async function endTable(): Promise<void> {
  const ended = open
  open = null
  await ended?.workbook.commit()
}

async function finish(): Promise<number> {
  await endTable()
  writeSync(sql, sqlFoot)
  closeSync(sql)
  for (const title of workbooks) zip.addFile(workbookFile(title), `excel/${title}.xlsx`, { compress: false })
  zip.addFile(sqlFile, 'datos.sql')
  return zip.end()
}
