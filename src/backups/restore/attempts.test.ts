import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { keptDatabases, tenants, workLeases } from '#src/db/admin-schema.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import { products, staff } from '#src/db/tenant-schema.ts'
import {
  dropDatabase,
  type Installation,
  installation,
  livingDb,
  nextSecond,
  numbersOf,
  restored,
  sell,
} from '../../../tests/support/restoring.ts'
import { sellingIn } from '../../../tests/support/two-servers.ts'
import { type RestoreContext, restoreTenant } from './actions.ts'
import type { RestoreStep } from './restore.ts'

// What one attempt leaves for the next, and what a business does while it is restored.
// Each starts database servers of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let here: Installation
beforeAll(async () => {
  here = await installation()
})
afterAll(() => here.stop())

const newest = { from: { kind: 'newest' }, at: null } as const
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1)
const restore = (tenantId: number, wish: Partial<Parameters<typeof restoreTenant>[1]> = {}) =>
  restoreTenant(here.context, { tenantId, ...newest, ...wish })
const drop = (name: string) => dropDatabase(here.databases, name)

/** Done by somebody when the restore comes to that step, and before anything more is done in a database. */
function during(step: RestoreStep, act: () => Promise<unknown>): RestoreContext {
  let done: Promise<unknown> = Promise.resolve()
  return {
    ...here.context,
    databases: {
      ...here.databases,
      provision: async (work, serverId) => {
        await done
        return here.databases.provision(work, serverId)
      },
    },
    onStep(now) {
      if (now === step) done = act()
    },
  }
}

/** Three sales in the restored database, then it is dropped: one command, and all are there. */
async function sellsAndComesBack(shop: Awaited<ReturnType<Installation['shop']>>, soldBefore: number) {
  const { id } = shop.tenant
  const done = restored(await restore(id))
  const db = await livingDb(here.databases, id)
  for (let i = 0; i < 3; i++) await sell(shop, db)
  await drop(done.to.nombreDb)
  const again = restored(await restore(id))
  expect(again.to.generation).toBeGreaterThan(done.to.generation)
  expect(await numbersOf(here.databases, id)).toEqual(upTo(soldBefore + 3))
  const next = String(soldBefore + 4).padStart(6, '0')
  expect(await sell(shop, await livingDb(here.databases, id))).toBe(`NV01-${next}`)
}

describe('a dropped database comes back whole', () => {
  test('also after an attempt that failed', async () => {
    const shop = await here.shop()
    const { id } = shop.tenant
    await sell(shop)
    await here.night([id])
    const failing: RestoreContext = {
      ...here.context,
      onStep: (step) => {
        if (step === 'comparing') throw new Error('the line to the server was cut')
      },
    }
    await expect(restoreTenant(failing, { tenantId: id, ...newest })).rejects.toThrow('was cut')
    await sellsAndComesBack(shop, 1)
  })

  test('also after a file that was typed wrong, of a business of which no night has a copy', async () => {
    const shop = await here.shop()
    await sell(shop)
    const answer = await restore(shop.tenant.id, { from: { kind: 'file', path: '/nope' } })
    expect(answer).toMatchObject({ ok: false })
    await sellsAndComesBack(shop, 1)
  })

  test('also after one that was killed while it was selling, of which nothing is left', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await here.night([id])
    const till = sellingIn(here.databases, shop)
    await expect.poll(() => till.sold, { timeout: 20_000 }).toBeGreaterThan(5)
    const restorer = join(import.meta.dirname, '../../../tests/support/dying-restorer.ts')
    const child = spawn(process.execPath, [restorer], { stdio: ['pipe', 'inherit', 'inherit'] })
    const { dataFolder, address: server } = here
    child.stdin.end(JSON.stringify({ server, dataFolder, tenantId: id, dieAt: 'comparing' }))
    expect(await new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))).toBe('SIGKILL')
    const { answered } = await till.stop()
    await here.databases.admin.update(workLeases).set({ leaseUntil: new Date(0) })
    await sellsAndComesBack(shop, answered.length)
    const left = await here.databases.admin
      .select({ name: keptDatabases.nombreDb })
      .from(keptDatabases)
      .where(and(eq(keptDatabases.tenantId, id), isNull(keptDatabases.droppedAt)))
    // The two that it worked in; what was being made when it was killed is gone.
    expect(left.map(({ name }) => name)).toEqual([nombreDb, `${nombreDb}_g3`])
    const made = `${nombreDb}_g2`
    const there = await here.databases.provision((root) =>
      root.query('select 1 from information_schema.schemata where schema_name = ?', [made]),
    )
    expect(there).toEqual([])
  })
})

