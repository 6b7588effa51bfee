import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantStats, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { branches, cashSessions, products, sales } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../../../tests/support/database.ts'
import { gate, untilWaiting } from '../../../tests/support/locks.ts'
import { refreshStats, refreshStatsOf } from './actions.ts'
import { findStats } from './queries.ts'
import { isStale } from './stats.ts'

const now = new Date('2026-11-23T20:00:00.000Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('how often', () => {
  const created = later(-30 * day)
  const looked = (ago: number, lastSaleAgo: number | null) => ({
    refreshedAt: later(-ago),
    lastSaleAt: lastSaleAgo === null ? null : later(-lastSaleAgo),
  })
  test.each([
    ['never looked at', null, true],
    ['sells, ten minutes ago', looked(10 * minute, hour), true],
    ['sells, a moment ago', looked(8 * minute, hour), false],
    ['sold last month, ten minutes ago', looked(10 * minute, 30 * day), false],
    ['never sold, an hour ago', looked(hour, null), true],
    ['looked at in the future, the clock was put back', looked(-hour, hour), true],
  ])('%s', (_, before, expected) => {
    expect(isStale(before, created, now)).toBe(expected)
  })

  test('a new business is looked at every time', () => {
    expect(isStale(looked(10 * minute, null), later(-day), now)).toBe(true)
  })
})

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: ReadyTenant
let errors: { tenantId?: number }[]
beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
  rosa = await readyTenant('Pollería Rosita', databases)
  errors = []
})
afterAll(() => own.stop())

const refresh = (at: Date) =>
  refreshStats({ databases, log: { error: (details) => void errors.push(details) } }, at)

let numbers = 0
async function sell(of: ReadyTenant, soldAt: Date, totalCentimos: number, roundingCentimos = 0) {
  const [existing] = await of.db.select({ id: cashSessions.id }).from(cashSessions).limit(1)
  const cashSessionId = existing?.id ?? (await openSession(of))
  const number = ++numbers
  const text = String(number).padStart(36, '0')
  await of.db.insert(sales).values({
    requestKey: text,
    bodyHash: text.padStart(64, '0'),
    registerId: of.registerId,
    cashSessionId,
    staffId: 1,
    seriesCode: 'NV01',
    number,
    orderLabel: '1',
    channel: 'salon',
    regime: 'rus',
    igvBasisPoints: 0,
    gravadoCentimos: 0,
    exoneradoCentimos: 0,
    inafectoCentimos: totalCentimos,
    igvCentimos: 0,
    totalCentimos,
    roundingCentimos,
    soldAt,
    receivedAt: soldAt,
  })
}

async function openSession(of: ReadyTenant): Promise<number> {
  const [{ insertId }] = await of.db.insert(cashSessions).values({
    registerId: of.registerId,
    openedBy: 1,
    openedAt: later(-20 * day),
    floatCentimos: 0,
    requestKey: '00000000-0000-4000-8000-000000000001',
  })
  return insertId
}

test('a business that has not sold yet has its names and sizes', async () => {
  await refresh(now)
  expect(await findStats(databases.admin, rosa.tenant.id)).toMatchObject({
    refreshedAt: now,
    setupStep: 4,
    ownerName: 'Rosa',
    ownerEmail: rosa.user.email,
    whatsapp: null,
    branches: 1,
    registers: 1,
    staff: 1,
    products: 3,
    salesMade: 0,
    salesCentimos: 0,
    sales7Days: 0,
    firstSaleAt: null,
    lastSaleAt: null,
    trialSalesUsedUpAt: null,
    databaseBytes: expect.toSatisfy((bytes: number) => bytes > 100_000),
  })
})

