import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { openCashSession } from '#src/cash/actions.ts'
import { servers } from '#src/db/admin-schema.ts'
import { type Databases, openDatabases } from '#src/db/databases.ts'
import { migrateAdmin } from '#src/db/migrate.ts'
import { charge } from '#src/sales/actions.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { type ReadyTenant, readyTenant, testMasterKey } from './database.ts'
import { startTestServer, type TestServer } from './server.ts'
import { monday, order } from './till.ts'

export type TwoServers = {
  databases: Databases
  /** As another process would. */
  open(): Promise<Databases>
  second: TestServer
  stop(): Promise<void>
}

/** Two database servers of a file's own. The second has an address, and a row only with `isAdded`. */
export async function twoServers({ isAdded = true, binlog = false } = {}): Promise<TwoServers> {
  const [first, second] = await Promise.all([startTestServer({ binlog }), startTestServer({ binlog })])
  const all: Databases[] = []
  const open = async () => {
    const opened = await openDatabases({
      servers: new Map([
        [1, first.address],
        [2, second.address],
      ]),
      masterKey: testMasterKey,
      connections: 12,
    })
    all.push(opened)
    return opened
  }
  const databases = await open()
  await migrateAdmin(databases)
  if (isAdded) {
    // Full: businesses of a test begin on the first one, and are moved.
    const row = { id: 2, name: 'second', status: 'full', capacity: 1000, createdAt: monday } as const
    await databases.admin.insert(servers).values(row)
  }
  return {
    databases,
    open,
    second,
    async stop() {
      await Promise.all(all.map((opened) => opened.close()))
      await Promise.all([first.stop(), second.stop()])
    },
  }
}

/** Rosa's shop with her caja open. */
export async function openedShop(databases: Databases, name?: string): Promise<ReadyTenant> {
  const shop = await readyTenant(name, databases)
  const opening = { requestKey: randomUUID(), registerId: shop.registerId, floatCentimos: 5000 }
  const opened = await openCashSession(shop.db, shop.staff, opening, monday)
  if (!opened.ok) throw new Error(opened.problem)
  return shop
}

/**
 * Beto in a process of his own: as a till does, he sends a sale that got no answer again under its key, and each
 * request looks up anew where his shop is. `stop` tells the keys that were answered.
 */
export function sellingIn(databases: Databases, shop: ReadyTenant) {
  const answered: string[] = []
  let tries = 0
  let isStopped = false
  const sell = async (requestKey: string) => {
    const tenant = await findTenant(databases.admin, shop.tenant.id)
    if (!tenant) throw new Error('the shop is gone')
    const body = { ...order(shop), requestKey }
    // Now: a sale of the future would look like one made in a database that was put aside.
    return charge(databases.tenant(tenant), tenant, shop.staff, body, new Date())
  }
  const running = (async () => {
    while (!isStopped) {
      const key = randomUUID()
      for (let isDone = false; !isDone; ) {
        tries++
        try {
          const charged = await sell(key)
          if (!charged.ok) throw new Error(`refused: ${charged.problem}`)
          isDone = true
        } catch (error) {
          if (error instanceof Error && error.message.startsWith('refused')) throw error
          await pause(20)
        }
      }
      answered.push(key)
      await pause(2)
    }
  })()
  return {
    get sold() {
      return answered.length
    },
    async stop() {
      isStopped = true
      await running
      return { answered, tries }
    },
  }
}
