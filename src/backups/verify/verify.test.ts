import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { and, eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lastCopy } from '#src/backups/covered/queries.ts'
import { readManifest, type Space, writeManifest } from '#src/backups/folder.ts'
import type { CopyEntry } from '#src/backups/manifest.ts'
import { runNight } from '#src/backups/night/actions.ts'
import { type VerifyOptions, verifyNight, verifyWhatWaits } from '#src/backups/verify/actions.ts'
import { type Checked, checkCopy } from '#src/backups/verify/checking/actions.ts'
import { backups } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { findServerOf } from '#src/db/embedded-process.ts'
import { withLease } from '#src/db/lease.ts'
import { type ScratchServer, startScratchServer } from '#src/db/scratch-server.ts'
import { charge } from '#src/sales/actions.ts'
import { testNight } from '../../../tests/support/copies.ts'
import { ownDatabases } from '../../../tests/support/database.ts'
import { openShop, order, type Shop } from '../../../tests/support/till.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: Shop
let carla: Shop
let at: ReturnType<typeof testNight>
const tonight = '2026-11-23'
const tomorrow = '2026-11-24'

beforeAll(async () => {
  own = await ownDatabases({ binlog: true })
  databases = own.databases
  rosa = await openShop('Pollería Rosita', databases)
  carla = await openShop('Bodega Carla', databases)
  await sell(rosa)
})
afterAll(() => own.stop())
beforeEach(() => {
  at = testNight(databases)
})
afterEach(async () => {
  at.remove()
  await databases.admin.delete(backups)
})

const sell = async (shop: Shop, hour = new Date('2026-11-23T07:00:00Z')) => {
  const charged = await charge(shop.db, shop.tenant, shop.beto, order(shop), hour)
  if (!charged.ok) throw new Error(charged.problem)
}
const plenty: Space = { freeBytes: 1e12, totalBytes: 1e12 }
/** `meanwhile` happens between the first look at a database and its dump. */
async function night(tenantIds: number[] = [rosa.tenant.id, carla.tenant.id], meanwhile = async () => {}) {
  let happened: Promise<void> | undefined
  const space = async () => {
    happened ??= meanwhile()
    await happened
    return plenty
  }
  const answer = await runNight({ ...at.context, space }, { tenantIds })
  if (!answer.ok || answer.report.failed.length > 0) throw new Error(JSON.stringify(answer))
  return answer.report
}
const context = (more: object = {}) => ({ ...at.context, ...more })
async function verify(options: VerifyOptions = {}, more: object = {}) {
  const answer = await verifyNight(context(more), options)
  if (!answer.ok) throw new Error(answer.problem)
  return answer.report
}
const rowOf = async ({ tenant }: Shop, nightOf = tonight) => {
  const [row] = await databases.admin
    .select()
    .from(backups)
    .where(and(eq(backups.tenantId, tenant.id), eq(backups.night, nightOf)))
  if (!row) throw new Error('no row')
  return row
}
const entryOf = ({ tenant }: Shop, nightOf = tonight) => at.entry(nightOf, tenant.id)
const fileOf = ({ tenant }: Shop, nightOf = tonight) => at.path(nightOf, tenant.id)
const flip = (file: string) => {
  const bytes = readFileSync(file)
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  writeFileSync(file, bytes)
}
const scratchFolder = () => join(at.context.config.dataFolder, 'scratch')

