import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AdminDb } from '#src/db/admin.ts'
import { auditLog, plans, subscriptions, tenants } from '#src/db/admin-schema.ts'
import { seedBusiness } from '../../tests/support/businesses.ts'
import { ownDatabases } from '../../tests/support/database.ts'
import { changePlan, extendTenant, reactivateTenant, reopenTenant, suspendTenant } from './actions.ts'

const now = new Date('2026-11-23T15:00:00Z')
const midnight = (day: string) => new Date(`${day}T05:00:00Z`)
let own: Awaited<ReturnType<typeof ownDatabases>>
let admin: AdminDb
let id: number

beforeAll(async () => {
  own = await ownDatabases()
  admin = own.databases.admin
}, 60_000)
afterAll(() => own.stop())

beforeEach(async () => {
  id = await seedBusiness(admin, { tenant: { trialStartedAt: midnight('2026-11-20') } }, now)
})

const act = (reason = 'Me lo pidió por teléfono') => ({
  tenantId: id,
  operatorId: 1,
  reason,
  address: '10.0.0.1',
})
const row = async () => (await admin.select().from(tenants).where(eq(tenants.id, id)))[0]
const log = () => admin.select().from(auditLog).where(eq(auditLog.tenantId, id))

test('more days: once, whoever presses twice, and with the reason in the log', async () => {
  const from = midnight('2026-12-05')
  const press = () => extendTenant(admin, { ...act(), days: 7, from }, now)
  const [one, two] = await Promise.all([press(), press()])
  expect([one, two].map((done) => done.ok && done.isRepeat).sort()).toEqual([false, true])
  expect((await row())?.extendedUntil).toEqual(midnight('2026-12-12'))
  const lines = await log()
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({
    act: 'tenant.extended',
    reason: 'Me lo pidió por teléfono',
    operatorId: 1,
    address: '10.0.0.1',
  })
})

test('more days from a page that has grown old change nothing', async () => {
  const old = { ...act(), days: 7, from: midnight('2026-12-01') }
  expect(await extendTenant(admin, old, now)).toEqual({ ok: false, problem: 'changed' })
  expect((await row())?.extendedUntil).toBeNull()
  expect(await log()).toEqual([])
})

test('in pause and back: each once', async () => {
  await suspendTenant(admin, act('No es un negocio'), now)
  expect(await suspendTenant(admin, act(), now)).toEqual({ ok: true, isRepeat: true })
  expect((await row())?.suspendedAt).toEqual(now)
  const days = { ...act(), days: 3, from: midnight('2026-12-05') }
  expect(await extendTenant(admin, days, now)).toEqual({ ok: false, problem: 'paused' })
  await reactivateTenant(admin, act('Fue un error'), now)
  expect(await reactivateTenant(admin, act(), now)).toEqual({ ok: true, isRepeat: true })
  expect((await row())?.suspendedAt).toBeNull()
  expect((await log()).map((line) => [line.act, line.reason])).toEqual([
    ['tenant.suspended', 'No es un negocio'],
    ['tenant.reactivated', 'Fue un error'],
  ])
})

test('a closed account comes back as long as nothing was deleted, and once', async () => {
  await admin.update(tenants).set({ closedAt: now }).where(eq(tenants.id, id))
  const later = new Date(now.getTime() + 31 * 86_400_000)
  expect(await reopenTenant(admin, act('Se arrepintió'), later)).toEqual({ ok: true, isRepeat: false })
  expect(await reopenTenant(admin, act(), later)).toEqual({ ok: true, isRepeat: true })
  expect((await row())?.closedAt).toBeNull()
  expect((await log()).map((line) => [line.act, line.reason])).toEqual([['tenant.reopened', 'Se arrepintió']])
})

test('nothing is done to a spare, to a deleted one, or to nobody', async () => {
  await admin.update(tenants).set({ status: 'BORRADO' }).where(eq(tenants.id, id))
  expect(await suspendTenant(admin, act(), now)).toEqual({ ok: false, problem: 'gone' })
  expect(await suspendTenant(admin, { ...act(), tenantId: 9_999_999 }, now)).toEqual({
    ok: false,
    problem: 'gone',
  })
})

const trial = { plan: 'TRIAL_POLLERIA', paidUntil: null }

