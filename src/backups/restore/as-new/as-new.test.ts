import { desc } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { servers, tenants } from '#src/db/admin-schema.ts'
import { type Installation, installation, numbersOf, sell } from '../../../../tests/support/restoring.ts'
import { restoreAsNew } from './actions.ts'

// Starts a database server of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let here: Installation
beforeAll(async () => {
  here = await installation()
})
afterAll(() => here.stop())
afterEach(() => vi.restoreAllMocks())

const asNew = (tenantId: number, ownerEmail: string) =>
  restoreAsNew(here.context, { tenantId, from: { kind: 'newest' }, at: null, ownerEmail })

test('a COMMIT whose answer was lost leaves the business that it made', async () => {
  const shop = await here.shop()
  await sell(shop)
  const { admin } = here.databases
  const transaction = admin.transaction.bind(admin)
  let times = 0
  vi.spyOn(admin, 'transaction').mockImplementation((async (...args: Parameters<typeof transaction>) => {
    const value = await transaction(...args)
    // The first makes its row, the second hands it over.
    if (++times === 2) throw new Error('the answer was lost')
    return value
  }) as typeof admin.transaction)
  await expect(asNew(shop.tenant.id, 'carla@example.pe')).rejects.toThrow('the answer was lost')
  const [made] = await admin.select().from(tenants).orderBy(desc(tenants.id)).limit(1)
  if (!made) throw new Error('no row')
  expect(made).toMatchObject({ status: 'ACTIVO', generation: 1 })
  expect(made.id).toBeGreaterThan(shop.tenant.id)
  expect(await numbersOf(here.databases, made.id)).toEqual([1])
})

test('where no server is open for another business, none is made', async () => {
  const shop = await here.shop()
  await sell(shop)
  const closed = { name: 'first', status: 'draining', capacity: 10, createdAt: new Date() } as const
  await here.databases.admin
    .insert(servers)
    .values({ id: 1, ...closed })
    .onDuplicateKeyUpdate({ set: closed })
  expect(await asNew(shop.tenant.id, 'beto@example.pe')).toEqual({ ok: false, problem: 'no-room' })
})
