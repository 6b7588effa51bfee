import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { backupsFolder } from '#src/backups/folder.ts'
import type { Databases } from '#src/db/databases.ts'
import { describeError } from '#src/db/errors.ts'
import { type ClosedLog, closedLogs, fetchLog } from '#src/db/fetch-log.ts'
import { logKey, logOf, logsPrefix, tagOf } from '../names.ts'
import { openReceipts } from '../receipts/actions.ts'
import { sealed } from '../seal.ts'
import { type Store, type Stored, StoreFault, type StoreProblem } from '../store.ts'
import { lineageOf, nameIn } from './lineage.ts'

export type Shipping = {
  databases: Pick<Databases, 'provision' | 'logs' | 'servers'>
  store: Store
  /** A log holds every business's changes: it is sealed for the operators themselves. */
  recipients: readonly string[]
  dataFolder: string
  signal?: AbortSignal
  log?: { error(details: object, message: string): void }
}

export type Shipped = {
  logs: number
  bytes: number
  /** Servers whose logs could not be read now. */
  failed: number[]
} & ({ ok: true } | { ok: false; problem: StoreProblem; detail: string })

/**
 * Brings every ended binary log of every server to the store, the one that is being written ended first: a machine
 * that is lost takes the changes since the last run with it, and no more.
 */
export async function shipLogs(shipping: Shipping): Promise<Shipped> {
  const done: Shipped = { ok: true, logs: 0, bytes: 0, failed: [] }
  removeLeftovers(shipping)
  for (const serverId of shipping.databases.servers.keys()) {
    try {
      await shipServer(shipping, serverId, done)
    } catch (error) {
      shipping.signal?.throwIfAborted()
      if (error instanceof StoreFault)
        return { ...done, ok: false, problem: error.problem, detail: error.message }
      shipping.log?.error({ serverId, error: describeError(error) }, 'binary logs cannot be read')
      done.failed.push(serverId)
    }
  }
  return done
}

const workName = '.logs-'

/** Of a run that was killed: logs in plain, which nobody else takes away. */
function removeLeftovers({ dataFolder }: Shipping): void {
  const root = backupsFolder(dataFolder)
  mkdirSync(root, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(root).filter((name) => name.startsWith(workName)))
    rmSync(join(root, name), { recursive: true, force: true })
}

async function shipServer(shipping: Shipping, serverId: number, done: Shipped): Promise<void> {
  const { databases, store, dataFolder } = shipping
  const closed = await databases.provision(closedLogs, serverId)
  if (closed.length === 0) return
  const stored = await store.list(`${logsPrefix}${serverId}/`)
  const there = new Map(stored.map((one) => [logOf(one.key)?.file ?? '', one]))
  const receipts = await openReceipts(dataFolder, `binlog-${serverId}`)
  await receipts.keepOnly(new Set(stored.map(({ key }) => key)))
  const folder = mkdtempSync(join(backupsFolder(dataFolder), workName))
  try {
    const lineage = await currentLineage(shipping, { serverId, closed, there, folder })
    for (const log of closed) {
      shipping.signal?.throwIfAborted()
      const name = nameIn(log.file, lineage)
      const key = logKey(serverId, name)
      const [receipt, before] = [receipts.of(key), there.get(name)]
      if (before && receipt?.etag === before.etag && receipt.bytes === before.bytes) continue
      const { path, tag } = await fetched(shipping, { serverId, log, folder })
      if (before && (await store.head(key))?.tag !== tag) throw anotherServers(shipping, serverId, name)
      const body = await sealed(createReadStream(path), shipping.recipients)
      const { bytes, etag } = await store.put(key, body, { tag })
      await receipts.add(key, { tag, bytes, etag })
      await rm(path, { force: true })
      done.logs++
      done.bytes += bytes
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Looking = {
  serverId: number
  closed: readonly ClosedLog[]
  /** By their names there. */
  there: ReadonlyMap<string, Stored>
  folder: string
}

/** The newest log that was closed then: while it is there the server counts on from where it was. */
type Known = { lineage: number; newest: ClosedLog }

/** Asked once for each server and process, and again when a server forgot its logs (RESET MASTER) below a process. */
const known = new WeakMap<object, Map<number, Known>>()

/** Whether this server wrote the logs that are there, told by one that both have; otherwise a lineage of its own. */
async function currentLineage(shipping: Shipping, { serverId, closed, there, folder }: Looking) {
  const ofServers = known.get(shipping.databases) ?? new Map<number, Known>()
  known.set(shipping.databases, ofServers)
  const remembered = ofServers.get(serverId)
  const newest = closed.at(-1)
  const goesOn = closed.some(
    ({ file, bytes }) => file === remembered?.newest.file && bytes === remembered.newest.bytes,
  )
  const lineage =
    remembered && goesOn
      ? remembered.lineage
      : await lineageThere(shipping, { serverId, closed, there, folder })
  if (newest) ofServers.set(serverId, { lineage, newest })
  return lineage
}

async function lineageThere(shipping: Shipping, { serverId, closed, there, folder }: Looking) {
  const lineages = [...new Set([...there.keys()].map((name) => lineageOf(name).lineage))].toSorted(
    (a, b) => b - a,
  )
  for (const lineage of lineages) {
    const common = closed.find(({ file }) => there.has(nameIn(file, lineage)))
    if (!common) continue
    const { path, tag } = await fetched(shipping, { serverId, log: common, folder })
    await rm(path, { force: true })
    const head = await shipping.store.head(logKey(serverId, nameIn(common.file, lineage)))
    if (head?.tag === tag) return lineage
  }
  return (lineages[0] ?? 0) + 1
}

/** Nothing is written over: the next run asks again which server this is. */
function anotherServers({ databases }: Shipping, serverId: number, name: string): Error {
  known.get(databases)?.delete(serverId)
  return new Error(`${name} is in the store, and is not this server's`)
}

async function fetched(
  { databases, recipients, signal }: Shipping,
  { serverId, log, folder }: { serverId: number; log: ClosedLog; folder: string },
): Promise<{ path: string; tag: string }> {
  const path = await fetchLog(databases.logs(serverId), log, folder, signal)
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return { path, tag: tagOf(hash.digest('hex'), recipients) }
}
