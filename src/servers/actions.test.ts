import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { servers, tenants } from '#src/db/admin-schema.ts'
import { type Databases, openDatabases } from '#src/db/databases.ts'
import { ServerUnknown } from '#src/db/errors.ts'
import { fingerprint } from '#src/db/fingerprint.ts'
import { products } from '#src/db/tenant-schema.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { keepSpares, makeSpare } from '#src/tenants/spares.ts'
import { readyTenant, testMasterKey } from '../../tests/support/database.ts'
import { startTestServer } from '../../tests/support/server.ts'
import { type TwoServers, twoServers } from '../../tests/support/two-servers.ts'
import { addServer, changeServer, drainServer } from './actions.ts'
import { listServers, serverStates } from './queries.ts'

const now = new Date('2026-11-23T17:00:00.000Z')
const clock = () => now
let two: TwoServers
let databases: Databases
beforeAll(async () => {
  two = await twoServers({ isAdded: false })
  databases = two.databases
})
afterAll(() => two.stop())
beforeEach(async () => {
  await databases.admin.delete(servers)
  await databases.admin.delete(tenants).where(inArray(tenants.status, ['RESERVA', 'CREANDO']))
  await databases.admin.update(tenants).set({ status: 'BORRADO' })
})

const second = { id: 2, name: 'second', capacity: 5000 }
const add = () => addServer(databases, second, now)
const explain = String

describe('one more server', () => {
  test('takes the next businesses, for it has more room; each finds its own', async () => {
    const rosa = await readyTenant('Pollería Rosita', databases)
    expect(await add()).toEqual({ ok: true })
    const carla = await readyTenant('Bodega Carla', databases)
    expect([rosa.tenant.serverId, carla.tenant.serverId]).toEqual([1, 2])
    await carla.db.update(products).set({ name: 'of Carla' })
    expect(await rosa.db.$count(products, eq(products.name, 'of Carla'))).toBe(0)
    expect(await carla.db.$count(products, eq(products.name, 'of Carla'))).toBe(3)
    expect(await listServers(databases.admin)).toMatchObject([
      { id: 1, name: 'first', status: 'open' },
      { id: 2, name: 'second', status: 'open', used: 1 },
    ])
  })

  test('can be read for copies from the first minute', async () => {
    await add()
    const spare = await makeSpare(databases, clock)
    expect(spare.serverId).toBe(2)
    expect(await fingerprint(databases.copies(2), spare.nombreDb)).toMatchObject({ uid: spare.uid })
  })

  test('is added once, and only with an address that answers', async () => {
    await add()
    expect(await add()).toEqual({ ok: false, problem: 'there' })
    expect(await addServer(databases, { ...second, id: 1 }, now)).toEqual({ ok: false, problem: 'there' })
    expect(await addServer(databases, { ...second, id: 3 }, now)).toEqual({
      ok: false,
      problem: 'no-address',
    })
  })

  test('is not a server that is there already under another number', async () => {
    const first = databases.servers.get(1)
    if (!first) throw new Error('no first server')
    const twice = await openDatabases({
      servers: new Map([
        [1, first],
        [2, first],
      ]),
      masterKey: testMasterKey,
      connections: 2,
    })
    expect(await addServer(twice, second, now)).toEqual({ ok: false, problem: 'same' })
    await twice.close()
  })
})

