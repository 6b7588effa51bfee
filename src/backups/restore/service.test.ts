import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { auditLog, keptDatabases, memberships, tenants, workLeases } from '#src/db/admin-schema.ts'
import { errnoOf, isBusy } from '#src/db/errors.ts'
import { withLease } from '#src/db/lease.ts'
import { mendDeadSwaps } from '#src/db/swap.ts'
import { business, products, sales, staff } from '#src/db/tenant-schema.ts'
import { findTenant } from '#src/tenants/queries.ts'
import {
  type Installation,
  installation,
  livingDb,
  nextSecond,
  numbersOf,
  restored,
  sell,
} from '../../../tests/support/restoring.ts'
import type { Shop } from '../../../tests/support/till.ts'
import { sellingIn } from '../../../tests/support/two-servers.ts'
import { restoreLease, restoreTenant } from './actions.ts'
import { restoreAsNew } from './as-new/actions.ts'
import { goBack } from './back/actions.ts'
import { sweepKept } from './kept/actions.ts'
import { lookInto } from './look/queries.ts'
import { localCopies } from './queries.ts'

// Each starts database servers of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let here: Installation
beforeAll(async () => {
  here = await installation()
})
afterAll(() => here.stop())

const newest = { from: { kind: 'newest' }, at: null } as const
const daysLater = (days: number) => new Date(Date.now() + days * 86_400_000)
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1)
const databaseNames = async (id: number) =>
  (
    (await here.databases.provision((root) =>
      root.query(
        'select schema_name as name from information_schema.schemata where schema_name regexp ? order by 1',
        [`^db_cliente_${id}(_g[0-9]+)?$`],
      ),
    )) as { name: string }[]
  ).map(({ name }) => name)

test('two processes sell during the swap: what was answered is there once, and no number twice', async () => {
  const shop = await here.shop()
  const { id } = shop.tenant
  await here.night([id])
  const tills = [sellingIn(here.databases, shop), sellingIn(await here.open(), shop)]
  const soldMore = async (howMany: number) => {
    const before = tills.map((till) => till.sold)
    await expect
      .poll(() => tills.every((till, i) => till.sold >= (before[i] ?? 0) + howMany), { timeout: 20_000 })
      .toBe(true)
  }
  await soldMore(10)
  const done = restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
  await soldMore(10)
  const answered = (await Promise.all(tills.map((till) => till.stop()))).flatMap((till) => till.answered)
  // Sold while the database was being filled: the end of the log, read in the pause, has it.
  expect(done.changesReplayed).toBeGreaterThan(0)
  expect(done.missing).toEqual([])
  const keys = (await (await livingDb(here.databases, id)).select({ key: sales.requestKey }).from(sales)).map(
    ({ key }) => key,
  )
  expect(answered.filter((key) => !keys.includes(key))).toEqual([])
  expect(await numbersOf(here.databases, id)).toEqual(upTo(keys.length))
}, 60_000)

describe('the account of before', () => {
  test('opens nothing any more, also for a process that still holds it', async () => {
    const shop = await here.shop()
    const { id } = shop.tenant
    await here.night([id])
    restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
    const error: unknown = await shop.db
      .select()
      .from(products)
      .catch((error: unknown) => error)
    expect(errnoOf(error)).toBe(1045)
  })
})

