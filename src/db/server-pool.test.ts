import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Account, tenantAccount } from '#src/db/accounts.ts'
import { DatabaseBusy, isBusy } from '#src/db/errors.ts'
import { drizzleOn } from '#src/db/handles.ts'
import { type PoolOptions, ServerPool } from '#src/db/server-pool.ts'
import { tenantClient } from '#src/db/tenant-client.ts'
import { testDatabases, testMasterKey, testTenant } from '../../tests/support/database.ts'

let rosa: Account
let carla: Account
beforeAll(async () => {
  rosa = tenantAccount(testMasterKey, (await testTenant('Pollería Rosita')).tenant)
  carla = tenantAccount(testMasterKey, (await testTenant('Bodega Carla')).tenant)
})

const pools: ServerPool[] = []
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())))
function poolOf(options: Partial<PoolOptions>): ServerPool {
  const pool = new ServerPool({
    server: inject('testServer'),
    connections: 2,
    perAccount: 2,
    waitMs: 60,
    ...options,
  })
  pools.push(pool)
  return pool
}
const whoIs = async (connection: { query(text: string): Promise<unknown> }) => {
  const [rows] = (await connection.query('select current_user() as user, database() as name')) as [unknown[]]
  return rows[0]
}
const back = { reset: false }

describe('connections to one server', () => {
  test('go back to whom they served last', async () => {
    const pool = poolOf({})
    const first = await pool.borrow(rosa)
    await first.release(back)
    const again = await pool.borrow(rosa)
    expect(again.connection).toBe(first.connection)
    expect(pool.stats).toMatchObject({ connects: 1, switches: 0 })
    await again.release(back)
  })

  test('are switched to the account of whom they serve now', async () => {
    const pool = poolOf({ connections: 1 })
    for (const account of [rosa, carla, rosa]) {
      const loan = await pool.borrow(account)
      expect(await whoIs(loan.connection)).toEqual({ user: `${account.user}@%`, name: account.database })
      await loan.release(back)
    }
    expect(pool.stats).toMatchObject({ connects: 1, switches: 2 })
  })

  test('that could not be switched are destroyed: they are still the other business', async () => {
    const pool = poolOf({ connections: 1 })
    const loan = await pool.borrow(rosa)
    await loan.release(back)
    await expect(pool.borrow({ ...carla, password: 'wrong' })).rejects.toThrow()
    expect(pool.stats.destroyed).toBe(1)
    const next = await pool.borrow(carla)
    expect(await whoIs(next.connection)).toMatchObject({ name: carla.database })
    await next.release(back)
  })

  test('that died while nobody used them are replaced without an error', async () => {
    const pool = poolOf({ connections: 1, waitMs: 2000, pingAfterMs: -1 })
    const loan = await pool.borrow(rosa)
    const { threadId } = loan.connection
    await loan.release(back)
    const databases = await testDatabases()
    await databases.provision((root) => root.query(`kill ${threadId}`))
    const next = await pool.borrow(rosa)
    expect(await whoIs(next.connection)).toMatchObject({ name: rosa.database })
    expect(pool.stats.destroyed).toBe(1)
    await next.release(back)
  })
})

describe('a busy server', () => {
  test('tells who waited too long that it is busy, and serves who comes next', async () => {
    const pool = poolOf({ connections: 1 })
    const loan = await pool.borrow(rosa)
    await expect(pool.borrow(carla)).rejects.toThrow(DatabaseBusy)
    expect(pool.stats.timeouts).toBe(1)
    await loan.release(back)
    await (await pool.borrow(carla)).release(back)
  })

  test('is known as busy through drizzle too', async () => {
    const pool = poolOf({ connections: 1 })
    const loan = await pool.borrow(rosa)
    const db = drizzleOn(tenantClient(pool, carla))
    await expect(db.execute('select 1')).rejects.toSatisfy(isBusy)
    await loan.release(back)
  })

  test('gives one business no more than its share, so that the others still sell', async () => {
    const pool = poolOf({ connections: 3, perAccount: 2, waitMs: 2000 })
    const loans = [await pool.borrow(rosa), await pool.borrow(rosa)]
    let third = false
    const waiting = pool.borrow(rosa).then((loan) => {
      third = true
      return loan
    })
    await (await pool.borrow(carla)).release(back)
    expect(third).toBe(false)
    await loans[0]?.release(back)
    await (await waiting).release(back)
    await loans[1]?.release(back)
  })

  test('that allows this account no more connections now is asked again, not answered with an error', async () => {
    const databases = await testDatabases()
    const dora = tenantAccount(testMasterKey, (await testTenant('Chifa Dora')).tenant)
    await databases.provision((root) =>
      root.query(`alter user ?@'%' with max_user_connections 1`, [dora.user]),
    )
    const others = poolOf({})
    const loan = await others.borrow(dora)
    const pool = poolOf({ waitMs: 3000 })
    const waiting = pool.borrow(dora)
    await expect.poll(() => pool.stats.connects).toBeGreaterThan(1)
    await others.close()
    await loan.release(back)
    await (await waiting).release(back)
  })
})

describe('a transaction that cannot begin', () => {
  test.each(['begin', 'set transaction isolation level'])(
    '(%s fails) gives its connection back',
    async (statement) => {
      const pool = poolOf({ connections: 1, waitMs: 1000 })
      const client = tenantClient(pool, rosa)
      const connection = await client.getConnection()
      await expect(connection.query(`${statement} nonsense`)).rejects.toThrow()
      await (await pool.borrow(carla)).release(back)
    },
  )
})