test('its sales are added up as charged, and a week is seven days', async () => {
  await sell(rosa, later(-8 * day), 1500)
  await sell(rosa, later(-7 * day), 2956, -6)
  await sell(rosa, later(-hour), 900)
  await refresh(later(10 * minute))
  expect(await findStats(databases.admin, rosa.tenant.id)).toMatchObject({
    salesMade: 3,
    salesCentimos: 5350,
    sales7Days: 1,
    firstSaleAt: later(-8 * day),
    lastSaleAt: later(-hour),
  })
  await sell(rosa, later(11 * minute), 100)
  await refresh(later(20 * minute))
  expect(await findStats(databases.admin, rosa.tenant.id)).toMatchObject({
    salesMade: 4,
    salesCentimos: 5450,
  })
})

test('a number is told only where the owner agreed to be written to', async () => {
  await rosa.db.update(branches).set({ whatsapp: '51987654321' })
  await refresh(later(30 * minute))
  expect(await findStats(databases.admin, rosa.tenant.id)).toMatchObject({ whatsapp: null })
  await rosa.db.update(branches).set({ whatsappConsentAt: now })
  await refresh(later(40 * minute))
  expect(await findStats(databases.admin, rosa.tenant.id)).toMatchObject({ whatsapp: '51987654321' })
})

test('the instant of the sale that used up the trial is kept', async () => {
  for (let i = 4; i < 101; i++) await sell(rosa, later(hour + i * minute), 100)
  await refresh(later(3 * hour))
  expect(await findStats(databases.admin, rosa.tenant.id)).toMatchObject({
    salesMade: 101,
    trialSalesUsedUpAt: later(hour + 99 * minute),
  })
})

test('a business whose database is gone keeps its figures, is named in the log, and stops no other', async () => {
  const carla = await readyTenant('Bodega Carla', databases)
  const { nombreDb } = rosa.tenant
  const before = await findStats(databases.admin, rosa.tenant.id)
  await databases.admin
    .update(tenants)
    .set({ nombreDb: 'db_cliente_gone' })
    .where(eq(tenants.id, rosa.tenant.id))
  await expect(refresh(later(5 * hour))).rejects.toThrow('failed for 1')
  expect(errors.map(({ tenantId }) => tenantId)).toEqual([rosa.tenant.id])
  expect(await findStats(databases.admin, carla.tenant.id)).toMatchObject({ products: 3 })
  expect(await findStats(databases.admin, rosa.tenant.id)).toEqual(before)
  await databases.admin.update(tenants).set({ nombreDb }).where(eq(tenants.id, rosa.tenant.id))
})

test('a business that is deleted while it is looked at is not named again', async () => {
  const eva = await readyTenant('Bodega Eva', databases)
  const [held, done] = [gate(), gate()]
  const deletion = inTransaction(databases.admin, async (tx) => {
    await tx.update(tenants).set({ status: 'BORRADO' }).where(eq(tenants.id, eva.tenant.id))
    held.open()
    await done.opened
    return { ok: true as const }
  })
  await held.opened
  const looking = refreshStatsOf(databases, eva, later(6 * hour))
  await untilWaiting(databases, '%')
  done.open()
  await Promise.all([deletion, looking])
  expect(await findStats(databases.admin, eva.tenant.id)).toBeNull()
})

test('the size is its own database’s alone', async () => {
  const dora = await readyTenant('Chifa Dora', databases)
  const rows = Array.from({ length: 3000 }, (_, at) => ({
    name: `Plato ${at} ${'x'.repeat(90)}`,
    priceCentimos: 100,
    createdAt: now,
    updatedAt: now,
  }))
  await dora.db.insert(products).values(rows)
  await databases.provision((root) => root.query(`analyze table \`${dora.tenant.nombreDb}\`.products`))
  await refresh(later(6 * hour))
  const bytes = async (id: number) => (await findStats(databases.admin, id))?.databaseBytes ?? 0
  expect(await bytes(dora.tenant.id)).toBeGreaterThan((await bytes(rosa.tenant.id)) + 300_000)
  expect(await databases.admin.$count(tenantStats, sql`${tenantStats.databaseBytes} = 0`)).toBe(0)
})
