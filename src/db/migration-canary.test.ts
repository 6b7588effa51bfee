import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { tenantStats, tenants, workLeases } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { ensureCurrent, migrateAll, migrateTenant } from '#src/db/migrate.ts'
import { dryRun } from '#src/db/migration-dry-run.ts'
import { tenantsBehind } from '#src/db/migration-plan.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import { migrationFiles, newestVersion, parseMigration } from '#src/db/migrations.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { products } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { makeSpare } from '#src/tenants/spares.ts'
import { ownDatabases, testTenant } from '../../tests/support/database.ts'

const now = new Date('2026-11-23T17:00:00.000Z')
const shipped = migrationFiles('tenant')

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
})
afterAll(() => own.stop())
/** Each test has its own businesses: those of the others are out of the way. */
afterEach(async () => {
  await databases.admin.update(tenants).set({ status: 'BORRADO' })
})

const businesses = async (count: number) => {
  const made: TenantIdentity[] = []
  for (let i = 0; i < count; i++) made.push((await testTenant(`Bodega ${i}`, databases)).tenant)
  return made
}
const sqlIn = (tenant: TenantIdentity, statement: string) =>
  databases.provision(async (root) => {
    await root.select(tenant.nombreDb)
    return root.query(statement)
  }, tenant.serverId)
const versionsOf = async (of: readonly TenantIdentity[]) => {
  const ids = of.map(({ id }) => id)
  const rows = await databases.admin.select().from(tenants).where(inArray(tenants.id, ids))
  return ids.map((id) => rows.find((row) => row.id === id)?.schemaVersion)
}
const ids = (of: readonly TenantIdentity[]) => of.map(({ id }) => id)

/** Changes that wait for somebody's transaction, and behind which every reader would queue. */
const waitingChanges = async () => {
  const rows = (await databases.provision((root) =>
    root.query(
      `select count(*) as waiting from information_schema.processlist where state like 'Waiting for table metadata lock%' and info like 'alter%'`,
    ),
  )) as { waiting: number }[]
  return rows[0]?.waiting ?? 0
}

let files = 0
/** Another file each time, since what failed once is remembered; it makes a table that may be there already. */
function nextFile(...statements: string[]) {
  const table = `fiado_${++files}`
  const version = newestVersion() + files
  const name = `${String(version - 1).padStart(4, '0')}_${table}.sql`
  const text = statements.length > 0 ? statements : [`create table ${table} (id int not null primary key)`]
  const file = parseMigration(name, `-- reads_from: 0.1.0\n${text.join(';\n--> statement-breakpoint\n')}`)
  return { table, file, before: newestVersion(), version, all: [...shipped, file] }
}
const blocks = (tenant: TenantIdentity, table: string) =>
  sqlIn(tenant, `create table ${table} (id int not null primary key)`)