test('another plan: with the day up to which it is paid, and once', async () => {
  const change = { ...act('Pagó en efectivo'), plan: 'LOCAL', paidUntil: midnight('2026-12-24'), from: trial }
  expect(await changePlan(admin, { ...change, isRehearsal: true }, now)).toEqual({
    ok: true,
    isRepeat: false,
  })
  expect((await row())?.plan).toBe('TRIAL_POLLERIA')
  expect(await changePlan(admin, change, now)).toEqual({ ok: true, isRepeat: false })
  expect(await changePlan(admin, change, now)).toEqual({ ok: true, isRepeat: true })
  expect(await row()).toMatchObject({ plan: 'LOCAL', paidUntil: midnight('2026-12-24') })
  const lines = await log()
  expect(lines).toHaveLength(1)
  expect(lines[0]?.detail).toMatchObject({ before: { plan: 'TRIAL_POLLERIA' }, after: { plan: 'LOCAL' } })
})

test('what stands there already is told, and nothing is written', async () => {
  const paidUntil = midnight('2026-12-01')
  await admin.update(tenants).set({ plan: 'PUESTO', paidUntil }).where(eq(tenants.id, id))
  const from = { plan: 'PUESTO', paidUntil }
  for (const plan of ['PUESTO', 'puesto'])
    expect(await changePlan(admin, { ...act(), plan, paidUntil, from }, now)).toEqual({
      ok: false,
      problem: 'same',
    })
  expect(await log()).toEqual([])
})

test('a code typed in small letters is kept as its own row writes it', async () => {
  const change = { ...act(), plan: 'local', paidUntil: midnight('2026-12-24'), from: trial }
  expect(await changePlan(admin, change, now)).toEqual({ ok: true, isRepeat: false })
  expect((await row())?.plan).toBe('LOCAL')
  expect((await log())[0]?.detail).toMatchObject({ after: { plan: 'LOCAL' } })
  expect(await changePlan(admin, change, now)).toEqual({ ok: true, isRepeat: true })
})

test.each([
  ['needs-date', { plan: 'LOCAL', paidUntil: null }],
  ['not-ahead', { plan: 'LOCAL', paidUntil: midnight('2026-11-23') }],
  ['not-ahead', { plan: 'LOCAL', paidUntil: midnight('2029-11-23') }],
  ['no-plan', { plan: 'TRIAL_CHIFA', paidUntil: midnight('2026-12-24') }],
  ['no-plan', { plan: 'PALACIO', paidUntil: midnight('2026-12-24') }],
] as const)('refused: %s', async (problem, change) => {
  expect(await changePlan(admin, { ...act(), ...change, from: trial }, now)).toEqual({ ok: false, problem })
  expect(await log()).toEqual([])
})

test('a plan that is no longer sold is kept, and given to nobody new', async () => {
  await admin.update(plans).set({ retiredAt: now }).where(eq(plans.code, 'CADENA'))
  const change = { ...act(), plan: 'CADENA', paidUntil: midnight('2026-12-24'), from: trial }
  expect(await changePlan(admin, change, now)).toEqual({ ok: false, problem: 'no-plan' })
  await admin
    .update(tenants)
    .set({ plan: 'CADENA', paidUntil: midnight('2026-12-01') })
    .where(eq(tenants.id, id))
  const from = { plan: 'CADENA', paidUntil: midnight('2026-12-01') }
  expect(await changePlan(admin, { ...change, from }, now)).toEqual({ ok: true, isRepeat: false })
  await admin.update(plans).set({ retiredAt: null }).where(eq(plans.code, 'CADENA'))
})

test('what is charged by itself is changed by its owner', async () => {
  const paidUntil = midnight('2026-12-01')
  await admin.update(tenants).set({ plan: 'PUESTO', paidUntil }).where(eq(tenants.id, id))
  await admin.insert(subscriptions).values({
    tenantId: id,
    plan: 'PUESTO',
    period: 'month',
    provider: 'mercadopago',
    status: 'active',
    document: 'boleta',
    createdAt: now,
    updatedAt: now,
  })
  const change = { ...act(), plan: 'LOCAL', paidUntil, from: { plan: 'PUESTO', paidUntil } }
  expect(await changePlan(admin, change, now)).toEqual({ ok: false, problem: 'renews-itself' })
})
