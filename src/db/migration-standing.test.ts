import { and, eq, gt } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { adoptSchema, ensureCurrent, migrateTenant } from '#src/db/migrate.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import { migrationFiles, newestVersion, parseMigration } from '#src/db/migrations.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { findTenant, type Tenant } from '#src/tenants/queries.ts'
import { claimSpare, makeSpare } from '#src/tenants/spares.ts'
import { testDatabases, testTenant } from '../../tests/support/database.ts'

const shipped = migrationFiles('tenant')
let databases: Databases
beforeAll(async () => {
  databases = await testDatabases()
})

let numbers = 0
const nextFile = (sql: string, header = '-- reads_from: 0.4.0\n') => {
  const version = newestVersion() + ++numbers
  return parseMigration(`${String(version - 1).padStart(4, '0')}_next.sql`, header + sql)
}
const rosa = async () => (await testTenant('Pollería Rosita', databases)).tenant
const again = async (tenant: Tenant) => {
  const found = await findTenant(databases.admin, tenant.id)
  if (!found) throw new Error('it is gone')
  return found
}
const runsOf = (tenant: Tenant) =>
  databases.admin
    .select()
    .from(schemaMigrations)
    .where(and(eq(schemaMigrations.tenantId, tenant.id), gt(schemaMigrations.version, newestVersion())))
/** As often as the databases are asked anything: none of it is allowed in the usual case. */
const untouchable = new Proxy({} as Databases, {
  get: () => {
    throw new Error('a database was asked')
  },
})

test('a business that is current costs no query', async () => {
  expect(await ensureCurrent(untouchable, await rosa())).toBe(true)
})

describe('a business that is behind', () => {
  test('is migrated by the request that needs it, once for all that come meanwhile', async () => {
    const file = nextFile('create table on_demand (id int primary key)')
    const tenant = await rosa()
    const files = [...shipped, file]
    const many = await Promise.all(
      Array.from({ length: 12 }, () => ensureCurrent(databases, tenant, { files, patienceMs: 20_000 })),
    )
    expect(many).toEqual(many.map(() => true))
    expect((await again(tenant)).schemaVersion).toBe(file.version)
    expect(await runsOf(tenant)).toHaveLength(1)
  })

  test('does not keep its people waiting for long, and is done when they come back', async () => {
    const file = nextFile('do sleep(1)')
    const tenant = await rosa()
    const files = [...shipped, file]
    expect(await ensureCurrent(databases, tenant, { files, patienceMs: 50 })).toBe(false)
    expect(await ensureCurrent(databases, tenant, { files, patienceMs: 20_000 })).toBe(true)
    expect((await again(tenant)).schemaVersion).toBe(file.version)
  })

  test('and is being swapped is not touched, by a job either', async () => {
    const file = nextFile('create table during_a_swap (id int primary key)')
    const tenant = await rosa()
    const busyUntil = new Date(Date.now() + 60_000)
    await databases.admin.update(tenants).set({ busyUntil }).where(eq(tenants.id, tenant.id))
    expect(await ensureCurrent(databases, tenant, { files: [...shipped, file] })).toBe(false)
    expect(await runsOf(tenant)).toEqual([])
  })

  test('and cannot be migrated is tried once, told once, and let in as soon as it was mended', async () => {
    const file = nextFile('create table staff (id int primary key)')
    const tenant = await rosa()
    const files = [...shipped, file]
    const told: unknown[] = []
    const ask = () =>
      ensureCurrent(databases, tenant, { files, patienceMs: 20_000, onFailed: (error) => told.push(error) })
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([false, false, false])
    expect(await ask()).toBe(false)
    expect(told).toEqual([expect.objectContaining({ message: expect.stringContaining('answered 1050') })])

    const mended = {
      ...file,
      ...nextFile('create table staff_2 (id int primary key)'),
      version: file.version,
    }
    await migrateTenant(databases, tenant, { files: [...shipped, mended] })
    expect(await ensureCurrent(databases, await again(tenant), { files: [...shipped, mended] })).toBe(true)
  })
})

describe('a business that is ahead', () => {
  const ahead = async (header?: string) => {
    const file = nextFile('create table from_the_future (id int primary key)', header)
    const tenant = await rosa()
    // The versions between are none of ours either.
    const between = Array.from({ length: file.version - newestVersion() - 1 }, (_, i) => ({
      ...parseMigration('0099_between.sql', '-- reads_from: 0.2.0\ndo 1'),
      version: newestVersion() + 1 + i,
    }))
    await migrateTenant(databases, tenant, { files: [...shipped, ...between, file] })
    return again(tenant)
  }

  test('is served by the releases that may read it, and by no older one', async () => {
    const tenant = await ahead()
    expect(tenant.schemaVersion).toBeGreaterThan(newestVersion())
    expect(await ensureCurrent(databases, tenant, { release: '0.3.9' })).toBe(false)
    expect(await ensureCurrent(databases, tenant, { release: '0.4.0' })).toBe(true)
    expect(await ensureCurrent(databases, tenant, { release: '0.10.0' })).toBe(true)
  })

  test('is served by nobody when a migration does not say who may', async () => {
    const tenant = await ahead('')
    expect(await ensureCurrent(databases, tenant, { release: '9.0.0' })).toBe(false)
  })

  test('is served by nobody when nobody wrote down what was done to it', async () => {
    const tenant = await ahead()
    await databases.admin
      .delete(schemaMigrations)
      .where(and(eq(schemaMigrations.tenantId, tenant.id), gt(schemaMigrations.version, newestVersion())))
    expect(await ensureCurrent(databases, tenant, { release: '9.9.9' })).toBe(false)
  })

  test('keeps its version when an older program migrates', async () => {
    const tenant = await ahead()
    await migrateTenant(databases, tenant)
    expect((await again(tenant)).schemaVersion).toBe(tenant.schemaVersion)
  })
})

test('a database that came back from an older copy is behind again, and nothing of it runs twice', async () => {
  const file = nextFile('create table after_the_copy (id int primary key)')
  const tenant = await rosa()
  const files = [...shipped, file]
  await migrateTenant(databases, tenant, { files })
  await databases.provision(async (root) => {
    await root.select(tenant.nombreDb)
    await root.query('drop table after_the_copy')
  })
  await inTransaction(databases.admin, async (tx) => {
    await adoptSchema(tx, tenant.id, newestVersion())
    return { ok: true }
  })
  expect((await again(tenant)).schemaVersion).toBe(newestVersion())
  const ran: string[] = []
  await migrateTenant(databases, tenant, {
    files,
    hook: (step, _, { name }) => void (step === 'before' && ran.push(name)),
  })
  expect(ran).toEqual([file.name])
})

test('a spare whose migration failed, or that a newer release made, is given to nobody', async () => {
  const spare = await makeSpare(databases, () => new Date())
  const set = (schemaVersion: number) =>
    databases.admin.update(tenants).set({ schemaVersion }).where(eq(tenants.id, spare.id))
  const claimAll = () =>
    inTransaction(databases.admin, async (tx) => {
      const claimed: number[] = []
      for (let one = await claimSpare(tx); one; one = await claimSpare(tx)) claimed.push(one.id)
      return { ok: true, claimed }
    })
  for (const version of [newestVersion() - 1, newestVersion() + 1]) {
    await set(version)
    expect((await claimAll()).claimed).not.toContain(spare.id)
  }
  await set(newestVersion())
  expect((await claimAll()).claimed).toContain(spare.id)
})