describe('canaries', () => {
  test('that all fail keep the rest as it was, at the requests too', async () => {
    const next = nextFile()
    const shops = await businesses(5)
    for (const shop of shops) await blocks(shop, next.table)
    const report = await migrateAll(databases, { files: next.all })
    expect(report.failed.map(({ tenantId }) => tenantId)).toEqual(ids(shops.slice(0, 3)))
    expect(report).toMatchObject({ migrated: 0, held: ids(shops.slice(3)) })
    expect(await versionsOf(shops)).toEqual(shops.map(() => next.before))

    const last = await findTenant(databases.admin, shops[4]?.id ?? 0)
    if (!last) throw new Error('it is gone')
    expect(await ensureCurrent(databases, last, { files: next.all })).toBe(false)
    const touched = await databases.admin.$count(
      schemaMigrations,
      and(gt(schemaMigrations.tenantId, 0), eq(schemaMigrations.version, next.version)),
    )
    expect(touched).toBe(3)

    for (const shop of shops) await sqlIn(shop, `drop table ${next.table}`)
    const mended = await migrateAll(databases, { files: next.all })
    expect(mended).toEqual({ migrated: 5, failed: [], held: [], busy: [] })
    expect(await versionsOf(shops)).toEqual(shops.map(() => next.version))
  })

  test('of which one fails for a reason of its own stop nobody', async () => {
    const next = nextFile()
    const [rosa, ...others] = await businesses(4)
    if (!rosa) throw new Error('nobody')
    await blocks(rosa, next.table)
    const report = await migrateAll(databases, { files: next.all })
    expect(report.failed.map(({ tenantId }) => tenantId)).toEqual([rosa.id])
    expect(report).toMatchObject({ migrated: 3, held: [] })
    expect(await versionsOf(others)).toEqual(others.map(() => next.version))
  })

  test('that were chosen come first, and must all pass', async () => {
    const next = nextFile()
    const [rosa, carla, dora] = await businesses(3)
    if (!rosa || !carla || !dora) throw new Error('nobody')
    await blocks(carla, next.table)
    const options = { files: next.all, canaries: [dora.id, carla.id] }
    expect((await dryRun(databases.admin, options)).canaries).toEqual([carla.id, dora.id])
    const report = await migrateAll(databases, options)
    expect(report.failed.map(({ tenantId }) => tenantId)).toEqual([carla.id])
    expect(report.held).toEqual([rosa.id, dora.id])
    const other = await migrateAll(databases, { files: next.all, canaries: [dora.id] })
    expect(other).toMatchObject({ migrated: 2, held: [] })
  })

  test('a spare that passes says nothing about rows: a business has to', async () => {
    const next = nextFile()
    const shops = await businesses(2)
    for (const shop of shops) await blocks(shop, next.table)
    const spares = [await makeSpare(databases, () => now), await makeSpare(databases, () => now)]
    const report = await migrateAll(databases, { files: next.all })
    expect(report).toMatchObject({ migrated: 1, held: [spares[1]?.id] })
    expect(report.failed.map(({ tenantId }) => tenantId)).toEqual(ids(shops))
  })

  test('are asked for every column that this release reads', async () => {
    const next = nextFile('alter table products drop column emoji')
    const [rosa, carla] = await businesses(2)
    const report = await migrateAll(databases, { files: next.all, canaries: [rosa?.id ?? 0] })
    expect(report.failed).toEqual([
      {
        tenantId: rosa?.id,
        problem: expect.stringContaining('cannot read its table of products: MariaDB answered 1054'),
      },
    ])
    expect(report.held).toEqual([carla?.id])
  })
})

