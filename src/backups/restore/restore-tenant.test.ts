import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { charset } from '#src/db/accounts.ts'
import { keptDatabases, tenants } from '#src/db/admin-schema.ts'
import { fingerprint } from '#src/db/fingerprint.ts'
import { migrationFiles } from '#src/db/migrations.ts'
import { products } from '#src/db/tenant-schema.ts'
import {
  type Installation,
  installation,
  livingDb,
  nextSecond,
  numbersOf,
  restored,
  sell,
} from '../../../tests/support/restoring.ts'
import { restoreTenant } from './actions.ts'
import { catchUp } from './filling/actions.ts'

// Each starts database servers of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let here: Installation
beforeAll(async () => {
  here = await installation()
})
afterAll(() => here.stop())

const newest = { from: { kind: 'newest' }, at: null } as const
const dropDatabase = (name: string) =>
  here.databases.provision((root) => root.query(`drop database \`${name}\``))
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1)

describe('DROP DATABASE in the middle of the service', () => {
  test('one command brings it back to the last sale that the log holds', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await sell(shop)
    await here.night([id])
    await sell(shop)
    await sell(shop)
    await dropDatabase(nombreDb)
    const done = restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
    expect(done.to).toMatchObject({ generation: 2, nombreDb: `db_cliente_${id}_g2` })
    expect(await numbersOf(here.databases, id)).toEqual([1, 2, 3])
    expect(await sell(shop, await livingDb(here.databases, id))).toBe('NV01-000004')
  })

  test('also a business of today, of which no night has a copy', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await sell(shop)
    await sell(shop)
    await dropDatabase(nombreDb)
    restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
    expect(await numbersOf(here.databases, id)).toEqual([1, 2])
  })

  test('and again, after it was restored once already', async () => {
    const shop = await here.shop()
    const { id } = shop.tenant
    await sell(shop)
    await here.night([id])
    const once = restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
    await sell(shop, await livingDb(here.databases, id))
    await dropDatabase(once.to.nombreDb)
    const twice = restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
    expect(twice.to.generation).toBe(3)
    expect(await numbersOf(here.databases, id)).toEqual([1, 2])
  })
})

describe('what a migration changed', () => {
  test('since the copy comes from the log as well', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await here.night([id])
    await here.databases.provision(async (root) => {
      // As migrations do: the database is selected, and its name stands in no statement.
      await root.select(nombreDb)
      await root.query(`alter table products add column aroma varchar(20) default 'leña'`)
    })
    await sell(shop)
    await dropDatabase(nombreDb)
    const { to } = restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
    const rows = await here.databases.provision((root) =>
      root.query(`select distinct aroma from \`${to.nombreDb}\`.products`),
    )
    expect(rows).toEqual([{ aroma: 'leña' }])
    expect(await numbersOf(here.databases, id)).toEqual([1])
  })

  test('since an older copy is done to it again, and it is then like any other', async () => {
    const shop = await here.shop()
    const newestVersion = migrationFiles('tenant').at(-1)?.version ?? 0
    const database = `db_cliente_${shop.tenant.id}_g9`
    await here.databases.provision(async (root) => {
      await root.query(`create database \`${database}\` ${charset}`)
      await catchUp(root, database, { from: 0, to: newestVersion - 1 })
      await catchUp(root, database, { from: newestVersion - 1, to: newestVersion })
    })
    const [is, should] = await Promise.all([
      fingerprint(here.databases.copies(), database),
      fingerprint(here.databases.copies(), shop.tenant.nombreDb),
    ])
    expect(is.definitionsHash).toBe(should.definitionsHash)
  })
})

describe('to the second', () => {
  test('what was done from that second on is not there, its sales are listed, and no number comes twice', async () => {
    const shop = await here.shop()
    const { id } = shop.tenant
    await sell(shop)
    await here.night([id])
    await sell(shop)
    const at = await nextSecond()
    await shop.db.delete(products).where(eq(products.id, shop.products.whole))
    await sell(shop)
    const done = restored(await restoreTenant(here.context, { tenantId: id, from: { kind: 'newest' }, at }))
    expect(done.missing.map((sale) => [sale.number, sale.totalCentimos, sale.staffName])).toEqual([
      ['NV01-000003', 3000, 'Beto'],
    ])
    const db = await livingDb(here.databases, id)
    expect(await db.$count(products, eq(products.name, 'Pollo entero'))).toBe(1)
    expect(await numbersOf(here.databases, id)).toEqual([1, 2])
    expect(await sell(shop, db)).toBe('NV01-000004')
  })

  test('with its sales carried over', async () => {
    const shop = await here.shop()
    const { id } = shop.tenant
    await here.night([id])
    await sell(shop)
    const at = await nextSecond()
    await sell(shop)
    const done = restored(
      await restoreTenant(here.context, { tenantId: id, from: { kind: 'newest' }, at, carry: true }),
    )
    expect(done.carried.carried).toHaveLength(1)
    expect(await numbersOf(here.databases, id)).toEqual(upTo(2))
  })

  test('of a database that is gone, the log tells what was sold after that second', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await sell(shop)
    await here.night([id])
    const at = await nextSecond()
    await sell(shop)
    await dropDatabase(nombreDb)
    const done = restored(await restoreTenant(here.context, { tenantId: id, from: { kind: 'newest' }, at }))
    expect(done.missing.map((sale) => sale.number)).toEqual(['NV01-000002'])
    expect(await numbersOf(here.databases, id)).toEqual([1])
    expect(await sell(shop, await livingDb(here.databases, id))).toBe('NV01-000003')
  })
})

test('a night as it was; what is not in it stays in the database of before, for 7 days', async () => {
  const shop = await here.shop()
  const { id, nombreDb } = shop.tenant
  await sell(shop)
  const { night } = await here.night([id])
  await sell(shop)
  const done = restored(
    await restoreTenant(here.context, { tenantId: id, from: { kind: 'night', night }, at: null }),
  )
  expect(await numbersOf(here.databases, id)).toEqual([1])
  expect(done.missing).toHaveLength(1)
  const kept = await here.databases.admin.select().from(keptDatabases).where(eq(keptDatabases.tenantId, id))
  expect(kept).toMatchObject([{ nombreDb, generation: 1, why: 'restore', droppedAt: null }])
  const [row] = kept
  expect((row?.keptUntil.getTime() ?? 0) - (row?.keptAt.getTime() ?? 0)).toBe(7 * 86_400_000)
  const [tenant] = await here.databases.admin.select().from(tenants).where(eq(tenants.id, id))
  expect(tenant).toMatchObject({ nombreDb: `db_cliente_${id}_g2`, generation: 2, busyUntil: null })
})
