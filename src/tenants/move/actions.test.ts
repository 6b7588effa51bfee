import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { restoreLease } from '#src/backups/restore/actions.ts'
import { auditLog, keptDatabases, servers, tenants, workLeases } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { errno, errnoOf, isBusy } from '#src/db/errors.ts'
import { fingerprint } from '#src/db/fingerprint.ts'
import { withLease } from '#src/db/lease.ts'
import { mendDeadSwaps } from '#src/db/swap.ts'
import { products, sales } from '#src/db/tenant-schema.ts'
import { grantSupport } from '#src/support/actions.ts'
import { findTenant } from '#src/tenants/queries.ts'
import type { ReadyTenant } from '../../../tests/support/database.ts'
import { openedShop, sellingIn, type TwoServers, twoServers } from '../../../tests/support/two-servers.ts'
import { moveBack, moveTenant } from './actions.ts'

const now = new Date('2026-11-23T17:00:00.000Z')
const clock = () => now
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
let two: TwoServers
let databases: Databases
beforeAll(async () => {
  two = await twoServers()
  databases = two.databases
})
afterAll(() => two.stop())
afterEach(() => databases.admin.update(servers).set({ status: 'full' }).where(eq(servers.id, 2)))

const current = async (shop: ReadyTenant) => {
  const tenant = await findTenant(databases.admin, shop.tenant.id)
  if (!tenant) throw new Error('the shop is gone')
  return tenant
}
const soldKeys = async (shop: ReadyTenant) => {
  const db = databases.tenant(await current(shop))
  return db.select({ key: sales.requestKey, number: sales.number }).from(sales).orderBy(sales.number)
}
const databasesOn = async (serverId: number, shop: ReadyTenant) => {
  const rows = (await databases.provision(
    (root) =>
      root.query(
        'select schema_name as name from information_schema.schemata where schema_name regexp ? order by 1',
        [`^db_cliente_${shop.tenant.id}(_g[0-9]+)?$`],
      ),
    serverId,
  )) as { name: string }[]
  return rows.map(({ name }) => name)
}
const accountsOn = async (serverId: number, shop: ReadyTenant) => {
  const rows = (await databases.provision(
    (root) =>
      root.query('select user as name from mysql.user where user regexp ? order by user', [
        `^cliente_${shop.tenant.id}(_g[0-9]+)?$`,
      ]),
    serverId,
  )) as { name: string }[]
  return rows.map(({ name }) => name)
}
const kept = (shop: ReadyTenant) =>
  databases.admin
    .select()
    .from(keptDatabases)
    .where(and(eq(keptDatabases.tenantId, shop.tenant.id), isNull(keptDatabases.droppedAt)))
const move = (shop: ReadyTenant, to = 2, more: { inPause?: () => Promise<void> } = {}) =>
  moveTenant(databases, { tenantId: shop.tenant.id, to }, { clock, ...more })

/** All that two tills were answered is there, once, and the numbers of the tickets have no gap. */
async function expectNothingLost(shop: ReadyTenant, answered: readonly string[]) {
  const made = await soldKeys(shop)
  const keys = made.map(({ key }) => key)
  expect(answered.filter((key) => !keys.includes(key))).toEqual([])
  expect(new Set(keys).size).toBe(keys.length)
  expect(made.map(({ number }) => number)).toEqual(made.map((_, i) => i + 1))
}

test('two tills sell all the while, in two processes: nothing is lost, nothing twice, no gap; and back again', async () => {
  const shop = await openedShop(databases)
  const tills = [sellingIn(databases, shop), sellingIn(await two.open(), shop)]
  const soldMore = async (howMany: number) => {
    const before = tills.map((till) => till.sold)
    await expect
      .poll(() => tills.every((till, i) => till.sold >= (before[i] ?? 0) + howMany), { timeout: 20_000 })
      .toBe(true)
  }
  await soldMore(20)
  const moved = await move(shop)
  expect(moved).toMatchObject({ ok: true, from: 1, to: 2, nombreDb: `db_cliente_${shop.tenant.id}_g2` })
  await soldMore(20)
  const back = await moveBack(databases, shop.tenant.id, { clock })
  expect(back).toMatchObject({ ok: true, from: 2, to: 1, nombreDb: `db_cliente_${shop.tenant.id}_g3` })
  await soldMore(20)
  const stopped = await Promise.all(tills.map((till) => till.stop()))
  await expectNothingLost(
    shop,
    stopped.flatMap(({ answered }) => answered),
  )
  expect(await current(shop)).toMatchObject({ generation: 3, serverId: 1 })
}, 60_000)