describe('migrating all', () => {
  test('begins with a spare, and among businesses with the one that sold last', async () => {
    const next = nextFile()
    const [rosa, carla, dora] = await businesses(3)
    if (!rosa || !carla || !dora) throw new Error('nobody')
    const spare = await makeSpare(databases, () => now)
    const sold = (tenant: TenantIdentity, lastSaleAt: Date) =>
      databases.admin.insert(tenantStats).values({ tenantId: tenant.id, refreshedAt: now, lastSaleAt })
    await sold(carla, new Date('2026-11-20T00:00:00Z'))
    await sold(dora, new Date('2026-11-22T00:00:00Z'))
    const order = await tenantsBehind(databases.admin, next.all)
    expect(ids(order)).toEqual([spare.id, dora.id, carla.id, rosa.id])
  })

  test('by two processes at once is done once: the second waits, and finds nothing left', async () => {
    const next = nextFile()
    const shops = await businesses(4)
    const other = await own.open()
    let ran = 0
    let waits = 0
    const options = {
      files: next.all,
      hook: (step: string) => void (step === 'before' && ran++),
      onWait: () => void waits++,
    }
    let asked: Promise<unknown> = Promise.resolve()
    const first = migrateAll(databases, {
      ...options,
      hook: async (step) => {
        options.hook(step)
        if (step === 'before' && ran === 1) asked = migrateAll(other, options)
        // The second stands at the door before the first goes on.
        while (waits === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      },
    })
    expect(await first).toMatchObject({ migrated: 4 })
    expect(await asked).toMatchObject({ migrated: 0 })
    expect({ ran, waits }).toEqual({ ran: shops.length, waits: 1 })
  })

  test('goes on after whoever migrated was killed, when its lease has run out', async () => {
    const next = nextFile()
    const shops = await businesses(2)
    await databases.admin
      .insert(workLeases)
      .values({ name: 'migrate', owner: 'killed', leaseUntil: sql`utc_timestamp(3) + interval 1 second` })
    expect(await migrateAll(databases, { files: next.all })).toMatchObject({ migrated: 2 })
    expect(await versionsOf(shops)).toEqual([next.version, next.version])
  })

  test('that was killed with -9 among many goes on, whatever was there and not written down', async () => {
    const next = nextFile(
      'create table letters_k (id int not null primary key)',
      'create index letters_k_id on letters_k (id)',
      'alter table letters_k add column body varchar(80)',
    )
    const shops = await businesses(6)
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../../tests/support/dying-migrator.ts')],
      { stdio: ['pipe', 'inherit', 'inherit'] },
    )
    child.stdin.end(JSON.stringify({ server: own.address, files: next.all, statements: 8 }))
    const signal = await new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
    expect(signal).toBe('SIGKILL')
    const left = await tenantsBehind(databases.admin, next.all)
    expect(left.length).toBeGreaterThan(2)
    // As time passes: nothing else of what the dead process wrote is touched.
    const leaseUntil = new Date('2020-01-01')
    await databases.admin.update(workLeases).set({ leaseUntil })
    await databases.admin
      .update(schemaMigrations)
      .set({ leaseUntil })
      .where(eq(schemaMigrations.state, 'running'))
    const report = await migrateAll(databases, { files: next.all })
    expect(report).toEqual({ migrated: left.length, failed: [], held: [], busy: [] })
    expect(await versionsOf(shops)).toEqual(shops.map(() => next.version))
    for (const shop of shops) {
      const [row] = (await sqlIn(shop, 'show create table letters_k')) as { 'Create Table': string }[]
      expect(row?.['Create Table']).toMatch(/`body` varchar\(80\)[\s\S]*letters_k_id/)
    }
  })

  test('gives way to somebody who is selling, and tries again', async () => {
    const next = nextFile('alter table products add column shelf varchar(8), algorithm=instant, lock=none')
    const [rosa] = await businesses(1)
    if (!rosa) throw new Error('nobody')
    let isSelling = true
    let sold: Promise<unknown> = Promise.resolve()
    const selling = inTransaction(databases.tenant(rosa), async (tx) => {
      await tx.select({ id: products.id }).from(products)
      sold = migrateAll(databases, { files: next.all })
      // Until the change has given up waiting once; a reader that comes now is let through again.
      for (let waited = false; ; ) {
        const isWaiting = (await waitingChanges()) > 0
        if (waited && !isWaiting) break
        waited ||= isWaiting
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      await databases.tenant(rosa).select({ id: products.id }).from(products)
      isSelling = false
      return { ok: true }
    })
    await selling
    expect(isSelling).toBe(false)
    expect(await sold).toMatchObject({ migrated: 1, failed: [] })
  })

  test('leaves alone what is being restored or moved, and comes back to it', async () => {
    const next = nextFile()
    const [rosa, carla] = await businesses(2)
    if (!rosa || !carla) throw new Error('nobody')
    const busyUntil = (at: Date | null) =>
      databases.admin.update(tenants).set({ busyUntil: at }).where(eq(tenants.id, rosa.id))
    await busyUntil(new Date(Date.now() + 60_000))
    const report = await migrateAll(databases, { files: next.all })
    expect(report).toEqual({ migrated: 1, failed: [], held: [], busy: [rosa.id] })
    await busyUntil(null)
    expect(await migrateAll(databases, { files: next.all })).toMatchObject({ migrated: 1, busy: [] })
  })

  test('stops when it is told to, and what it was at goes on at once', async () => {
    const next = nextFile(
      'create table one_x (id int primary key)',
      'create table two_x (id int primary key)',
    )
    const [rosa] = await businesses(1)
    if (!rosa) throw new Error('nobody')
    const stopping = new AbortController()
    const stopped = migrateAll(databases, {
      files: next.all,
      signal: stopping.signal,
      hook: (step) => void (step === 'after' && stopping.abort()),
    })
    await expect(stopped).rejects.toThrow('abort')
    const ran: number[] = []
    await migrateTenant(databases, rosa, {
      files: next.all,
      hook: (step, statement) => void (step === 'before' && ran.push(statement)),
    })
    expect(ran).toEqual([1])
  })

  test('dry changes nothing, and names what would run and where it would go on', async () => {
    const next = nextFile(
      'create table dry_a (id int primary key)',
      'create table staff (id int primary key)',
    )
    const [rosa] = await businesses(1)
    if (!rosa) throw new Error('nobody')
    expect((await migrateAll(databases, { files: next.all })).failed).toHaveLength(1)
    const before = await databases.admin.select().from(schemaMigrations)
    const plan = await dryRun(databases.admin, { files: next.all })
    expect(plan.tenants).toEqual([
      {
        id: rosa.id,
        nombreDb: rosa.nombreDb,
        serverId: 1,
        isSpare: false,
        version: next.before,
        files: [next.file.name],
        startsAtStatement: 2,
      },
    ])
    expect(plan.sql.map(({ statements }) => statements)).toEqual([next.file.statements])
    expect(plan.canaries).toEqual([rosa.id])
    expect(await databases.admin.select().from(schemaMigrations)).toEqual(before)
  })
})

describe('an error in the third statement', () => {
  const good = ['create table notes (id int primary key)', 'create index notes_id on notes (id)']
  const bad = 'alter table notes add column staff_id int references nobody (id), add column id int'
  const last = 'create table letters (id int primary key)'

  test('says what is there, what is not and how to go on; mended from there it goes on', async () => {
    const next = nextFile(...good, bad, last)
    const [rosa] = await businesses(1)
    if (!rosa) throw new Error('nobody')
    const report = await migrateAll(databases, { files: next.all })
    const problem = report.failed[0]?.problem.split('\n') ?? []
    expect(problem).toEqual([
      `${next.file.name}, statement 3 of 4: MariaDB answered 1060`,
      `The statement: ${bad}`,
      'statements 1 to 2 are in place and committed; statement 3 left nothing behind, statement 4 is not there yet.',
      `Business ${rosa.id} stays at version ${next.version - 1} and answers «Estamos actualizando tu negocio».`,
      `Mend the cause and run «smartket migrate --tenant ${rosa.id}»: it goes on with statement 3. If the file itself is wrong, mend it from statement 3 on; what stands before must stay as it is.`,
    ])
    const [row] = await databases.admin
      .select()
      .from(schemaMigrations)
      .where(eq(schemaMigrations.version, next.version))
    expect(row).toMatchObject({ state: 'failed', statementsDone: 2, error: problem.join('\n') })

    const text = (...statements: string[]) => statements.join(';\n--> statement-breakpoint\n')
    const rewritten = parseMigration(next.file.name, text(last, good[1] ?? '', 'select 1'))
    await expect(migrateTenant(databases, rosa, { files: [...shipped, rewritten] })).rejects.toThrow(
      'was changed after it had run',
    )
    const mended = parseMigration(
      next.file.name,
      text(...good, 'alter table notes add column staff_id int', last),
    )
    const ran: number[] = []
    await migrateTenant(databases, rosa, {
      files: [...shipped, mended],
      hook: (step, statement) => void (step === 'before' && ran.push(statement)),
    })
    expect(ran).toEqual([2, 3])
    expect(await versionsOf([rosa])).toEqual([next.version])
  })
})

describe('chosen canaries of whom none can be tried', () => {
  const fails = () => ({
    ...parseMigration('9998_nowhere.sql', 'alter table nowhere add column x int'),
    version: newestVersion() + 1,
  })

  test.each([[[999_999]], [[]]])('hold everybody: %j', async (canaries) => {
    const made = await businesses(2)
    const report = await migrateAll(databases, { files: [...shipped, fails()], canaries })
    expect(report).toMatchObject({ migrated: 0, failed: [] })
    expect(report.held.toSorted()).toEqual(ids(made).toSorted())
  })

  test('also when the only one is being restored', async () => {
    const [canary, other] = await businesses(2)
    if (!canary || !other) throw new Error('two were made')
    const busyUntil = new Date(Date.now() + 60_000)
    await databases.admin.update(tenants).set({ busyUntil }).where(eq(tenants.id, canary.id))
    const report = await migrateAll(databases, { files: [...shipped, fails()], canaries: [canary.id] })
    expect(report).toMatchObject({ migrated: 0, failed: [], held: [other.id], busy: [canary.id] })
  })

  test('but one that an earlier run has brought up to date has passed', async () => {
    const [canary, other] = await businesses(2)
    if (!canary || !other) throw new Error('two were made')
    const file = {
      ...parseMigration('9998_there.sql', 'create table there (id int primary key)'),
      version: newestVersion() + 1,
    }
    const files = [...shipped, file]
    await migrateTenant(databases, canary, { files })
    expect(await migrateAll(databases, { files, canaries: [canary.id] })).toMatchObject({
      ...{ migrated: 1, held: [] },
    })
  })
})
