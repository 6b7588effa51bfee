import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { readManifest, type Space } from '#src/backups/folder.ts'
import { backups, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { fingerprint } from '#src/db/fingerprint.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import { files, products } from '#src/db/tenant-schema.ts'
import { holdTable, restoredByHand, runningDump, testNight } from '../../../tests/support/copies.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../../../tests/support/database.ts'
import { runNight } from './actions.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: ReadyTenant
let carla: ReadyTenant
let at: ReturnType<typeof testNight>

beforeAll(async () => {
  own = await ownDatabases({ binlog: true })
  databases = own.databases
  carla = await readyTenant('Bodega Carla', databases)
})
afterAll(() => own.stop())
beforeEach(async () => {
  at = testNight(databases)
  rosa = await readyTenant('Pollería Rosita', databases)
})
afterEach(async () => {
  at.remove()
  await databases.provision((root) => root.dropTenant(rosa.tenant))
  await databases.admin.update(tenants).set({ status: 'BORRADO' }).where(eq(tenants.id, rosa.tenant.id))
  await databases.admin.delete(backups)
})

const plenty: Space = { freeBytes: 1e12, totalBytes: 1e12 }

/** Something that happens between the first look at a database and its dump. */
function onceBeforeADump(happens: () => Promise<unknown>) {
  let happened: Promise<unknown> | undefined
  return async () => {
    happened ??= (async () => await happens())()
    await happened
    return plenty
  }
}

const night = async (space = async () => plenty) => {
  const answer = await runNight({ ...at.context, space })
  if (!answer.ok) throw new Error(answer.problem)
  return answer.report
}
const copies = (nightOf = '2026-11-23') => at.files(nightOf)
const nameOf = ({ tenant }: ReadyTenant) => `backup-${tenant.id}.sql.gz`
const failureOf = ({ tenant }: ReadyTenant, nightOf = '2026-11-23') =>
  readManifest(at.folder, nightOf)?.entries.find((entry) => entry.tenantId === tenant.id)
const asRoot = (database: string, statement: string) =>
  databases.provision(async (root) => {
    await root.select(database)
    await root.query(statement)
  })

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Every file that a manifest names is the one it describes. */
function expectTrue(nightOf: string) {
  const named =
    readManifest(at.folder, nightOf)?.entries.flatMap((entry) => ('file' in entry ? [entry] : [])) ?? []
  for (const { file, sha256 } of named) {
    const bytes = readFileSync(`${at.folder}/${nightOf}/${file}`)
    expect(hashOf(bytes)).toBe(sha256)
  }
  expect(copies(nightOf)).toEqual([...named.map(({ file }) => file), 'manifest.json'].toSorted())
}

/** Kills Rosa's dump in its middle, so many times. */
function killingDumps(times: number) {
  let left = times
  return async () => {
    if (left-- > 0) {
      const held = await holdTable(own.address, rosa.tenant.nombreDb, 'products')
      void runningDump(rosa.tenant.nombreDb).then((pid) => {
        process.kill(pid, 'SIGKILL')
        held.release()
      })
    }
    return plenty
  }
}

test('a dump that is killed in its middle is made again', async () => {
  const answer = await runNight({ ...at.context, space: killingDumps(2) }, { tenantIds: [rosa.tenant.id] })
  expect(answer).toMatchObject({ ok: true, report: { dumped: 1, failed: [] } })
  expectTrue('2026-11-23')
})

test('a dump that dies every time is reported, leaves no file and stops nobody else', async () => {
  await night()
  at.nextNight()
  await rosa.db.update(products).set({ name: 'Pollo' })
  const ids = { tenantIds: [rosa.tenant.id, carla.tenant.id] }
  const answer = await runNight({ ...at.context, space: killingDumps(3) }, ids)
  expect(answer).toMatchObject({ ok: true, report: { dumped: 0, carried: 1 } })
  expect(failureOf(rosa, '2026-11-24')).toMatchObject({
    problem: expect.stringContaining('did not end well'),
  })
  expect(copies('2026-11-24')).toEqual([nameOf(carla), 'manifest.json'])
  expectTrue('2026-11-23')
})

/** A disk of 2 MB in place of the folder of the nights; only root may have one. */
function smallDisk(): (() => void) | null {
  mkdirSync(at.folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', at.folder], { stdio: 'ignore' })
    return () => execFileSync('umount', ['-l', at.folder])
  } catch {
    return null
  }
}

test('a disk that fills up in the middle leaves no half of a copy, and the others have theirs', async ({
  skip,
}) => {
  const unmount = smallDisk()
  if (!unmount) return skip('only root may mount')
  try {
    await night()
    at.nextNight()
    for (let i = 0; i < 20; i++) {
      const bytes = randomBytes(200_000)
      await rosa.db
        .insert(files)
        .values({ id: hashOf(bytes), type: 'image/png', bytes, createdAt: new Date() })
    }
    const report = await night()
    expect(report.failed).toMatchObject([
      { tenantId: rosa.tenant.id, problem: expect.stringContaining('filled up') },
    ])
    expect(copies('2026-11-24')).toEqual([nameOf(carla), 'backup-admin.sql.gz', 'manifest.json'])
    expectTrue('2026-11-24')
    expectTrue('2026-11-23')
  } finally {
    unmount()
  }
})

test('a business whose database is gone is reported; all others have their copies', async () => {
  await night()
  at.nextNight()
  await asRoot('mysql', `drop database \`${rosa.tenant.nombreDb}\``)
  const report = await night()
  expect(report.failed).toMatchObject([
    { tenantId: rosa.tenant.id, problem: expect.stringContaining('not there') },
  ])
  expect(copies('2026-11-24')).toEqual([nameOf(carla), 'backup-admin.sql.gz', 'manifest.json'])
  expect(failureOf(rosa, '2026-11-24')).toEqual(report.failed[0])
  expectTrue('2026-11-23')
})

test('a business that is deleted while the night runs is no failure and leaves no file', async () => {
  const report = await night(
    onceBeforeADump(async () => {
      await databases.admin.update(tenants).set({ status: 'BORRADO' }).where(eq(tenants.id, rosa.tenant.id))
      await databases.provision((root) => root.dropTenant(rosa.tenant))
    }),
  )
  expect(report).toMatchObject({ failed: [], deleted: 1 })
  expect(copies()).not.toContain(nameOf(rosa))
  expectTrue('2026-11-23')
})

test('a business that was restored while the night ran is copied from its new database', async () => {
  await night()
  at.nextNight()
  const nombreDb = `${rosa.tenant.nombreDb}_g2`
  await rosa.db.update(products).set({ name: 'Pollo de ayer' })
  const report = await night(
    onceBeforeADump(async () => {
      await restoredByHand(at.path('2026-11-23', rosa.tenant.id), own.address, nombreDb)
      await databases.admin
        .update(tenants)
        .set({ nombreDb, generation: 2 })
        .where(eq(tenants.id, rosa.tenant.id))
    }),
  )
  expect(report.failed).toEqual([])
  const living = await fingerprint(databases.copies(), nombreDb)
  expect(at.entry('2026-11-24', rosa.tenant.id)).toMatchObject({ nombreDb, generation: 2 })
  expect(at.entry('2026-11-24', rosa.tenant.id).fingerprint.contentHash).toBe(living.contentHash)
  expectTrue('2026-11-24')
  await asRoot('mysql', `drop database \`${nombreDb}\``)
})

test("a database that holds another's business is not copied under this one's name", async () => {
  await asRoot(rosa.tenant.nombreDb, `update business set uid = '${carla.tenant.uid}'`)
  const report = await night()
  expect(report.failed).toMatchObject([
    { tenantId: rosa.tenant.id, problem: expect.stringContaining('another business') },
  ])
  expect(copies()).not.toContain(nameOf(rosa))
  expectTrue('2026-11-23')
})

test('what is sold between the look and the dump is in the copy, whose figures wait for the first restore', async () => {
  await night(
    onceBeforeADump(() =>
      rosa.db.update(products).set({ priceCentimos: sql`${products.priceCentimos} + 1` }),
    ),
  )
  const entry = at.entry('2026-11-23', rosa.tenant.id)
  expect(entry.isExact).toBe(false)
  const restored = await restoredByHand(at.path('2026-11-23', rosa.tenant.id), own.address, 'inexact')
  const living = await fingerprint(databases.copies(), rosa.tenant.nombreDb)
  expect(restored.tables).toEqual(living.tables)
  expect(restored.contentHash).toBe(living.contentHash)
  expect(restored.contentHash).not.toBe(entry.fingerprint.contentHash)
  const dumped = execFileSync('zcat', [at.path('2026-11-23', rosa.tenant.id)], { encoding: 'utf8' })
  expect(dumped).toContain(`MASTER_LOG_POS=${entry.fingerprint.position?.offset};`)
  // A copy with doubtful figures is never carried.
  at.nextNight()
  await night()
  expect(at.entry('2026-11-24', rosa.tenant.id)).toMatchObject({ kind: 'dumped', isExact: true })
  await asRoot('mysql', 'drop database inexact')
})

test('a migration in the middle of it: the copy is made again, of the tables as they are now', async () => {
  let alters = 0
  await night(
    onceBeforeADump(async () => {
      alters++
      await asRoot(rosa.tenant.nombreDb, 'alter table sales add column note varchar(20)')
    }),
  )
  expect(alters).toBe(1)
  const living = await fingerprint(databases.copies(), rosa.tenant.nombreDb)
  expect(at.entry('2026-11-23', rosa.tenant.id)).toMatchObject({ isExact: true })
  expect(at.entry('2026-11-23', rosa.tenant.id).fingerprint.definitionsHash).toBe(living.definitionsHash)
})

test('with too little room on the disk nothing is dumped, and what is unchanged is still carried', async () => {
  await night()
  at.nextNight()
  await rosa.db.update(products).set({ name: 'Pollo' })
  const report = await night(async () => ({ freeBytes: 14e9, totalBytes: 100e9 }))
  expect(report.failed.map(({ tenantId }) => tenantId)).toEqual([0, rosa.tenant.id])
  expect(report.failed[0]?.problem).toContain('too little room')
  expect(report).toMatchObject({ dumped: 0, carried: 1 })
  expectTrue('2026-11-24')
})

test('a business whose migration is under way is copied when it is through, and otherwise reported', async () => {
  const leaseUntil = new Date('2026-11-24T12:00:00Z')
  const running = {
    tenantId: rosa.tenant.id,
    version: 900,
    name: '0900_under_way',
    hash: 'a'.repeat(64),
    statements: 3,
    state: 'running',
    startedAt: new Date(),
    leaseUntil,
  } as const
  await databases.admin.insert(schemaMigrations).values(running)
  const report = await night()
  expect(report.failed).toMatchObject([
    { tenantId: rosa.tenant.id, problem: expect.stringContaining('being changed') },
  ])
  expect(copies()).not.toContain(nameOf(rosa))
  expectTrue('2026-11-23')
  // Its process died: the tables stand still, half changed, and are better copied so than not at all.
  at.nextNight()
  at.nextNight()
  expect(await night()).toMatchObject({ failed: [] })
  await databases.admin.delete(schemaMigrations).where(eq(schemaMigrations.version, 900))
})
