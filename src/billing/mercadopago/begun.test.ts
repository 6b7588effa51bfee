import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { settlePayment } from '#src/billing/payments/actions.ts'
import { cancelSubscription } from '#src/billing/subscription/actions.ts'
import { webhookEvents } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { testDatabases } from '../../../tests/support/database.ts'
import { type PayingShop, payingShop } from '../../../tests/support/mercadopago/shop.ts'
import { type MercadoPago, startMercadoPago } from '../../../tests/support/mercadopago.ts'

// Rosa goes to Mercado Pago to be charged every month, and thinks about it.

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

const days = (n: number) => {
  shop.clock.now = new Date(shop.clock.now.getTime() + n * 86_400_000)
}
const admin = () => shop.services.databases.admin
const confirmed = async () => (await shop.payments()).filter(({ status }) => status === 'confirmed')
const checkout = (reference: string) => `/plan/mercadopago/${reference}`

describe('another subscription, begun while one charges', () => {
  test('merely looked at, it changes nothing: the first charges on, and can be cancelled', async () => {
    const { subscription, externalId } = await shop.subscribed()
    await shop.beginRenewing({ period: 'year' })
    await shop.readAll()
    expect(subscription.status).toBe('authorized')
    expect(await shop.subscription()).toMatchObject({ status: 'active', period: 'month', externalId })
    days(31)
    await shop.hear(service.notice('payment', service.books.charge(externalId).payment.id))
    expect(await confirmed()).toHaveLength(2)
    const who = { tenantId: shop.tenantId, userId: shop.rosa.user.id }
    expect(await cancelSubscription(admin(), who, shop.clock.now)).toMatchObject({ changed: true })
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
  })

  test('its first charge makes it the renewal, and ends the one before', async () => {
    const { subscription } = await shop.subscribed()
    const next = await shop.beginRenewing({ period: 'year' })
    await shop.allow(next)
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
    expect(next.subscription.status).toBe('authorized')
    expect(await shop.subscription()).toMatchObject({
      ...{ status: 'active', period: 'year', externalId: next.externalId },
    })
    expect(await confirmed()).toHaveLength(2)
  })

  test('of two that were begun the one that charges stays; the other never does, nor is its link given again', async () => {
    const left = await shop.beginRenewing()
    const chosen = await shop.beginRenewing({ plan: 'PUESTO' })
    await shop.allow(chosen)
    await shop.readAll()
    expect(left.subscription.status).toBe('cancelled')
    expect(chosen.subscription.status).toBe('authorized')
    expect((await shop.payment(left.first.reference)).status).toBe('expired')
  })

  test('paid after all when it was ended already: a month is paid, and nothing renews', async () => {
    const { first, externalId } = await shop.beginRenewing()
    const other = await shop.begin({ plan: 'PUESTO' })
    await inTransaction(admin(), (tx) => settlePayment(tx, other.id, { operatorId: 1 }, shop.clock.now))
    await shop.hear(service.notice('payment', service.books.charge(externalId).payment.id))
    expect((await shop.payment(first.reference)).status).toBe('confirmed')
    expect(await shop.subscription()).toMatchObject({ provider: 'hand', externalId: null })
  })
})

describe('«Que se pague solo», and then «Solo esta vez»', () => {
  test('is another checkout, which charges once; the subscription is ended', async () => {
    const { first, subscription } = await shop.beginRenewing()
    const way = `${checkout(first.reference)}?elegir=1`
    expect(await (await shop.asRosa(checkout(first.reference))).text()).toContain(`href="${way}"`)
    expect(await (await shop.asRosa(way)).text()).toContain('Solo esta vez')
    const once = await shop.asRosa(checkout(first.reference), { form: { renews: 'no' } })
    const page = await (await shop.asRosa(once.headers.get('Location') ?? '')).text()
    expect(page).toContain('/checkout/v1/')
    expect(page).not.toContain('/subscriptions/')
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
    expect((await shop.payment(first.reference)).status).toBe('expired')
  })

  test('and back again: a subscription that is not the ended one, at the first day’s price', async () => {
    const { first, subscription } = await shop.beginRenewing()
    days(3)
    await shop.checkOut('no')
    const again = await shop.beginRenewing()
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
    expect(again.subscription.status).toBe('pending')
    expect(again.first.createdAt).toEqual(first.createdAt)
    await shop.allow(again)
    expect(await shop.subscription()).toMatchObject({ status: 'active', externalId: again.externalId })
  })

  test('pressed three times at once, one payment takes its place', async () => {
    const { first } = await shop.beginRenewing()
    const press = () => shop.asRosa(checkout(first.reference), { form: { renews: 'no' } })
    const answers = await Promise.all([press(), press(), press()])
    expect(new Set(answers.map(({ headers }) => headers.get('Location'))).size).toBe(1)
    expect((await shop.payments()).filter(({ status }) => status === 'open')).toHaveLength(1)
  })

  test('the link she left is paid all the same: the sweep finds it', async () => {
    const once = await shop.checkOut('no')
    const { subscription } = await shop.beginRenewing()
    service.books.addPayment({ external_reference: once.reference, transaction_amount: 69 })
    await shop.sweep()
    await shop.readAll()
    expect((await shop.payment(once.reference)).status).toBe('confirmed')
    expect(subscription.status).toBe('cancelled')
  })
})

describe('a subscription that nobody allowed', () => {
  test('ends after seven days with its payment, there too', async () => {
    const { first, subscription } = await shop.beginRenewing()
    days(6.9)
    await shop.sweep()
    await shop.readAll()
    expect(subscription.status).toBe('pending')
    days(0.2)
    await shop.sweep()
    await shop.readAll()
    expect((await shop.payment(first.reference)).status).toBe('expired')
    expect(subscription.status).toBe('cancelled')
    const left = admin().select().from(webhookEvents).where(eq(webhookEvents.resourceId, first.reference))
    expect(await left).toEqual([])
  })

  test('that she ended in her own account there is given to her no more', async () => {
    const { first, externalId, subscription } = await shop.beginRenewing()
    subscription.status = 'cancelled'
    await shop.hear(service.notice('subscription_preapproval', externalId))
    const again = await shop.beginRenewing()
    expect(again.first.reference).not.toBe(first.reference)
    expect(again.subscription.status).toBe('pending')
  })
})
