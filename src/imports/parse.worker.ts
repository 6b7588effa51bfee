import { parentPort, workerData } from 'node:worker_threads'
import { inspect } from './container.ts'
import { checkRows } from './import.ts'
import type { Parsed } from './parser.ts'
import { readWorkbook } from './workbook.ts'

/** Everything that takes long or much memory about a stranger's file; the till's thread goes on selling. */
async function parse(bytes: Buffer): Promise<Parsed> {
  const container = await inspect(bytes)
  if (!container.ok) return container
  const sheet = await readWorkbook(bytes)
  return sheet.ok ? checkRows(sheet.rows) : sheet
}

const unreadable: Parsed = { ok: false, problem: 'not-excel', rows: 0 }

// A workbook that its reader chokes on is the file's fault, never an error page.
parse(Buffer.from(workerData as Uint8Array))
  .catch(() => unreadable)
  .then((parsed) => parentPort?.postMessage(parsed))