describe('nothing is swapped', () => {
  const tampered = async (change: (bytes: Buffer) => Buffer) => {
    const shop = await here.shop()
    const { id } = shop.tenant
    await sell(shop)
    const { night } = await here.night([id])
    const path = localCopies(here.dataFolder, id)[0]?.path ?? ''
    writeFileSync(path, change(readFileSync(path)))
    const answer = await restoreTenant(here.context, {
      tenantId: id,
      from: { kind: 'night', night },
      at: null,
    })
    expect(await databaseNames(id)).toEqual([`db_cliente_${id}`])
    const notDropped = and(eq(keptDatabases.tenantId, id), isNull(keptDatabases.droppedAt))
    expect(await here.databases.admin.$count(keptDatabases, notDropped)).toBe(0)
    expect(await sell(shop, await livingDb(here.databases, id))).toBe('NV01-000002')
    return answer
  }

  test('from a copy that was tampered with', async () => {
    const flipped = await tampered((bytes) => {
      bytes.writeUInt8((bytes.at(-20) ?? 0) ^ 1, bytes.length - 20)
      return bytes
    })
    expect(flipped).toMatchObject({ ok: false })
  })

  test('from half a copy', async () => {
    expect(await tampered((bytes) => bytes.subarray(0, bytes.length / 2))).toMatchObject({
      ok: false,
      problem: 'truncated',
    })
  })

  test("from another business's file", async () => {
    const [rosa, carla] = [await here.shop(), await here.shop('Bodega Carla')]
    await here.night([carla.tenant.id])
    const path = localCopies(here.dataFolder, carla.tenant.id)[0]?.path ?? ''
    const answer = await restoreTenant(here.context, {
      tenantId: rosa.tenant.id,
      from: { kind: 'file', path },
      at: null,
    })
    expect(answer).toMatchObject({ ok: false, problem: 'foreign' })
    expect(await databaseNames(rosa.tenant.id)).toEqual([`db_cliente_${rosa.tenant.id}`])
  })

  test('onto a disk that is full', async () => {
    const shop = await here.shop()
    await here.night([shop.tenant.id])
    const full = { ...here.context, space: async () => ({ freeBytes: 4e9, totalBytes: 100e9 }) }
    expect(await restoreTenant(full, { tenantId: shop.tenant.id, ...newest })).toMatchObject({
      problem: 'no-space',
    })
    expect(await databaseNames(shop.tenant.id)).toEqual([shop.tenant.nombreDb])
  })

  test('while somebody else restores the same business', async () => {
    const shop = await here.shop()
    const { id } = shop.tenant
    const held = await withLease(here.databases.admin, restoreLease(id), () =>
      restoreTenant(here.context, { tenantId: id, ...newest }),
    )
    expect(held).toEqual({ ok: true, value: { ok: false, problem: 'held' } })
  })

  test('to a time that is still to come, nor from before the first copy', async () => {
    const shop = await here.shop()
    await here.night([shop.tenant.id])
    const back = (at: Date) =>
      restoreTenant(here.context, { tenantId: shop.tenant.id, from: { kind: 'newest' }, at })
    expect(await back(daysLater(1))).toMatchObject({ ok: false, problem: 'future' })
    expect(await back(new Date('2020-01-01T00:00:00Z'))).toMatchObject({ ok: false })
    expect(await databaseNames(shop.tenant.id)).toEqual([`db_cliente_${shop.tenant.id}`])
  })
})

describe('killed by kill -9', () => {
  const killedAt = async (shop: Shop, dieAt: string) => {
    const restorer = join(import.meta.dirname, '../../../tests/support/dying-restorer.ts')
    const child = spawn(process.execPath, [restorer], { stdio: ['pipe', 'inherit', 'inherit'] })
    const { dataFolder, address: server } = here
    child.stdin.end(JSON.stringify({ server, dataFolder, tenantId: shop.tenant.id, dieAt }))
    const signal = await new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
    expect(signal).toBe('SIGKILL')
    expect(await restoreTenant(here.context, { tenantId: shop.tenant.id, ...newest })).toMatchObject({
      problem: 'held',
    })
    await here.databases.admin.update(workLeases).set({ leaseUntil: new Date(0) })
  }

  test('before the swap: the business has noticed nothing, and the next restore takes away what was left', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await here.night([id])
    await killedAt(shop, 'swapping')
    expect(await databaseNames(id)).toEqual([nombreDb, `${nombreDb}_g2`])
    expect(await sell(shop)).toBe('NV01-000001')
    restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
    // The number of what died is not given again: the log knows databases by their names.
    expect(await databaseNames(id)).toEqual([nombreDb, `${nombreDb}_g3`])
    expect(await numbersOf(here.databases, id)).toEqual([1])
  })

  test('in the pause: it is let in again where it was, after five minutes', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await here.night([id])
    await killedAt(shop, 'pause')
    await expect(sell(shop)).rejects.toSatisfy(isBusy)
    const minutesLater = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    expect(await mendDeadSwaps(here.databases, minutesLater(1))).toEqual([])
    expect(await mendDeadSwaps(here.databases, minutesLater(6))).toEqual([id])
    expect(await sell(shop)).toBe('NV01-000001')
    expect(await findTenant(here.databases.admin, id)).toMatchObject({ nombreDb, generation: 1 })
  })
})

test('back again, with everything that was sold since', async () => {
  const shop = await here.shop()
  const { id, nombreDb } = shop.tenant
  await sell(shop)
  const { night } = await here.night([id])
  await sell(shop)
  restored(await restoreTenant(here.context, { tenantId: id, from: { kind: 'night', night }, at: null }))
  expect(await sell(shop, await livingDb(here.databases, id))).toBe('NV01-000003')
  const back = await goBack(here.context, { tenantId: id })
  expect(back).toMatchObject({ ok: true, to: { nombreDb, generation: 3 } })
  expect(await numbersOf(here.databases, id)).toEqual([1, 2, 3])
  expect(await sell(shop, await livingDb(here.databases, id))).toBe('NV01-000004')
  // It is in use again, whatever the books said of it.
  expect((await sweepKept(here.databases, daysLater(8))).dropped).not.toContain(nombreDb)
  await here.databases.provision((root) => root.query(`drop database \`${nombreDb}\``))
  restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
  expect(await numbersOf(here.databases, id)).toEqual([1, 2, 3, 4])
})

