import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { inSnapshot } from '#src/db/snapshot.ts'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { assetText } from '#src/lib/assets.ts'
import { version } from '#src/version.ts'
import { countRows, listTables, pagesOf } from '../contents/queries.ts'
import type { Table } from '../contents/table.ts'
import { ticketPages } from '../tickets/queries.ts'
import { type ExportWorker, startExportWorker } from './in-worker.ts'

export type Progress = { done: number; all: number }
type Making = {
  db: TenantDb
  business: { businessName: string; uid: string }
  now: Date
  signal: AbortSignal
  /** Called after every step, and waited for; what it throws ends the export. */
  onProgress: (progress: Progress) => void | Promise<void>
}

/**
 * Writes everything that a business has into one zip: either `file` is whole in the end, or it is not there.
 * All of it is one instant's. How many bytes the zip has.
 */
export async function makeZip(
  file: string,
  { db, business, now, signal, onProgress }: Making,
): Promise<number> {
  const draft = `${file}.part`
  const workFolder = `${file}.work`
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await removeDrafts(file) // of one that was killed: the command writes to the same file again
  await mkdir(workFolder, { mode: 0o700 })
  const worker = startExportWorker({
    file: draft,
    workFolder,
    businessName: business.businessName,
    uid: business.uid,
    takenAt: now,
    version,
    ticketCss: assetText('ticket.css'),
  })
  // The last step may take minutes: whoever stops does not wait for its end.
  const stop = () => void worker.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    const bytes = await inSnapshot(db, (tx) => feed(tx, worker, signal, onProgress))
    await rename(draft, file)
    return bytes
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
    await removeDrafts(file)
  }
}

/** What an export that did not end may have left beside its file. */
export async function removeDrafts(file: string): Promise<void> {
  await rm(`${file}.part`, { force: true })
  await rm(`${file}.work`, { recursive: true, force: true })
}

async function feed(
  tx: TenantTx,
  worker: ExportWorker,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void | Promise<void>,
): Promise<number> {
  const tables = await listTables(tx)
  const progress = { done: 0, all: await rowsIn(tx, tables) }
  const passed = async (rows: number) => {
    progress.done += rows
    await onProgress({ ...progress })
    signal.throwIfAborted()
  }
  await passed(0)
  for await (const tickets of ticketPages(tx)) {
    await worker.send({ kind: 'tickets', tickets })
    await passed(tickets.length)
  }
  for (const table of tables) {
    await worker.send({ kind: 'table', table })
    for await (const rows of pagesOf(tx, table)) {
      await worker.send({ kind: 'rows', rows })
      await passed(rows.length)
    }
  }
  const ended = await worker.send({ kind: 'end' })
  if (!ended.done) throw new Error('the export worker did not end')
  return ended.bytes
}

/** The rows of every table, and each sale once more for its ticket. */
async function rowsIn(tx: TenantTx, tables: readonly Table[]): Promise<number> {
  let all = 0
  for (const table of tables) {
    const rows = await countRows(tx, table)
    all += table.name === 'sales' ? 2 * rows : rows
  }
  return all
}
