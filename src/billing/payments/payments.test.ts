import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { cancelSubscription } from '#src/billing/subscription/actions.ts'
import { auditLog, payments, plans, subscriptions, tenantStats, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { limaDate } from '#src/lib/lima.ts'
import { changePlan } from '#src/tenants/actions.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { type TestTenant, testDatabases, testTenant } from '../../../tests/support/database.ts'
import { beginPayment, declarePayment, refusePayment, reversePayment, settlePayment } from './actions.ts'
import { expireOpenPayments } from './expiry/actions.ts'

const at = (lima: string) => new Date(`${lima}-05:00`)
const midnight = (date: string) => at(`${date}T00:00:00`)
const monday = at('2026-11-23T20:00:00')
const hours = (n: number, from = monday) => new Date(from.getTime() + n * 3_600_000)
const olga = 77
const small = { branches: 1, registers: 1, staff: 2, products: 23 }
const boleta = {
  document: 'boleta',
  documentNumber: null,
  documentName: null,
  documentAddress: null,
} as const

let databases: Databases
let shops: TestTenant[]
let asked = 0
beforeAll(async () => {
  databases = await testDatabases()
  shops = [await testTenant('Pollería Rosita'), await testTenant('Bodega de Carla')]
}, 60_000)

const neverPaid = {
  plan: 'TRIAL_POLLERIA',
  trialStartedAt: at('2026-10-01T10:00:00'),
  paidUntil: null,
  provisionalUntil: null,
  suspendedAt: null,
  closedAt: null,
}
type Facts = Partial<typeof tenants.$inferInsert>

/**
 * A business that has never paid and whose trial ended weeks ago, unless the test says otherwise. There are two:
 * asked again they begin anew.
 */
async function rosa(facts: Facts = {}) {
  const shop = shops[asked++ % 2]
  if (!shop) throw new Error('no business')
  const { tenant, user } = shop
  const { admin } = databases
  await admin.delete(payments).where(eq(payments.tenantId, tenant.id))
  await admin.delete(subscriptions).where(eq(subscriptions.tenantId, tenant.id))
  await admin.delete(auditLog).where(eq(auditLog.tenantId, tenant.id))
  await admin
    .update(tenants)
    .set({ ...neverPaid, ...facts })
    .where(eq(tenants.id, tenant.id))
  const begin = (plan = 'LOCAL', now = monday, more: Partial<Parameters<typeof beginPayment>[1]> = {}) =>
    beginPayment(
      admin,
      {
        tenantId: tenant.id,
        userId: user.id,
        plan,
        period: 'month',
        method: 'yape',
        usage: small,
        ...boleta,
        ...more,
      },
      now,
    )
  return {
    id: tenant.id,
    begin,
    /** Begun, or the test fails. */
    async open(plan = 'LOCAL', now = monday, more: Partial<Parameters<typeof beginPayment>[1]> = {}) {
      const begun = await begin(plan, now, more)
      if (!begun.ok) throw new Error(begun.problem)
      return begun.payment
    },
    declare: (reference: string, operationNumber: string, now = monday) =>
      declarePayment(admin, { tenantId: tenant.id, reference, operationNumber }, now),
    account: async () => {
      const row = await findTenant(admin, tenant.id)
      if (!row) throw new Error('gone')
      return {
        plan: row.plan.code,
        paidUntil: row.paidUntil && limaDate(row.paidUntil),
        provisionalUntil: row.provisionalUntil,
      }
    },
    payments: () => admin.select().from(payments).where(eq(payments.tenantId, tenant.id)),
    subscription: async () =>
      (await admin.select().from(subscriptions).where(eq(subscriptions.tenantId, tenant.id)))[0],
    audit: () => admin.select().from(auditLog).where(eq(auditLog.tenantId, tenant.id)),
  }
}

const settle = (id: number, by: Parameters<typeof settlePayment>[2], now = monday) =>
  inTransaction(databases.admin, (tx) => settlePayment(tx, id, by, now))
const refuse = (id: number, now = monday) =>
  inTransaction(databases.admin, (tx) =>
    refusePayment(tx, id, { operatorId: olga, reason: 'No figura en el banco.' }, now),
  )
const reverse = (id: number, now = monday) =>
  inTransaction(databases.admin, (tx) => reversePayment(tx, id, 'refunded', { operatorId: olga }, now))

describe('Rosa pays by Yape', () => {
  test('it works at once for 48 hours, and the month counts from then', async () => {
    const shop = await rosa()
    const payment = await shop.open()
    expect(payment).toMatchObject({ amountCentimos: 6900, creditCentimos: 0, status: 'open' })
    expect(await shop.declare(payment.reference, '00123456')).toMatchObject({ ok: true, isNew: true })
    expect(await shop.account()).toEqual({
      plan: 'TRIAL_POLLERIA',
      paidUntil: null,
      provisionalUntil: hours(48),
    })
    const settled = await settle(payment.id, { operatorId: olga }, hours(20))
    expect(settled).toMatchObject({ ok: true, changed: true })
    expect(await shop.account()).toEqual({ plan: 'LOCAL', paidUntil: '2026-12-24', provisionalUntil: null })
    expect(await shop.subscription()).toMatchObject({ plan: 'LOCAL', status: 'active', provider: 'hand' })
    expect((await shop.audit()).map(({ act, operatorId }) => [act, operatorId])).toEqual([
      ['payment.confirmed', olga],
    ])
  })

  test('pressed twice it is one payment, and confirmed twice it is one month', async () => {
    const shop = await rosa()
    const [one, other] = [await shop.open(), await shop.open()]
    expect(other.id).toBe(one.id)
    await shop.declare(one.reference, '00123456')
    expect(await shop.declare(one.reference, '00123456', hours(10))).toMatchObject({ isNew: false })
    expect((await shop.account()).provisionalUntil).toEqual(hours(48))
    await Promise.all([settle(one.id, { operatorId: olga }), settle(one.id, { operatorId: olga })])
    expect(await shop.account()).toMatchObject({ paidUntil: '2026-12-24' })
    expect(await shop.payments()).toHaveLength(1)
    expect(await shop.audit()).toHaveLength(1)
  })

  test('confirmed after its 48 hours, the month counts from the confirmation: meanwhile nothing was sold', async () => {
    const shop = await rosa()
    const payment = await shop.open()
    await shop.declare(payment.reference, '00123456')
    await settle(payment.id, { operatorId: olga }, hours(72))
    expect(await shop.account()).toMatchObject({ paidUntil: '2026-12-27' })
  })

  test('a second one while the first is looked for is told calmly', async () => {
    const shop = await rosa()
    const [first, other] = [await shop.open('LOCAL'), await shop.open('PUESTO')]
    await shop.declare(first.reference, '00123456')
    expect(await shop.begin('LOCAL')).toMatchObject({ problem: 'declared', reference: first.reference })
    expect(await shop.declare(other.reference, '00999999')).toMatchObject({ problem: 'declared' })
    // And yet: the operator finds both on his telephone.
    await settle(first.id, { operatorId: olga })
    await settle(other.id, { operatorId: olga })
    expect((await shop.payments()).map(({ status }) => status)).toEqual(['confirmed', 'confirmed'])
  })

  test('last month’s number does not pay this month', async () => {
    const shop = await rosa()
    const first = await shop.open()
    await shop.declare(first.reference, '00123456')
    await settle(first.id, { operatorId: olga })
    const next = await shop.open('LOCAL', hours(48))
    expect(await shop.declare(next.reference, '00123456', hours(48))).toMatchObject({
      problem: 'number-used',
    })
  })

  test("another business's payment is not there", async () => {
    const [shop, carla] = [await rosa(), await rosa()]
    const payment = await shop.open()
    expect(await carla.declare(payment.reference, '00123456')).toMatchObject({ problem: 'not-found' })
  })
})

describe('the 48 hours', () => {
  test('are kept for when she needs them: nothing is lent to whoever works anyway', async () => {
    const shop = await rosa({ trialStartedAt: monday })
    const payment = await shop.open()
    await shop.declare(payment.reference, '1111')
    expect((await shop.account()).provisionalUntil).toBeNull()
    // Her trial ends while Olga has not looked yet: sent again, it works.
    const later = at('2026-12-08T09:00:00')
    await shop.declare(payment.reference, '1111', later)
    expect((await shop.account()).provisionalUntil).toEqual(hours(48, later))
  })

  test('are lent when the late days end before them', async () => {
    const shop = await rosa({ plan: 'PUESTO', paidUntil: midnight('2026-11-17') })
    const payment = await shop.open('PUESTO')
    await shop.declare(payment.reference, '1111')
    expect((await shop.account()).provisionalUntil).toEqual(hours(48))
    await settle(payment.id, { operatorId: olga }, hours(47))
    expect(await shop.account()).toMatchObject({ paidUntil: '2026-12-17', provisionalUntil: null })
  })
})

test('what was begun and left is over after a week, and money that comes later counts', async () => {
  const shop = await rosa()
  const payment = await shop.open()
  await expireOpenPayments(databases.admin, hours(7 * 24))
  expect((await shop.payments())[0]?.status).toBe('open')
  await expireOpenPayments(databases.admin, hours(7 * 24 + 1))
  expect((await shop.payments())[0]?.status).toBe('expired')
  expect(await shop.declare(payment.reference, '1111')).toMatchObject({ ok: false })
  await settle(payment.id, { externalId: `mp-${payment.id}` }, hours(8 * 24))
  expect(await shop.account()).toMatchObject({ plan: 'LOCAL', paidUntil: '2027-01-02' })
})

describe('Olga does not find it', () => {
  test('its hours are over, and no second declaration gives others', async () => {
    const shop = await rosa()
    const payment = await shop.open()
    await shop.declare(payment.reference, '1111')
    expect(await refuse(payment.id, hours(5))).toMatchObject({ ok: true, changed: true })
    expect(await refuse(payment.id, hours(6))).toMatchObject({ ok: true, changed: false })
    expect((await shop.account()).provisionalUntil).toEqual(hours(5))
    expect(await shop.declare(payment.reference, '2222', hours(7))).toMatchObject({ ok: true, isNew: true })
    expect((await shop.account()).provisionalUntil).toEqual(hours(5))
    await refuse(payment.id, hours(8))
    const other = await shop.open('PUESTO', hours(9))
    await shop.declare(other.reference, '3333', hours(9))
    expect((await shop.account()).provisionalUntil).toEqual(hours(5))
  })

  test('found after all: it is confirmed', async () => {
    const shop = await rosa()
    const payment = await shop.open()
    await shop.declare(payment.reference, '1111')
    await refuse(payment.id, hours(5))
    await settle(payment.id, { operatorId: olga }, hours(30))
    expect(await shop.account()).toMatchObject({ plan: 'LOCAL', paidUntil: '2026-12-24' })
    expect(await refuse(payment.id, hours(31))).toEqual({ ok: false, problem: 'confirmed' })
  })

  test('the next period has 48 hours of its own', async () => {
    const shop = await rosa()
    const first = await shop.open()
    await shop.declare(first.reference, '1111')
    await settle(first.id, { operatorId: olga }, hours(1))
    const later = at('2027-01-05T10:00:00')
    const next = await shop.open('LOCAL', later)
    await shop.declare(next.reference, '2222', later)
    expect((await shop.account()).provisionalUntil).toEqual(hours(48, later))
  })
})

describe('another plan', () => {
  /** Rosa paid for Puesto on 8 November: from the 9th to 8 December. */
  async function withPuesto() {
    const shop = await rosa()
    const eighth = at('2026-11-08T10:00:00')
    const first = await shop.open('PUESTO', eighth)
    await settle(first.id, { operatorId: olga }, eighth)
    return { ...shop, first }
  }

  test('in mid-period: what is left is credited by days and the larger plan begins at once', async () => {
    const shop = await withPuesto()
    const payment = await shop.open('LOCAL')
    // 15 of 30 days lie after the 23rd.
    expect(payment).toMatchObject({ priceCentimos: 6900, creditCentimos: 1950, amountCentimos: 4950 })
    await settle(payment.id, { operatorId: olga })
    expect(await shop.account()).toMatchObject({ plan: 'LOCAL', paidUntil: '2026-12-24' })
  })

  test('paid twice, the credit counts once: the second one extends by what it is worth', async () => {
    const shop = await withPuesto()
    const payment = await shop.open('LOCAL', monday, { method: 'mercadopago' })
    await settle(payment.id, { externalId: `mp-${payment.id}` })
    await settle(payment.id, { externalId: `mp-${payment.id}` })
    expect(await shop.account()).toMatchObject({ paidUntil: '2026-12-24' })
    await settle(payment.id, { externalId: `mp-again-${payment.id}` })
    // 49.50 of 69.00 for the 31 days from 24 December on: 22 days.
    expect(await shop.account()).toMatchObject({ paidUntil: '2027-01-15' })
    const again = await settle(payment.id, { externalId: `mp-again-${payment.id}` })
    expect(again).toMatchObject({ ok: true, changed: false })
    expect(await shop.payments()).toHaveLength(3)
  })

  test('a smaller one is refused while what there is does not fit', async () => {
    const shop = await rosa()
    const usage = { ...small, staff: 4 }
    expect(await shop.begin('PUESTO', monday, { usage })).toEqual({
      ok: false,
      problem: 'too-small',
      planName: 'Puesto',
      over: ['staff'],
    })
  })

  test('given back: Puesto is there again with what it had', async () => {
    const shop = await withPuesto()
    const payment = await shop.open('LOCAL')
    await settle(payment.id, { operatorId: olga })
    expect(await reverse(payment.id, hours(1))).toMatchObject({ ok: true, changed: true })
    expect(await reverse(payment.id, hours(2))).toMatchObject({ ok: true, changed: false })
    expect(await shop.account()).toMatchObject({ plan: 'PUESTO', paidUntil: '2026-12-09' })
    expect(await settle(payment.id, { operatorId: olga })).toEqual({ ok: false, problem: 'reversed' })
  })

  test('the only payment given back: locked from now on, so that an open service may finish', async () => {
    const shop = await withPuesto()
    await reverse(shop.first.id, hours(1))
    expect(await shop.account()).toEqual({
      plan: 'TRIAL_POLLERIA',
      paidUntil: null,
      provisionalUntil: hours(1),
    })
  })
})

describe('what is not sold', () => {
  test.each(['NADA', 'TRIAL_POLLERIA', ''])('plan «%s»', async (plan) => {
    expect(await (await rosa()).begin(plan)).toEqual({ ok: false, problem: 'not-sold' })
  })

  test('while paused or closed nothing is begun; what is on its way is honoured', async () => {
    const paused = await rosa({ suspendedAt: monday })
    expect(await paused.begin()).toEqual({ ok: false, problem: 'suspended' })
    const shop = await rosa()
    const payment = await shop.open()
    await databases.admin.update(tenants).set({ closedAt: monday }).where(eq(tenants.id, shop.id))
    expect(await shop.begin('PUESTO')).toEqual({ ok: false, problem: 'closed' })
    expect(await settle(payment.id, { operatorId: olga })).toMatchObject({ ok: true })
  })

  test('a retired plan is not begun, but is honoured when it was, and goes on for whoever has it', async () => {
    const { admin } = databases
    const code = `FERIA${process.pid}`
    const row = { code, name: 'Feria', kind: 'paid', position: 99, priceMonthlyCentimos: 2500 } as const
    await admin.insert(plans).values(row)
    try {
      const [shop, late] = [await rosa(), await rosa()]
      const payment = await shop.open(code)
      await admin.update(plans).set({ retiredAt: monday }).where(eq(plans.code, code))
      expect(await late.begin(code)).toEqual({ ok: false, problem: 'not-sold' })
      await settle(payment.id, { externalId: `mp-${payment.id}` }, hours(3))
      expect(await shop.account()).toMatchObject({ plan: code, paidUntil: '2026-12-24' })
      expect(await shop.begin(code, hours(4))).toMatchObject({ ok: true })
    } finally {
      await admin.update(plans).set({ retiredAt: monday }).where(eq(plans.code, code))
    }
  })

  test('a boleta above S/ 700 names its buyer', async () => {
    const shop = await rosa()
    const year = { period: 'year' } as const
    expect(await shop.begin('CADENA', monday, year)).toEqual({ ok: false, problem: 'identity' })
    const named = { ...year, documentNumber: '45678912', documentName: 'Rosa Quispe' }
    expect(await shop.begin('CADENA', monday, named)).toMatchObject({ ok: true })
  })
})

test('a payment that comes after the lock begins on the day after it comes', async () => {
  const shop = await rosa({ plan: 'PUESTO', paidUntil: midnight('2026-11-10') })
  const payment = await shop.open('PUESTO', at('2026-11-12T10:00:00'), { method: 'mercadopago' })
  await settle(payment.id, { externalId: `mp-${payment.id}` }, monday)
  expect(await shop.account()).toMatchObject({ paidUntil: '2026-12-24' })
})

test('one payment of theirs is one of ours, of one business', async () => {
  const [shop, carla] = [await rosa(), await rosa()]
  const [hers, other] = [await shop.open(), await carla.open()]
  const externalId = `mp-shared-${hers.id}`
  await settle(hers.id, { externalId })
  expect(await settle(other.id, { externalId })).toEqual({ ok: false, problem: 'external-taken' })
  expect(await carla.account()).toMatchObject({ paidUntil: null })
})

describe('money that is no longer behind a promise', () => {
  const year = { period: 'year', documentNumber: '45678912', documentName: 'Rosa Quispe' } as const
  const days = (n: number) => hours(n * 24)

  test('refused, and declared again ten months later: the credit of then is used up', async () => {
    const shop = await rosa()
    await settle((await shop.open('LOCAL', monday, year)).id, {})
    const change = await shop.open('CADENA', hours(1), year)
    expect(change).toMatchObject({ creditCentimos: 69_000, amountCentimos: 70_000 })
    await shop.declare(change.reference, '1111', hours(2))
    await refuse(change.id, hours(3))
    expect(await shop.declare(change.reference, '2222', days(300))).toMatchObject({ ok: true })
    const [, again] = await shop.payments()
    expect(again?.creditCentimos).toBeLessThan(13_000)
    const settled = await settle(change.id, { operatorId: olga }, hours(7201))
    expect(settled.ok && settled.payment.creditCentimos).toBeLessThan(13_000)
  })

  test('its source was given back: nothing is credited', async () => {
    const shop = await rosa()
    const first = await shop.open()
    await settle(first.id, {})
    const change = await shop.open('CADENA', hours(1))
    await reverse(first.id, hours(2))
    expect(await settle(change.id, {}, hours(3))).toMatchObject({ ok: true, payment: { creditCentimos: 0 } })
  })

  test('settled four weeks later: only what is left by then', async () => {
    const shop = await rosa()
    await settle((await shop.open()).id, {})
    const change = await shop.open('CADENA', hours(1), { method: 'mercadopago' })
    const settled = await settle(change.id, { externalId: `mp-late-${change.id}` }, days(29))
    expect(settled.ok && settled.payment.creditCentimos).toBeLessThan(300)
  })
})

test('a double payment that is given back leaves the next period its 48 hours', async () => {
  const shop = await rosa()
  await settle((await shop.open()).id, {})
  const double = await shop.open('LOCAL', hours(1))
  await settle(double.id, {}, hours(1))
  await reverse(double.id, hours(2))
  const later = hours(45 * 24)
  const next = await shop.open('LOCAL', later)
  expect(await shop.declare(next.reference, '7777', later)).toMatchObject({
    provisionalUntil: hours(48, later),
  })
})

test('sales used up while days are left, where the first of both ends the trial: 48 hours', async () => {
  const { admin } = databases
  const shop = await rosa({ trialStartedAt: hours(-24) })
  const trial = eq(plans.code, 'TRIAL_POLLERIA')
  const [before] = await admin.select().from(plans).where(trial)
  await admin.update(plans).set({ trialRule: 'first' }).where(trial)
  const stats = { salesMade: before?.trialSales ?? 100, trialSalesUsedUpAt: hours(-2) }
  await admin
    .insert(tenantStats)
    .values({ tenantId: shop.id, refreshedAt: monday, ...stats })
    .onDuplicateKeyUpdate({ set: stats })
  try {
    const payment = await shop.open()
    await shop.declare(payment.reference, '1111')
    expect((await shop.account()).provisionalUntil).toEqual(hours(48))
  } finally {
    await admin.update(plans).set({ trialRule: before?.trialRule }).where(trial)
    await admin.delete(tenantStats).where(eq(tenantStats.tenantId, shop.id))
  }
})

test('cancelled after declaring, then found: her days are hers, and nothing more is asked for', async () => {
  const shop = await rosa()
  await settle((await shop.open()).id, {})
  const next = await shop.open('LOCAL', hours(1))
  await shop.declare(next.reference, '5555', hours(1))
  await cancelSubscription(databases.admin, { tenantId: shop.id, userId: 1 }, hours(2))
  await settle(next.id, { operatorId: olga }, hours(3))
  expect(await shop.subscription()).toMatchObject({ status: 'cancelled' })
  expect(await shop.account()).toMatchObject({ paidUntil: '2027-01-24' })
})

describe('what Olga agreed by word', () => {
  async function agreed(plan = 'LOCAL', until = midnight('2027-11-24')) {
    const shop = await rosa()
    const change = { plan, paidUntil: until, from: { plan: 'TRIAL_POLLERIA', paidUntil: null } }
    const act = { tenantId: shop.id, operatorId: olga, reason: 'Pagó en efectivo', address: '10.0.0.1' }
    expect(await changePlan(databases.admin, { ...act, ...change }, monday)).toMatchObject({ ok: true })
    return shop
  }

  test('outlives the refund of a month that was paid after it, and cannot be given back itself', async () => {
    const shop = await agreed()
    const month = await shop.open('LOCAL', hours(1))
    await settle(month.id, {}, hours(1))
    expect((await shop.account()).paidUntil).toBe('2027-12-24')
    await reverse(month.id, hours(2))
    expect(await shop.account()).toMatchObject({ plan: 'LOCAL', paidUntil: '2027-11-24' })
    const [word] = await shop.payments()
    expect(word).toMatchObject({ status: 'agreed', amountCentimos: 0 })
    expect(await reverse(word?.id ?? 0, hours(3))).toEqual({ ok: false, problem: 'not-found' })
    expect(await settle(word?.id ?? 0, {}, hours(3))).toEqual({ ok: false, problem: 'not-found' })
  })

  test('is credited by a change of plan like what was paid', async () => {
    const shop = await agreed()
    expect(await shop.begin('CADENA', hours(1))).toMatchObject({ problem: 'covered' })
    const named = { period: 'year', documentNumber: '45678912', documentName: 'Rosa Quispe' } as const
    expect(await shop.begin('CADENA', hours(1), named)).toMatchObject({
      payment: { creditCentimos: 69_000 },
    })
  })

  test('the same plan while a change to it is open: that money extends it, and credits nothing', async () => {
    const shop = await agreed('LOCAL', midnight('2026-12-24'))
    const change = await shop.open('CADENA', hours(1))
    const from = { plan: 'LOCAL', paidUntil: midnight('2026-12-24') }
    const act = { tenantId: shop.id, operatorId: olga, reason: 'Lo pidió', address: '10.0.0.1' }
    await changePlan(databases.admin, { ...act, ...from, plan: 'CADENA', from }, hours(2))
    const settled = await settle(change.id, {}, hours(3))
    expect(settled).toMatchObject({ ok: true, payment: { creditCentimos: 0 } })
  })
})