test("every copy of the night is restored, compared and marked; the admin's too", async () => {
  await night([rosa.tenant.id, carla.tenant.id, 0])
  const report = await verify()
  expect(report).toEqual({ night: tonight, restored: 3, unchanged: 0, waiting: 0, failed: [] })
  expect(await rowOf(rosa)).toMatchObject({
    status: 'whole',
    verifiedAt: at.context.clock(),
    salesMade: 1,
    salesCentimos: 3000,
  })
  expect((await rowOf(carla)).verifiedAt).not.toBeNull()
  expect(await lastCopy(databases.admin, rosa.tenant, at.context.clock())).toMatchObject({
    isVerified: true,
    salesMade: 1,
  })
  // Nothing of it on the living server, nothing left of the scratch one.
  const names = (await databases.provision((root) => root.query('show databases'))) as { Database: string }[]
  expect(
    names
      .filter(({ Database }) => /cliente/.test(Database))
      .map(({ Database }) => Database)
      .toSorted(),
  ).toEqual([rosa, carla].map(({ tenant }) => tenant.nombreDb).toSorted())
  expect(readdirSync(scratchFolder())).toEqual([])
  expect(at.lines).toContain(`night ${tonight}: 3 restored and equal, 0 unchanged since they were, 0 failed`)
})

test('what is sold while it is copied: the figures are those that came back, and tomorrow it is carried', async () => {
  await night([rosa.tenant.id], () => sell(rosa))
  expect(entryOf(rosa)).toMatchObject({ isExact: false })
  expect(await verify()).toMatchObject({ restored: 1, failed: [] })
  expect(entryOf(rosa)).toMatchObject({ isExact: true, fingerprint: { sales: { made: 2, centimos: 6000 } } })
  expect(await rowOf(rosa)).toMatchObject({
    salesMade: 2,
    contentHash: entryOf(rosa).fingerprint.contentHash,
  })
  at.nextNight()
  expect(await night([rosa.tenant.id])).toMatchObject({ dumped: 0, carried: 1 })
})

test('a carried copy stays verified without being restored, and is restored again after a week', async () => {
  await night()
  await verify()
  const { verifiedAt } = await rowOf(rosa)
  at.nextNight()
  expect(await night()).toMatchObject({ carried: 2 })
  expect(await verify()).toMatchObject({ night: tomorrow, restored: 0, unchanged: 2 })
  expect((await rowOf(rosa, tomorrow)).verifiedAt).toEqual(verifiedAt)
  expect(await verify({ isThorough: true })).toMatchObject({ restored: 2, unchanged: 0 })
  for (let day = 0; day < 7; day++) at.nextNight()
  expect(await verify({ night: tomorrow })).toMatchObject({ restored: 2, unchanged: 0 })
})

describe('a copy that cannot be trusted', () => {
  test('stops no other, is told with its reason, and is made anew the next night', async () => {
    await night()
    flip(fileOf(rosa))
    const report = await verify()
    expect(report).toMatchObject({ restored: 1, failed: [{ tenantId: rosa.tenant.id, problem: 'tampered' }] })
    expect(await rowOf(rosa)).toMatchObject({ status: 'failed', verifiedAt: null })
    expect((await rowOf(rosa)).problem).toContain('SHA-256')
    expect((await rowOf(carla)).verifiedAt).not.toBeNull()
    at.nextNight()
    expect(await night()).toMatchObject({ dumped: 1, carried: 1 })
    expect(await verify()).toMatchObject({ failed: [] })
    expect(await lastCopy(databases.admin, rosa.tenant, at.context.clock())).toMatchObject({
      isVerified: true,
    })
  })

  test('takes back what was said of the nights that share its bytes', async () => {
    await night()
    await verify()
    at.nextNight()
    await night()
    flip(fileOf(rosa, tomorrow))
    expect(await verify()).toMatchObject({ unchanged: 1, failed: [{ problem: 'tampered' }] })
    expect(await rowOf(rosa, tonight)).toMatchObject({ status: 'failed', verifiedAt: null })
    expect(await lastCopy(databases.admin, rosa.tenant, at.context.clock())).toBeNull()
  })

  test('is trusted again when it is put right', async () => {
    await night()
    const good = readFileSync(fileOf(rosa))
    flip(fileOf(rosa))
    await verify()
    writeFileSync(fileOf(rosa), good)
    expect(await verify({ tenantIds: [rosa.tenant.id], isThorough: true })).toMatchObject({ restored: 1 })
    expect(await rowOf(rosa)).toMatchObject({ status: 'whole', problem: null })
  })
})