describe('no number is given twice', () => {
  test('where a night is taken, and the database of now is gone: the log tells what was sold since', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await sell(shop)
    const { night } = await here.night([id])
    await sell(shop)
    await sell(shop)
    await drop(nombreDb)
    const done = restored(await restore(id, { from: { kind: 'night', night } }))
    expect(done.missing.map((sale) => sale.number)).toEqual(['NV01-000002', 'NV01-000003'])
    expect(done).toMatchObject({ numbersAhead: 0, unknownWhy: null })
    expect(await numbersOf(here.databases, id)).toEqual([1])
    expect(await sell(shop, await livingDb(here.databases, id))).toBe('NV01-000004')
  })

  test('at a time before an earlier restore, and the database of now is gone', async () => {
    const shop = await here.shop()
    const { id } = shop.tenant
    await sell(shop)
    await here.night([id])
    const at = await nextSecond()
    await nextSecond()
    const { to } = restored(await restore(id))
    const db = await livingDb(here.databases, id)
    await sell(shop, db)
    await sell(shop, db)
    await drop(to.nombreDb)
    const done = restored(await restore(id, { at, carry: true }))
    expect(done.missing.map((sale) => sale.number)).toEqual(['NV01-000002', 'NV01-000003'])
    expect(await numbersOf(here.databases, id)).toEqual([1, 2, 3])
    expect(await sell(shop, await livingDb(here.databases, id))).toBe('NV01-000004')
  })

  test('where nobody knows any more what was sold: far ahead, and that is said', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await sell(shop)
    const { night } = await here.night([id])
    await sell(shop)
    await drop(nombreDb)
    await here.databases.provision(async (root) => {
      await root.query('flush binary logs')
      // A log that somebody still reads is not purged, without a word: asked for until it is gone.
      for (let left = 2; left > 1; ) {
        const logs = (await root.query('show binary logs')) as { Log_name: string }[]
        await root.query(`purge binary logs to '${logs.at(-1)?.Log_name}'`)
        left = ((await root.query('show binary logs')) as object[]).length
      }
    })
    const done = restored(await restore(id, { from: { kind: 'night', night } }))
    expect(done).toMatchObject({ missing: [], numbersAhead: 10_000, unknownWhy: { problem: 'log-purged' } })
    expect(await sell(shop, await livingDb(here.databases, id))).toBe('NV01-010002')
  })
})

describe('what a living business does while it is restored', () => {
  for (const step of ['comparing', 'swapping'] as const) {
    test(`is in the new database, also what is no sale, also at the step «${step}»`, async () => {
      const shop = await here.shop()
      const { id, nombreDb } = shop.tenant
      await sell(shop)
      await here.night([id])
      const context = during(step, async () => {
        await sell(shop)
        await shop.db.update(products).set({ priceCentimos: 7777 })
        await shop.db.insert(staff).values({ name: 'Nuria', role: 'cajera', createdAt: new Date() })
      })
      const done = restored(await restoreTenant(context, { tenantId: id, ...newest }))
      expect(done).toMatchObject({ from: { nombreDb }, isOldKept: true, missing: [] })
      const db = await livingDb(here.databases, id)
      const prices = await db.selectDistinct({ price: products.priceCentimos }).from(products)
      expect(prices).toEqual([{ price: 7777 }])
      expect(await db.$count(staff, eq(staff.name, 'Nuria'))).toBe(1)
      expect(await numbersOf(here.databases, id)).toEqual([1, 2])
    })
  }
})

describe('a migration', () => {
  const runs = (id: number) =>
    here.databases.admin.select().from(schemaMigrations).where(eq(schemaMigrations.tenantId, id))
  const startsAnother = async (id: number, state: 'failed' | 'running') => {
    const version = Math.max(...(await runs(id)).map((run) => run.version)) + 1
    await here.databases.admin.insert(schemaMigrations).values({
      ...{ tenantId: id, version, name: '9999_broken.sql', hash: 'x'.repeat(64), statements: 1, state },
      ...{ startedAt: new Date(), leaseUntil: state === 'running' ? new Date(Date.now() + 60_000) : null },
    })
  }

  test('that failed does not keep a dropped database away', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await sell(shop)
    const [before] = await here.databases.admin.select().from(tenants).where(eq(tenants.id, id))
    await startsAnother(id, 'failed')
    await drop(nombreDb)
    restored(await restore(id))
    expect(await numbersOf(here.databases, id)).toEqual([1])
    const [after] = await here.databases.admin.select().from(tenants).where(eq(tenants.id, id))
    expect(after?.schemaVersion).toBe(before?.schemaVersion)
  })

  test('that is at work at this moment is waited for', async () => {
    const shop = await here.shop()
    await startsAnother(shop.tenant.id, 'running')
    expect(await restore(shop.tenant.id)).toMatchObject({ ok: false, problem: 'migrating-now' })
  })
})