describe('a server that is away', () => {
  test('stops its own businesses only, and new ones go to the other', async () => {
    const third = await startTestServer()
    const first = databases.servers.get(1)
    if (!first) throw new Error('no first server')
    const open = () =>
      openDatabases({
        servers: new Map([
          [1, first],
          [3, third.address],
        ]),
        masterKey: testMasterKey,
        connections: 6,
      })
    const before = await open()
    const rosa = await readyTenant('Pollería Rosita', before)
    expect(await addServer(before, { id: 3, name: 'third', capacity: 5000 }, now)).toEqual({ ok: true })
    const carla = await readyTenant('Bodega Carla', before)
    expect(carla.tenant.serverId).toBe(3)
    await before.close()
    await third.stop()

    const after = await open()
    expect(await after.tenant(rosa.tenant).select().from(products)).toHaveLength(3)
    await expect(after.tenant(carla.tenant).select().from(products)).rejects.toThrow()
    expect(await makeSpare(after, clock)).toMatchObject({ serverId: 1 })
    expect((await serverStates(after)).map(({ id, state }) => [id, state.kind])).toEqual([
      [1, 'answers'],
      [3, 'silent'],
    ])
    await after.close()
  })

  test('of which nobody told us the address is an error that says what to set', async () => {
    const { tenant } = await readyTenant('Pollería Rosita', databases)
    const lost = () => databases.tenant({ ...tenant, serverId: 9 })
    expect(lost).toThrow(ServerUnknown)
    expect(lost).toThrow('DATABASE_URL_9')
    await expect(databases.provision(async () => {}, 9)).rejects.toThrow('DATABASE_URL_9')
  })
})

test('nothing is made or dropped for a business on a server that is not its own', async () => {
  const { tenant, db } = await readyTenant('Pollería Rosita', databases)
  await expect(databases.provision((root) => root.dropTenant(tenant), 2)).rejects.toThrow('server 1')
  expect(await db.select().from(products)).toHaveLength(3)
})

describe('a server that is drained', () => {
  test('loses its spares and its businesses to the other, and gets no new ones', async () => {
    await add()
    const [rosa, carla] = [
      await readyTenant('Pollería Rosita', databases),
      await readyTenant('Bodega Carla', databases),
    ]
    await keepSpares(databases, 2, clock)
    expect([rosa, carla].map(({ tenant }) => tenant.serverId)).toEqual([2, 2])

    const drained = await drainServer(databases, 2, { clock, explain })
    expect(drained).toMatchObject({ ok: true, failed: [], spares: 2 })
    expect((await listServers(databases.admin)).find(({ id }) => id === 2)).toMatchObject({
      status: 'draining',
      used: 0,
    })
    for (const { tenant } of [rosa, carla]) {
      const moved = await findTenant(databases.admin, tenant.id)
      expect(moved).toMatchObject({ serverId: 1, generation: 2 })
      if (moved) expect(await databases.tenant(moved).select().from(products)).toHaveLength(3)
    }
    expect(await makeSpare(databases, clock)).toMatchObject({ serverId: 1 })

    await changeServer(databases, 2, { status: 'open' }, now)
    expect(await makeSpare(databases, clock)).toMatchObject({ serverId: 2 })
  })

  test('by somebody who drains it while a spare was being made there: the job throws that spare away', async () => {
    await add()
    await makeSpare(databases, clock)
    await changeServer(databases, 2, { status: 'draining' }, now)
    expect(await keepSpares(databases, 1, clock)).toBe(1)
    const ready = await databases.admin.select().from(tenants).where(eq(tenants.status, 'RESERVA'))
    expect(ready.map(({ serverId }) => serverId)).toEqual([1])
  })

  test('a business that cannot go stays where it is, and stops nobody else', async () => {
    await add()
    const [rosa, carla] = [
      await readyTenant('Pollería Rosita', databases),
      await readyTenant('Bodega Carla', databases),
    ]
    await databases.admin.update(tenants).set({ schemaVersion: 1 }).where(eq(tenants.id, rosa.tenant.id))
    const drained = await drainServer(databases, 2, { clock, explain })
    expect(drained).toMatchObject({
      ok: true,
      moved: 1,
      failed: [{ tenantId: rosa.tenant.id, problem: 'behind' }],
    })
    expect(await findTenant(databases.admin, carla.tenant.id)).toMatchObject({ serverId: 1 })
  })

  test('never the last one that is open', async () => {
    expect(await drainServer(databases, 1, { clock, explain })).toEqual({ ok: false, problem: 'last' })
    expect(await drainServer(databases, 8, { clock, explain })).toEqual({ ok: false, problem: 'no-server' })
  })
})

test('with every server called full a sign-up is an error that says so', async () => {
  await changeServer(databases, 1, { status: 'full' }, now)
  await expect(makeSpare(databases, clock)).rejects.toThrow('no database server is open')
})