describe('one copy, also when its manifest was changed with it', () => {
  let scratch: ScratchServer
  let kept: ReturnType<typeof testNight>
  let good: { entry: CopyEntry; dump: string; living: number }

  beforeAll(async () => {
    kept = testNight(databases)
    scratch = await startScratchServer(kept.folder)
    await runNight(kept.context, { tenantIds: [rosa.tenant.id, carla.tenant.id] })
    const entry = kept.entry(tonight, rosa.tenant.id)
    const dump = gunzipSync(readFileSync(kept.path(tonight, rosa.tenant.id))).toString()
    good = { entry, dump, living: entry.fingerprint.sales?.made ?? 0 }
  })
  afterAll(async () => {
    await scratch?.stop()
    kept.remove()
  })

  const check = async (bytes: Buffer, change: Partial<CopyEntry> = {}) => {
    const file = join(kept.folder, 'copy.sql.gz')
    writeFileSync(file, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const signal = new AbortController().signal
    const entry = { ...good.entry, sha256, bytes: bytes.length, ...change }
    return checkCopy({ databases, scratch, signal }, file, entry)
  }
  const changed = (change: (dump: string) => string) => check(gzipSync(change(good.dump)))
  const beforeTheEnd = (line: string) => changed((dump) => dump.replace(/\n-- Dump completed/, `\n${line}$&`))

  test('as it is', async () => {
    expect(await changed((dump) => dump)).toMatchObject({ ok: true })
  })

  test.each<[string, () => Promise<Checked>]>([
    ['truncated', () => changed((dump) => dump.slice(0, dump.lastIndexOf('-- Dump completed')))],
    ['foreign', () => changed((dump) => dump.replaceAll(rosa.tenant.uid, carla.tenant.uid))],
    ['foreign', () => check(readFileSync(kept.path(tonight, carla.tenant.id)))],
    ['foreign', () => changed((dump) => dump.replace(/tenant=\d+/, 'tenant=4000000'))],
    // The header is Rosa's, the business in it is not.
    ['foreign', () => beforeTheEnd(`update business set uid = '${crypto.randomUUID()}';`)],
    ['newer', () => changed((dump) => dump.replace(/schema=\d+/, 'schema=9999'))],
    ['different', () => beforeTheEnd("update categories set name = 'Otros' limit 1;")],
    ['different', () => beforeTheEnd('drop table prints;')],
    ['different', () => beforeTheEnd('alter table prints add column odd int;')],
    ['different', () => beforeTheEnd('drop index `sales_sold_at` on sales;')],
    ['gap', () => beforeTheEnd('update series set next_number = next_number + 1;')],
    ['refused', () => beforeTheEnd('\\! id')],
  ])('%s (%#)', async (problem, spoiled) => {
    expect(await spoiled()).toMatchObject({ ok: false, problem })
  })

  test('a manifest that promises other rows', async () => {
    const fingerprint = { ...good.entry.fingerprint, contentHash: 'f'.repeat(64) }
    expect(await check(gzipSync(good.dump), { fingerprint })).toMatchObject({ problem: 'different' })
  })

  test('of a business that sold while it was copied: what did not change must still be in it', async () => {
    const { fingerprint } = good.entry
    const later = {
      ...fingerprint,
      contentHash: 'e'.repeat(64),
      tables: fingerprint.tables.map((one) =>
        one.name === 'sales' ? { ...one, rows: one.rows + 1, checksum: '1-1' } : one,
      ),
    }
    const inexact = { isExact: false, later }
    expect(await check(gzipSync(good.dump), inexact)).toMatchObject({ ok: true })
    const emptied = (table: string) =>
      check(
        gzipSync(
          good.dump.replace(/\n-- Dump completed/, `\nset foreign_key_checks = 0;\ndelete from ${table};$&`),
        ),
        inexact,
      )
    expect(await emptied('products')).toMatchObject({ ok: false, problem: 'different' })
    expect(await emptied('sale_lines')).toMatchObject({ ok: false, problem: 'different' })
  })

  test('carried: what had been sold before must be in it, what is sold after is for tomorrow', async () => {
    const carried = { kind: 'carried' } as const
    await sell(rosa, new Date('2026-11-23T08:01:00Z'))
    expect(await check(gzipSync(good.dump), carried)).toMatchObject({ ok: true })
    await sell(rosa, new Date('2026-11-23T06:00:00Z'))
    expect(await check(gzipSync(good.dump), carried)).toMatchObject({ problem: 'stale' })
    expect(await check(gzipSync(good.dump))).toMatchObject({ ok: true })
  })

  test('carried, and the business was deleted since: that says nothing against it', async () => {
    const { uid } = good.entry
    const gone = { kind: 'carried', nombreDb: 'db_cliente_3999999', uid } as const
    expect(await check(gzipSync(good.dump), gone)).toMatchObject({ ok: true })
  })
})

describe('nothing is said of a copy where nothing can be known', () => {
  test('without memory', async () => {
    await night()
    await expect(verify({}, { freeMemory: () => 1e6 })).rejects.toThrow('free memory')
    expect(await rowOf(rosa)).toMatchObject({ status: 'whole', verifiedAt: null })
  })

  test('without room on the disk: of that copy alone', async () => {
    await night()
    let asked = 0
    const full = async () => (asked++ === 0 ? { freeBytes: 2e9, totalBytes: 10e9 } : plenty)
    expect(await verify({}, { space: full })).toMatchObject({ restored: 1, failed: [{ problem: 'no-room' }] })
    const rows = await Promise.all([rowOf(rosa), rowOf(carla)])
    expect(rows.map(({ status }) => status)).toEqual(['whole', 'whole'])
    expect(rows.filter(({ verifiedAt }) => verifiedAt === null)).toHaveLength(1)
  })

  test('when the night is run again meanwhile: the new copy is not verified by the old one', async () => {
    await night([rosa.tenant.id])
    const was = entryOf(rosa).sha256
    const again = async () => {
      if (entryOf(rosa).sha256 === was) {
        await sell(rosa)
        await night([rosa.tenant.id])
      }
      return plenty
    }
    const report = await verify({}, { space: again })
    expect(entryOf(rosa).sha256).not.toBe(was)
    expect(report).toMatchObject({ restored: 0, failed: [] })
    expect(await rowOf(rosa)).toMatchObject({
      status: 'whole',
      verifiedAt: null,
      sha256: entryOf(rosa).sha256,
    })
  })

  test('when the scratch server dies in the middle', async () => {
    const kill = () => {
      const [name] = readdirSync(scratchFolder())
      const pid = findServerOf(join(scratchFolder(), name ?? '', 'data'))
      if (pid) process.kill(pid, 'SIGKILL')
    }
    // After the first one; the other, if it is not there yet, meets a server that is gone.
    let killed = 0
    const onProgress = () => {
      if (killed++ === 0) kill()
    }
    await night([rosa.tenant.id, carla.tenant.id, 0])
    await expect(verify({}, { onProgress })).rejects.toThrow()
    const rows = await databases.admin.select().from(backups)
    expect(rows.every(({ status }) => status === 'whole')).toBe(true)
    expect(rows.some(({ verifiedAt }) => verifiedAt === null)).toBe(true)
    expect(readdirSync(scratchFolder())).toEqual([])
    expect(await verify()).toMatchObject({ failed: [] })
  })

  test('when it is called off', async () => {
    await night()
    const stop = new AbortController()
    const onProgress = () => stop.abort(new Error('the server stops'))
    await expect(verify({}, { signal: stop.signal, onProgress })).rejects.toThrow('the server stops')
    expect(readdirSync(scratchFolder())).toEqual([])
  })
})

test('two at once: the second one is told', async () => {
  await night([rosa.tenant.id])
  const held = await withLease(databases.admin, 'verify', () => verifyNight(context()))
  expect(held).toEqual({ ok: true, value: { ok: false, problem: 'held' } })
})

test('no night, no copy of that business', async () => {
  expect(await verifyNight(context())).toEqual({ ok: false, problem: 'no-night' })
  expect(await verifyNight(context(), { night: '2026-01-01' })).toEqual({ ok: false, problem: 'no-night' })
  await night([rosa.tenant.id])
  expect(await verifyNight(context(), { tenantIds: [carla.tenant.id] })).toEqual({
    ok: false,
    problem: 'no-copy',
  })
})

describe('the job', () => {
  test('verifies the newest night, and has nothing to do after that', async () => {
    expect(await verifyWhatWaits(context())).toBeNull()
    await night([rosa.tenant.id])
    expect(await verifyWhatWaits(context())).toMatchObject({ report: { restored: 1 } })
    expect(await verifyWhatWaits(context())).toBeNull()
  })

  test('does not try a bad copy again and again', async () => {
    await night([rosa.tenant.id])
    writeFileSync(fileOf(rosa), '')
    expect(await verifyWhatWaits(context())).toMatchObject({ report: { failed: [{ problem: 'truncated' }] } })
    expect(await verifyWhatWaits(context())).toBeNull()
  })

  const lima = (time: string) => () => new Date(`${time}-05:00`)

  test('begins no copy after six, and a night that ended late has three hours', async () => {
    await night()
    expect(await verifyWhatWaits(context({ clock: lima('2026-11-23T06:00') }))).toBeNull()
    let looks = 0
    const clock = () => (looks++ < 4 ? lima('2026-11-23T05:59')() : lima('2026-11-23T06:00')())
    expect(await verifyWhatWaits(context({ clock }))).toMatchObject({ report: { restored: 0, waiting: 2 } })
    expect(await verifyWhatWaits(context())).toMatchObject({ report: { restored: 2, waiting: 0 } })
  })

  test('looks at nothing twice: not at what is verified, nor at what was found wanting', async () => {
    await night([rosa.tenant.id, carla.tenant.id, 0])
    await verify({ tenantIds: [rosa.tenant.id] })
    writeFileSync(fileOf(carla), '')
    await verify({ tenantIds: [carla.tenant.id] })
    expect(await verifyWhatWaits(context())).toMatchObject({
      report: { restored: 1, unchanged: 0, waiting: 0, failed: [] },
    })
    expect(await verifyWhatWaits(context())).toBeNull()
  })

  test('has nothing to do for a row whose file no manifest names', async () => {
    await night()
    const manifest = readManifest(at.folder, tonight)
    if (!manifest) throw new Error('no manifest')
    const entries = manifest.entries.filter(({ tenantId }) => tenantId !== rosa.tenant.id)
    await writeManifest(at.folder, { ...manifest, entries })
    expect(await verifyWhatWaits(context())).toMatchObject({ report: { restored: 1 } })
    expect(await verifyWhatWaits(context())).toBeNull()
  })

  test('is not silenced by a night of the future, nor by a copy of one business after midnight', async () => {
    const ahead = testNight(databases, new Date('2027-06-01T08:00:00Z'))
    try {
      const answer = await runNight(
        { ...ahead.context, config: at.context.config },
        { tenantIds: [carla.tenant.id] },
      )
      expect(answer).toMatchObject({ ok: true, report: { night: '2027-06-01' } })
      await databases.admin.update(backups).set({ verifiedAt: new Date('2027-06-01T08:10:00Z') })
    } finally {
      ahead.remove()
    }
    await night()
    const midnight = lima('2026-11-24T00:10')
    await runNight({ ...at.context, clock: midnight }, { tenantIds: [carla.tenant.id] })
    await databases.admin.update(backups).set({ verifiedAt: midnight() }).where(eq(backups.night, tomorrow))
    expect(await verifyNight(context())).toMatchObject({ report: { night: tonight } })
    await databases.admin.update(backups).set({ verifiedAt: null }).where(eq(backups.night, tonight))
    expect(await verifyWhatWaits(context())).toMatchObject({ report: { night: tonight, restored: 2 } })
  })
})