describe('after a move', () => {
  let shop: ReadyTenant
  beforeAll(async () => {
    shop = await openedShop(databases)
    expect(await move(shop)).toMatchObject({ ok: true })
  })

  test('the old database is kept for 7 days, as it was, and nobody has an account for it', async () => {
    expect(await kept(shop)).toMatchObject(
      [
        {
          nombreDb: `db_cliente_${shop.tenant.id}`,
          generation: 1,
          serverId: 1,
          why: 'move',
          keptUntil: new Date('2026-11-30T17:00:00.000Z'),
        },
      ].map(({ keptUntil: _, ...row }) => row),
    )
    const [row] = await kept(shop)
    const days = ((row?.keptUntil.getTime() ?? 0) - now.getTime()) / 86_400_000
    expect(days).toBeGreaterThanOrEqual(7)
    expect(days).toBeLessThan(7.01)
    expect(await databasesOn(1, shop)).toEqual([`db_cliente_${shop.tenant.id}`])
    expect(await accountsOn(1, shop)).toEqual([])
    expect(await accountsOn(2, shop)).toEqual([`cliente_${shop.tenant.id}_g2`])
    const [was, is] = await Promise.all([
      fingerprint(databases.copies(1), `db_cliente_${shop.tenant.id}`),
      fingerprint(two.second.address, `db_cliente_${shop.tenant.id}_g2`),
    ])
    expect(is.contentHash).toBe(was.contentHash)
  })

  test('whoever still holds the old one is told to come again, and reads nothing there', async () => {
    const error = await shop.db
      .select()
      .from(products)
      .catch((error: unknown) => error)
    expect(errnoOf(error)).toBe(errno.accessDenied)
  })

  test('it stands in the log, and the business is not busy', async () => {
    const lines = await databases.admin.select().from(auditLog).where(eq(auditLog.tenantId, shop.tenant.id))
    expect(lines).toMatchObject([{ act: 'tenant.moved', detail: { from: 1, to: 2 } }])
    const [row] = await databases.admin.select().from(tenants).where(eq(tenants.id, shop.tenant.id))
    expect(row).toMatchObject({ busyUntil: null, busyReason: null, serverId: 2 })
  })

  test('an account of the first server opens nothing on the second', async () => {
    const tenant = await current(shop)
    const error = await databases
      .tenant({ ...tenant, serverId: 1 })
      .select()
      .from(products)
      .catch((error: unknown) => error)
    expect(errnoOf(error)).toBe(errno.accessDenied)
  })
})

describe('refused, and nothing is changed', () => {
  const unchanged = async (shop: ReadyTenant) => {
    expect(await current(shop)).toMatchObject({ generation: 1, serverId: 1, nombreDb: shop.tenant.nombreDb })
    expect(await databasesOn(2, shop)).toEqual([])
    expect(await accountsOn(2, shop)).toEqual([])
    expect(await kept(shop)).toEqual([])
    expect(await shop.db.select().from(products)).toHaveLength(3)
  }

  test('a business that is not there, and servers that are not', async () => {
    const shop = await openedShop(databases)
    expect(await moveTenant(databases, { tenantId: 999_999, to: 2 }, { clock })).toEqual({
      ok: false,
      problem: 'gone',
    })
    expect(await move(shop, 7)).toEqual({ ok: false, problem: 'no-server' })
    expect(await move(shop, 1)).toEqual({ ok: false, problem: 'already-there' })
    await databases.admin.update(servers).set({ status: 'draining' }).where(eq(servers.id, 2))
    expect(await move(shop)).toEqual({ ok: false, problem: 'draining' })
    expect(await moveBack(databases, shop.tenant.id, { clock })).toEqual({
      ok: false,
      problem: 'never-moved',
    })
    await unchanged(shop)
  })

  test('while it is restored, or moved by another process', async () => {
    const shop = await openedShop(databases)
    await withLease(databases.admin, restoreLease(shop.tenant.id), async () => {
      expect(await move(shop)).toEqual({ ok: false, problem: 'held' })
    })
    await unchanged(shop)
  })

  test('a copy that is not equal: it sells on where it was', async () => {
    const shop = await openedShop(databases)
    const spoil = () =>
      databases.provision(
        (root) => root.query(`alter table db_cliente_${shop.tenant.id}_g2.products add column strange int`),
        2,
      ) as Promise<unknown> as Promise<void>
    expect(await move(shop, 2, { inPause: spoil })).toEqual({ ok: false, problem: 'differs' })
    await unchanged(shop)
  })

  test('an error in the pause: it sells on where it was, and the next try succeeds', async () => {
    const shop = await openedShop(databases)
    const fail = () => Promise.reject(new Error('the other server burns'))
    await expect(move(shop, 2, { inPause: fail })).rejects.toThrow('burns')
    await unchanged(shop)
    expect(await move(shop)).toMatchObject({ ok: true })
  })

  test('a pause that lasts until the job lets everybody in again: what is sold then is not left behind', async () => {
    const shop = await openedShop(databases)
    const letIn = async () => {
      await mendDeadSwaps(databases, minutesLater(6))
      await shop.db.update(products).set({ name: 'sold meanwhile' })
    }
    await expect(move(shop, 2, { inPause: letIn })).rejects.toThrow()
    await unchanged(shop)
    expect(await shop.db.$count(products, eq(products.name, 'sold meanwhile'))).toBe(3)
  })

  test('somebody else did something to it in the pause', async () => {
    const shop = await openedShop(databases)
    const close = async () => {
      await databases.admin.update(tenants).set({ schemaVersion: 99 }).where(eq(tenants.id, shop.tenant.id))
    }
    await expect(move(shop, 2, { inPause: close })).rejects.toThrow()
    await unchanged(shop)
  })
})

