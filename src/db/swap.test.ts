import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { charset, databaseName } from '#src/db/accounts.ts'
import { tenants } from '#src/db/admin-schema.ts'
import { TenantUpdating } from '#src/db/errors.ts'
import { migrateTenant } from '#src/db/migrate.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import { migrationFiles, newestVersion, parseMigration } from '#src/db/migrations.ts'
import { mendDeadSwaps, swapDatabase } from '#src/db/swap.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { ownDatabases, testTenant } from '../../tests/support/database.ts'

const now = new Date()
const file = {
  ...parseMigration('9998_more.sql', 'create table more (id int primary key)'),
  version: newestVersion() + 1,
}
const files = [...migrationFiles('tenant'), file]

let own: Awaited<ReturnType<typeof ownDatabases>>
beforeAll(async () => {
  own = await ownDatabases()
})
afterAll(() => own.stop())

/** Another database that is ready to take its place; what is in it is no matter here. */
async function readyToSwap() {
  const { databases } = own
  const { tenant: from } = await testTenant('Pollería Rosita', databases)
  const to: TenantIdentity = { ...from, generation: 2, nombreDb: databaseName(from.id, 2) }
  await databases.provision((root) => root.query(`create database \`${to.nombreDb}\` ${charset}`))
  const swap = (during = async () => {}) =>
    swapDatabase(databases, { from, to, schemaVersion: newestVersion(), why: 'restore', now, during })
  const row = async () => {
    const [found] = await databases.admin.select().from(tenants).where(eq(tenants.id, from.id))
    return found
  }
  return { from, to, swap, row }
}

const runsOf = ({ id }: TenantIdentity) =>
  own.databases.admin.select().from(schemaMigrations).where(eq(schemaMigrations.tenantId, id))

test('a business is not swapped while a migration is at work in it', async () => {
  const { from, swap, row } = await readyToSwap()
  const { promise: isThere, resolve: arrive } = Promise.withResolvers<void>()
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const migrating = migrateTenant(own.databases, from, {
    files,
    hook: async (step) => {
      if (step !== 'before') return
      arrive()
      await gate
    },
  })
  await isThere
  expect(await swap()).toEqual({ ok: false, problem: 'changed' })
  expect(await row()).toMatchObject({ generation: 1, busyUntil: null })
  open()
  await migrating
  expect(await row()).toMatchObject({ generation: 1, schemaVersion: file.version })
})

test('and is not migrated while it is being swapped', async () => {
  const { from, swap, row } = await readyToSwap()
  const swapped = await swap(async () => {
    await expect(migrateTenant(own.databases, from, { files })).rejects.toThrow(TenantUpdating)
  })
  expect(swapped).toMatchObject({ ok: true })
  expect(await row()).toMatchObject({ generation: 2, schemaVersion: newestVersion() })
  expect((await runsOf(from)).map(({ version }) => version)).not.toContain(file.version)
})

test('a run that stalled in the database that was left raises no version of the new one', async () => {
  const { from, swap, row } = await readyToSwap()
  const migrating = migrateTenant(own.databases, from, {
    files,
    hook: async (step) => {
      if (step !== 'after') return
      // Silent for so long that it counts as dead.
      const past = new Date(Date.now() - 60_000)
      await own.databases.admin
        .update(schemaMigrations)
        .set({ leaseUntil: past })
        .where(eq(schemaMigrations.version, file.version))
      expect(await swap()).toMatchObject({ ok: true })
    },
  })
  await expect(migrating).rejects.toThrow('took over')
  expect(await row()).toMatchObject({ generation: 2, schemaVersion: newestVersion() })
})

test('a server that does not answer keeps nobody waiting but its own', async () => {
  const { admin, provision } = own.databases
  const [one, other] = [await readyToSwap(), await readyToSwap()]
  const busyUntil = new Date(now.getTime() - 600_000)
  for (const { from } of [one, other])
    await admin.update(tenants).set({ busyUntil, busyReason: 'restore' }).where(eq(tenants.id, from.id))
  const down: typeof own.databases = {
    ...own.databases,
    provision: (work, serverId) =>
      serverId === 9 ? Promise.reject(new Error('ECONNREFUSED')) : provision(work, serverId),
  }
  await admin.update(tenants).set({ serverId: 9 }).where(eq(tenants.id, one.from.id))
  await expect(mendDeadSwaps(down, now)).rejects.toThrow(`business ${one.from.id}`)
  expect(await one.row()).toMatchObject({ busyReason: 'restore' })
  expect(await other.row()).toMatchObject({ busyUntil: null, busyReason: null })
})
