import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { asc } from 'drizzle-orm'
import { runNight } from '#src/backups/night/actions.ts'
import type { RestoreContext, Restored } from '#src/backups/restore/actions.ts'
import type { RestoreRefused } from '#src/backups/restore/texts.ts'
import { collected } from '#src/backups/store/seal.ts'
import type { Store } from '#src/backups/store/store.ts'
import type { Databases } from '#src/db/databases.ts'
import { sales } from '#src/db/tenant-schema.ts'
import { charge } from '#src/sales/actions.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { ownDatabases, testMasterKey } from './database.ts'
import { openShop, order, type Shop } from './till.ts'

/** An installation of its own with a binary log and a data folder: what copies and restores need. */
export async function installation() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sk-r-'))
  const own = await ownDatabases({ binlog: true })
  const clock = () => new Date()
  const config = { dataFolder, masterKey: testMasterKey }
  const context: RestoreContext = { databases: own.databases, config, clock }
  return {
    ...own,
    dataFolder,
    context,
    shop: (name = 'Pollería Rosita') => openShop(name, own.databases),
    async night(tenantIds?: number[]) {
      const signal = new AbortController().signal
      const done = await runNight(
        { databases: own.databases, config, clock, signal },
        tenantIds ? { tenantIds } : {},
      )
      if (!done.ok) throw new Error(done.problem)
      if (done.report.failed.length > 0) throw new Error(JSON.stringify(done.report.failed))
      return done.report
    },
    async stop() {
      await own.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

export type Installation = Awaited<ReturnType<typeof installation>>

export async function sell(shop: Shop, db = shop.db, change: Parameters<typeof order>[1] = {}) {
  const charged = await charge(db, shop.tenant, shop.beto, order(shop, change), new Date())
  if (!charged.ok) throw new Error(charged.problem)
  return charged.ticket.number
}

/** As the next request finds it: another database after a restore. */
export async function livingDb(databases: Databases, id: number) {
  const tenant = await findTenant(databases.admin, id)
  if (!tenant) throw new Error(`no business ${id}`)
  return databases.tenant(tenant)
}

export async function numbersOf(databases: Databases, id: number): Promise<number[]> {
  const db = await livingDb(databases, id)
  const rows = await db.select({ number: sales.number }).from(sales).orderBy(asc(sales.number))
  return rows.map((row) => row.number)
}

export function restored(answer: Restored | RestoreRefused): Restored {
  if (!answer.ok) throw new Error(`${answer.problem} ${answer.detail ?? ''}`)
  return answer
}

/** What somebody does by mistake, at the worst moment. */
export const dropDatabase = (databases: Databases, name: string) =>
  databases.provision((root) => root.query(`drop database \`${name}\``))

/** The log counts in whole seconds: what comes next is in another one. */
export async function nextSecond(): Promise<Date> {
  const next = new Date(Math.ceil((Date.now() + 1) / 1000) * 1000)
  await new Promise((resolve) => setTimeout(resolve, next.getTime() - Date.now() + 20))
  return next
}

/** A store in memory: what is proved here is what is made of its objects; a real one is proved in tests/store. */
export function storeInMemory(): Store {
  const objects = new Map<string, { bytes: Buffer; tag: string | null; storedAt: Date }>()
  const stored = (key: string) => {
    const found = objects.get(key)
    if (!found) return null
    const md5 = createHash('md5').update(found.bytes).digest('hex')
    return { key, bytes: found.bytes.length, storedAt: found.storedAt, tag: found.tag, etag: md5, md5 }
  }
  return {
    async put(key, body, { tag } = {}) {
      const bytes = await collected(body)
      objects.set(key, { bytes, tag: tag ?? null, storedAt: new Date() })
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return { bytes: bytes.length, sha256, etag: stored(key)?.etag ?? '' }
    },
    get: (key) => Readable.from([objects.get(key)?.bytes ?? Buffer.alloc(0)]),
    list: async (prefix) =>
      [...objects.keys()]
        .filter((key) => key.startsWith(prefix))
        .toSorted()
        .flatMap((key) => stored(key) ?? []),
    head: async (key) => stored(key),
    copy: async (from, to) => {
      const found = objects.get(from)
      if (found) objects.set(to, { ...found, storedAt: new Date() })
    },
    remove: async (key) => void objects.delete(key),
    now: async () => new Date(),
    discardUnfinished: async () => 0,
    keepsVersions: async () => true,
    close: () => {},
  }
}