test('in the pause nobody writes: sales are told that it is busy, and are made afterwards', async () => {
  const shop = await openedShop(databases)
  let inPause: unknown
  const moved = await move(shop, 2, {
    inPause: async () => {
      inPause = await databases
        .tenant(await current(shop))
        .select()
        .from(products)
        .catch((error: unknown) => error)
    },
  })
  expect(moved).toMatchObject({ ok: true })
  expect(isBusy(inPause)).toBe(true)
  expect(
    await databases
      .tenant(await current(shop))
      .select()
      .from(products),
  ).toHaveLength(3)
})

test('support that was let in looks on in the new database, and reads only', async () => {
  const shop = await openedShop(databases)
  const { id: grantId } = await grantSupport(
    databases,
    { tenant: shop.tenant, userId: shop.user.id, address: '10.0.0.1' },
    now,
  )
  expect(await databases.support(shop.tenant, grantId).select().from(products)).toHaveLength(3)
  expect(await move(shop)).toMatchObject({ ok: true })
  const looking = databases.support(await current(shop), grantId)
  expect(await looking.select().from(products)).toHaveLength(3)
  await expect(looking.update(products).set({ name: 'x' })).rejects.toThrow()
})

test('a database of that name which no book knows is left alone', async () => {
  const shop = await openedShop(databases)
  const strange = `db_cliente_${shop.tenant.id}_g2`
  await databases.provision((root) => root.query(`create database ${strange}`), 2)
  expect(await move(shop)).toMatchObject({ ok: true, nombreDb: `db_cliente_${shop.tenant.id}_g3` })
  expect(await databasesOn(2, shop)).toEqual([strange, `db_cliente_${shop.tenant.id}_g3`])
})

test('killed by kill -9 in the pause: it is let in again where it was, and the next move goes through', async () => {
  const shop = await openedShop(databases)
  const mover = join(import.meta.dirname, '../../../tests/support/dying-mover.ts')
  const child = spawn(process.execPath, [mover], { stdio: ['pipe', 'inherit', 'inherit'] })
  child.stdin.end(JSON.stringify({ servers: [...databases.servers], tenantId: shop.tenant.id, now }))
  const signal = await new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  expect(signal).toBe('SIGKILL')

  const locked = await shop.db
    .select()
    .from(products)
    .catch((error: unknown) => error)
  expect(isBusy(locked)).toBe(true)
  expect(await mendDeadSwaps(databases, minutesLater(1))).toEqual([])
  expect(await mendDeadSwaps(databases, minutesLater(6))).toEqual([shop.tenant.id])
  expect(await shop.db.select().from(products)).toHaveLength(3)
  // What it had made stands in the books.
  expect(await kept(shop)).toMatchObject([{ nombreDb: `db_cliente_${shop.tenant.id}_g2`, serverId: 2 }])
  expect(await moveBack(databases, shop.tenant.id, { clock })).toEqual({ ok: false, problem: 'never-moved' })

  expect(await move(shop)).toEqual({ ok: false, problem: 'held' })
  await databases.admin.update(workLeases).set({ leaseUntil: new Date(0) })
  // The next one begins with taking it away, and does not take its number.
  expect(await move(shop)).toMatchObject({ ok: true, nombreDb: `db_cliente_${shop.tenant.id}_g3` })
  expect(await databasesOn(2, shop)).toEqual([`db_cliente_${shop.tenant.id}_g3`])
}, 30_000)
