import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { settlePayment } from '#src/billing/payments/actions.ts'
import { cancelSubscription } from '#src/billing/subscription/actions.ts'
import { plans, tenants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { testDatabases } from '../../../tests/support/database.ts'
import { type PayingShop, payingShop } from '../../../tests/support/mercadopago/shop.ts'
import { type MercadoPago, startMercadoPago } from '../../../tests/support/mercadopago.ts'

// Rosa lets Mercado Pago charge her every month.

let service: MercadoPago
let shop: PayingShop

beforeAll(async () => {
  service = await startMercadoPago()
})
afterAll(() => service.stop())
beforeEach(async () => {
  service.faults.length = 0
  shop = await payingShop(await testDatabases(), service)
})

const day = 86_400_000
const days = (n: number) => {
  shop.clock.now = new Date(shop.clock.now.getTime() + n * day)
}
const confirmed = async () => (await shop.payments()).filter(({ status }) => status === 'confirmed')

describe('a subscription', () => {
  test('is begun as she chose it, and pays its first month with its first charge', async () => {
    const { subscription, first } = await shop.subscribed()
    expect(subscription).toMatchObject({
      external_reference: first.reference,
      payer_email: shop.rosa.user.email,
      auto_recurring: { frequency: 1, frequency_type: 'months', transaction_amount: 69, currency_id: 'PEN' },
    })
    expect(await confirmed()).toMatchObject([{ id: first.id }])
    expect(await shop.subscription()).toMatchObject({ provider: 'mercadopago', status: 'active' })
  })

  test('allowed and not yet charged, nothing is paid, and it may charge', async () => {
    const { externalId, subscription } = await shop.beginRenewing()
    subscription.status = 'authorized'
    await shop.hear(service.notice('subscription_preapproval', externalId))
    await shop.readAll()
    expect(await confirmed()).toEqual([])
    expect(subscription.status).toBe('authorized')
    expect(await shop.subscription()).toMatchObject({ status: 'pending' })
  })

  test.each([
    ['the payment', true],
    ['the payment, which does not name it', false],
  ])('is charged again a month later: a payment of its own, by the notice of %s', async (_what, isNamed) => {
    const { externalId } = await shop.subscribed()
    const before = (await shop.business()).paidUntil?.getTime() ?? 0
    days(31)
    const { payment, chargeId } = service.books.charge(externalId, {}, isNamed)
    const both = [
      service.notice('payment', payment.id),
      service.notice('subscription_authorized_payment', chargeId),
    ]
    for (const notice of [...both, ...both.toReversed()]) await shop.hear(notice)
    const rows = await confirmed()
    expect(rows).toHaveLength(2)
    expect(rows[1]).toMatchObject({ externalId: String(payment.id), amountCentimos: 6900, plan: 'LOCAL' })
    expect(rows[1]?.reference).not.toBe(rows[0]?.reference)
    expect(((await shop.business()).paidUntil?.getTime() ?? 0) - before).toBeGreaterThan(27 * day)
  })

  test('whose notices are all lost is found by the sweep', async () => {
    const { externalId } = await shop.subscribed()
    const until = (await shop.business()).paidUntil
    shop.clock.now = new Date((until?.getTime() ?? 0) - 3_600_000)
    service.books.charge(externalId)
    await shop.sweep()
    await shop.sweep()
    expect(await confirmed()).toHaveLength(2)
  })

  test('charged at the price that she agreed to, though the plan costs more now or is sold no longer', async () => {
    const { admin } = shop.services.databases
    const { externalId } = await shop.subscribed()
    const now = shop.clock.now
    await admin
      .update(plans)
      .set({ priceMonthlyCentimos: 7900, retiredAt: now })
      .where(eq(plans.code, 'LOCAL'))
    try {
      days(31)
      await shop.hear(service.notice('payment', service.books.charge(externalId).payment.id))
      expect(await confirmed()).toHaveLength(2)
    } finally {
      await admin
        .update(plans)
        .set({ priceMonthlyCentimos: 6900, retiredAt: null })
        .where(eq(plans.code, 'LOCAL'))
    }
  })

  test('charging another amount pays nothing, and the operator is told', async () => {
    const { externalId } = await shop.subscribed()
    days(31)
    const { payment } = service.books.charge(externalId, { transaction_amount: 1 })
    await shop.hear(service.notice('payment', payment.id))
    expect(await confirmed()).toHaveLength(1)
    expect(await shop.mismatches(payment.id)).toEqual(['wrong-amount'])
  })
})

describe('the end of a subscription', () => {
  const cancel = () =>
    cancelSubscription(
      shop.services.databases.admin,
      { tenantId: shop.tenantId, userId: shop.rosa.user.id },
      shop.clock.now,
    )

  test('Rosa cancels: it is cancelled at the service too, also when that did not answer at first', async () => {
    const { externalId, subscription } = await shop.subscribed()
    await cancel()
    service.faults.push(500, 500)
    await shop.readAll()
    expect(subscription.status).toBe('authorized')
    days(1)
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
    expect(await shop.subscription()).toMatchObject({ status: 'cancelled', externalId })
  })

  test('what was charged before she cancelled still counts; what comes after it goes back', async () => {
    const { externalId } = await shop.subscribed()
    const earlier = service.books.charge(externalId, { date_created: shop.clock.now.toISOString() })
    days(1)
    await cancel()
    await shop.hear(service.notice('payment', earlier.payment.id))
    expect(await confirmed()).toHaveLength(2)
    expect(await shop.subscription()).toMatchObject({ status: 'cancelled' })
    days(1)
    const later = service.books.charge(externalId, { date_created: shop.clock.now.toISOString() })
    await shop.hear(service.notice('payment', later.payment.id))
    expect(await confirmed()).toHaveLength(2)
    expect(await shop.mismatches(later.payment.id)).toEqual(['after-cancelling'])
  })

  test('she cancels in her own account there: here it is cancelled too', async () => {
    const { externalId, subscription } = await shop.subscribed()
    subscription.status = 'cancelled'
    await shop.hear(service.notice('subscription_preapproval', externalId))
    expect(await shop.subscription()).toMatchObject({ status: 'cancelled' })
  })

  test('begun and then paid by hand: it never charges, even if she allows it later', async () => {
    const { admin } = shop.services.databases
    const { first, externalId, subscription } = await shop.beginRenewing()
    await inTransaction(admin, (tx) => settlePayment(tx, first.id, { operatorId: 1 }, shop.clock.now))
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
    expect(await shop.subscription()).toMatchObject({ provider: 'hand', externalId: null, status: 'active' })
    subscription.status = 'authorized'
    await shop.hear(service.notice('subscription_preapproval', externalId))
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
  })

  test('another plan is paid: the old one is not charged again', async () => {
    const { admin } = shop.services.databases
    const { subscription } = await shop.subscribed()
    const other = await shop.begin({ plan: 'CADENA' })
    expect(other.creditCentimos).toBeGreaterThan(0)
    await inTransaction(admin, (tx) => settlePayment(tx, other.id, {}, shop.clock.now))
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
  })

  test('she closes her business: the sweep ends it', async () => {
    const { admin } = shop.services.databases
    const { subscription } = await shop.subscribed()
    await admin.update(tenants).set({ closedAt: shop.clock.now }).where(eq(tenants.id, shop.tenantId))
    await shop.sweep()
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
  })

  test('of somebody else in the same account is left alone', async () => {
    const stranger = service.books.addPreapproval({
      status: 'authorized',
      external_reference: 'otra-tienda',
      reason: 'Clases',
      payer_email: 'x@example.test',
      back_url: 'https://example.test',
      auto_recurring: { frequency: 1, frequency_type: 'months', transaction_amount: 10, currency_id: 'PEN' },
    })
    await shop.hear(service.notice('subscription_preapproval', stranger.id))
    await shop.readAll()
    expect(stranger.status).toBe('authorized')
  })
})
