import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { shipLogs } from '#src/backups/store/logs/actions.ts'
import { nightsPrefix } from '#src/backups/store/names.ts'
import { sendNights } from '#src/backups/store/sending/actions.ts'
import { adminDatabase, charset } from '#src/db/accounts.ts'
import { tenantKeys, tenants } from '#src/db/admin-schema.ts'
import { migrateAdmin } from '#src/db/migrate.ts'
import {
  type Installation,
  installation,
  livingDb,
  numbersOf,
  sell,
  storeInMemory,
} from '../../../../tests/support/restoring.ts'
import { operatorKey } from '../../../../tests/support/store.ts'
import type { Shop } from '../../../../tests/support/till.ts'
import { type RebuildContext, restoreAll } from './actions.ts'

// Each starts database servers of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const store = storeInMemory()
let old: Installation
let rosa: Shop
let identity: string
beforeAll(async () => {
  old = await installation()
  rosa = await old.shop()
  await sell(rosa)
  await old.night()
  const key = await operatorKey()
  identity = key.identity
  const sending = { store, recipients: [key.recipient], dataFolder: old.dataFolder }
  await sendNights({ ...sending, admin: old.databases.admin, clock: () => new Date() })
  await shipLogs({ ...sending, databases: old.databases })
  // Of these nobody elsewhere knows.
  await sell(rosa)
  await sell(rosa)
})
afterAll(() => old.stop())

const contextOf = (here: Installation): RebuildContext => ({
  ...here.context,
  access: { store, identities: [identity] },
})
const newest = { night: null }

describe('a rebuilding that was cut', () => {
  let fresh: Installation
  beforeEach(async () => {
    fresh = await installation()
  })
  afterEach(() => fresh.stop())

  const firstIdThere = async () => {
    const [row] = (await fresh.databases.provision((root) =>
      root.query(
        `select auto_increment as next from information_schema.tables where table_schema = ? and table_name = 'tenants'`,
        [adminDatabase],
      ),
    )) as { next: number }[]
    return Number(row?.next)
  }
  const isWhole = async () => {
    const { admin } = fresh.databases
    expect(await restoreAll(contextOf(fresh), newest)).toMatchObject({ ok: true, restored: 1, failed: [] })
    expect(await admin.$count(tenantKeys)).toBe(1)
    expect(await firstIdThere()).toBeGreaterThan(rosa.tenant.id)
    expect(await numbersOf(fresh.databases, rosa.tenant.id)).toEqual([1])
    const marks = (await fresh.databases.provision((root) =>
      root.query(`show databases like 'smartket\\_re%'`),
    )) as unknown[]
    expect(marks).toEqual([])
    expect(await restoreAll(contextOf(fresh), newest)).toMatchObject({ ok: false, problem: 'not-empty' })
  }

  test('while the store answered no more, in the midst of the books, goes on with the books', async () => {
    const context = contextOf(fresh)
    // The last list of all is the one that looks for numbers.
    let isLast = false
    const failing = {
      ...store,
      list: async (prefix: string) => {
        if (isLast && prefix === nightsPrefix) throw new Error('503')
        return store.list(prefix)
      },
    }
    const onBooks = vi.spyOn(fresh.databases.admin, 'selectDistinct').mockImplementation(((...args: []) => {
      isLast = true
      onBooks.mockRestore()
      return fresh.databases.admin.selectDistinct(...args)
    }) as never)
    await expect(
      restoreAll({ ...context, access: { ...context.access, store: failing } }, newest),
    ).rejects.toThrow('503')
    await isWhole()
  })

  test('between the tables and the books does both again', async () => {
    const update = vi.spyOn(fresh.databases.admin, 'update').mockImplementationOnce(() => {
      throw new Error('killed')
    })
    await expect(restoreAll(contextOf(fresh), newest)).rejects.toThrow('killed')
    update.mockRestore()
    expect(await fresh.databases.admin.$count(tenants, eq(tenants.status, 'ACTIVO'))).toBe(1)
    await isWhole()
  })

  test('by somebody else who does it already: one at a time', async () => {
    const both = await Promise.all([1, 2].map(() => restoreAll(contextOf(fresh), newest)))
    expect(both.map((one) => (one.ok ? 'done' : one.problem)).toSorted()).toEqual(['done', 'rebuilding'])
  })
})

describe('only the admin database is gone', () => {
  beforeAll(async () => {
    await old.databases.provision(async (root) => {
      await root.query(`drop database ${adminDatabase}`)
      await root.query(`create database ${adminDatabase} ${charset}`)
    })
    await migrateAdmin(old.databases)
  })
  const sold = async () =>
    (await old.databases.provision((root) =>
      root.query(`select number from \`${rosa.tenant.nombreDb}\`.sales order by number`),
    )) as { number: number }[]

  test('nothing is touched, and the living databases are named', async () => {
    const refused = await restoreAll(contextOf(old), newest)
    expect(refused).toMatchObject({ ok: false, problem: 'living' })
    expect(refused).toHaveProperty('detail', expect.stringContaining(rosa.tenant.nombreDb))
    expect(await sold()).toHaveLength(3)
  })

  test('with --adopt Rosa keeps every sale, and Beto sells on', async () => {
    const done = await restoreAll(contextOf(old), { night: null, adopt: true })
    expect(done).toMatchObject({ ok: true, adopted: 1, restored: 0, failed: [] })
    expect(await numbersOf(old.databases, rosa.tenant.id)).toEqual([1, 2, 3])
    expect(await sell(rosa, await livingDb(old.databases, rosa.tenant.id))).toBe('NV01-000004')
  })
})