describe('the database of before', () => {
  const kept = (id: number) =>
    here.databases.admin
      .select()
      .from(keptDatabases)
      .where(and(eq(keptDatabases.tenantId, id), isNull(keptDatabases.droppedAt)))

  test('is dropped after 7 days, and not before', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    await here.night([id])
    const { to } = restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
    expect((await sweepKept(here.databases, daysLater(6.9))).dropped).not.toContain(nombreDb)
    expect((await sweepKept(here.databases, daysLater(7.1))).dropped).toContain(nombreDb)
    expect(await databaseNames(id)).toEqual([to.nombreDb])
    expect(await kept(id)).toEqual([])
    expect(await sell(shop, await livingDb(here.databases, id))).toBe('NV01-000001')
  })

  test('stays where something was sold in it since: then the books are wrong, not the database', async () => {
    const shop = await here.shop()
    const { id, nombreDb } = shop.tenant
    const keptAt = new Date(Date.now() - 60_000)
    await sell(shop)
    await here.databases.admin.insert(keptDatabases).values({
      ...{ tenantId: id, nombreDb, generation: 1, serverId: 1, why: 'restore', keptAt, keptUntil: keptAt },
    })
    await here.databases.admin
      .update(tenants)
      .set({ nombreDb: `elsewnotDropped${id}` })
      .where(eq(tenants.id, id))
    const report = await sweepKept(here.databases, daysLater(8))
    expect(report.left).toContainEqual({ database: nombreDb, why: 'sold-since' })
    expect(await databaseNames(id)).toEqual([nombreDb])
    await here.databases.admin.delete(keptDatabases).where(eq(keptDatabases.tenantId, id))
    await here.databases.admin.update(tenants).set({ nombreDb }).where(eq(tenants.id, id))
  })
})

describe('as another business', () => {
  test('another number, another uid, its owner by e-mail, and nobody of the old one', async () => {
    const shop = await here.shop()
    const { id, uid } = shop.tenant
    await sell(shop)
    await shop.db.update(staff).set({ pinHash: 'argon2id$of-the-old-uid' }).where(eq(staff.id, shop.beto.id))
    await here.night([id])
    const made = await restoreAsNew(here.context, {
      tenantId: id,
      ...newest,
      ownerEmail: 'carmen@example.test',
    })
    if (!made.ok) throw new Error(made.problem)
    expect(made.tenant.id).toBeGreaterThan(id)
    expect(made.tenant.uid).not.toBe(uid)
    const db = await livingDb(here.databases, made.tenant.id)
    expect(await db.select({ uid: business.uid }).from(business)).toEqual([{ uid: made.tenant.uid }])
    expect(await db.$count(sales)).toBe(1)
    expect(await db.$count(staff, isNull(staff.pinHash))).toBe(2)
    const people = await here.databases.admin
      .select()
      .from(memberships)
      .where(eq(memberships.tenantId, made.tenant.id))
    expect(people).toMatchObject([{ staffId: 1 }])
    expect(people[0]?.userId).not.toBe(shop.user.id)
    expect(await sell(shop)).toBe('NV01-000002')
  })

  test('an e-mail that enters another business enters no second one', async () => {
    const shop = await here.shop()
    await here.night([shop.tenant.id])
    const answer = await restoreAsNew(here.context, {
      tenantId: shop.tenant.id,
      ...newest,
      ownerEmail: shop.user.email,
    })
    expect(answer).toEqual({ ok: false, problem: 'owner-taken' })
  })
})

test('one deleted product is looked at as it was, and nothing is swapped', async () => {
  const shop = await here.shop()
  const { id } = shop.tenant
  await here.night([id])
  const at = await nextSecond()
  await shop.db.delete(products).where(eq(products.id, shop.products.whole))
  await shop.db.update(products).set({ priceCentimos: 1600 }).where(eq(products.id, shop.products.quarter))
  const what = { kind: 'product', text: 'pollo' } as const
  const seen = await lookInto(here.context, { tenantId: id, from: { kind: 'newest' }, at, what, limit: 10 })
  if (!seen.ok || !('rows' in seen)) throw new Error(JSON.stringify(seen))
  expect(seen.rows.map(({ name, price_centimos, today }) => [name, price_centimos, today])).toEqual([
    ['1/4 pollo', 1500, 'costs 1600 céntimos'],
    ['Pollo entero', 5800, 'gone'],
  ])
  const people = await lookInto(here.context, {
    ...{ tenantId: id, from: { kind: 'newest' }, at, limit: 10 },
    what: { kind: 'table', name: 'staff', text: 'Beto' },
  })
  expect(people).toMatchObject({ ok: true, rows: [{ name: 'Beto' }] })
  expect(JSON.stringify(people)).not.toContain('pin_hash')
  expect(await databaseNames(id)).toEqual([`db_cliente_${id}`])
  const acts = await here.databases.admin.select().from(auditLog).where(eq(auditLog.tenantId, id))
  expect(acts).toEqual([])
})
