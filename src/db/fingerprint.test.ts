import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Databases } from '#src/db/databases.ts'
import { products } from '#src/db/tenant-schema.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../../tests/support/database.ts'
import { errno, errnoOf } from './errors.ts'
import { fingerprint, openReader } from './fingerprint.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: ReadyTenant

beforeAll(async () => {
  own = await ownDatabases({ binlog: true })
  databases = own.databases
  rosa = await readyTenant('Pollería Rosita', databases)
})
afterAll(() => own.stop())

const look = (database = rosa.tenant.nombreDb) => fingerprint(databases.copies(), database)

test('the same content has the same fingerprint, at a later place of the binary log', async () => {
  const first = await look()
  await readyTenant('Bodega Carla', databases)
  const second = await look()
  expect(second).toEqual({ ...first, position: expect.anything() })
  expect(second.position?.offset).toBeGreaterThan(first.position?.offset ?? Number.POSITIVE_INFINITY)
  expect(first.position?.gtid).toMatch(/^\d+-\d+-\d+$/)
  expect(first.uid).toBe(rosa.tenant.uid)
  expect(first.sales).toEqual({ made: 0, centimos: 0 })
  expect(first.registers).toEqual([{ id: rosa.registerId, made: 0, lastNumber: 0 }])
  expect(first.tables.find(({ name }) => name === 'products')?.rows).toBe(3)
})

test('one price that changed is another content, and put back the same again', async () => {
  const before = await look()
  await rosa.db.update(products).set({ priceCentimos: sql`${products.priceCentimos} + 1` })
  const after = await look()
  expect(after.contentHash).not.toBe(before.contentHash)
  expect(after.definitionsHash).toBe(before.definitionsHash)
  await rosa.db.update(products).set({ priceCentimos: sql`${products.priceCentimos} - 1` })
  expect((await look()).contentHash).toBe(before.contentHash)
})

test.each<[string, string, string]>([
  [
    'a letter that goes from one text to the next',
    "update branches set name = 'Local1', address = '2 de Mayo 120'",
    "update branches set name = 'Local', address = '12 de Mayo 120'",
  ],
  [
    'an empty text in the place of nothing',
    'update branches set address = null',
    "update branches set address = ''",
  ],
  [
    'two values that rows exchange',
    'update products set price_centimos = id * 100 where id < 3',
    'update products set price_centimos = (3 - id) * 100 where id < 3',
  ],
  [
    'a letter that is only larger',
    "update products set name = 'pollo' where id = 1",
    "update products set name = 'Pollo' where id = 1",
  ],
])('%s is another content', async (_what, before, after) => {
  const run = (statement: string) =>
    databases.provision(async (root) => {
      await root.select(rosa.tenant.nombreDb)
      await root.query(statement)
    })
  await run(before)
  const first = await look()
  await run(after)
  expect((await look()).contentHash).not.toBe(first.contentHash)
})

test('an index that no row shows is seen in the definitions', async () => {
  const before = await look()
  await databases.provision(async (root) => {
    await root.select(rosa.tenant.nombreDb)
    await root.query('alter table sales add index by_total (total_centimos)')
  })
  const after = await look()
  expect(after.contentHash).toBe(before.contentHash)
  expect(after.definitionsHash).not.toBe(before.definitionsHash)
})

test('the admin database has one as well, and belongs to no business', async () => {
  const admin = await look('smartket_admin_db')
  expect(admin).toMatchObject({ uid: null, sales: null, registers: [] })
  expect(admin.tables.find(({ name }) => name === 'tenants')?.rows).toBeGreaterThan(0)
})

test('a database that is gone is an error, and the same connection goes on to the next', async () => {
  const reader = await openReader(databases.copies())
  try {
    const gone = await reader.fingerprint('db_cliente_999').catch(errnoOf)
    expect(gone).toBe(errno.noSuchDatabase)
    expect((await reader.fingerprint(rosa.tenant.nombreDb)).uid).toBe(rosa.tenant.uid)
  } finally {
    await reader.close()
  }
})
