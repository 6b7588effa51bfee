import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditLog, tenants } from '#src/db/admin-schema.ts'
import { suspendTenant } from '#src/tenants/actions.ts'
import { testDatabases } from '../../../tests/support/database.ts'
import { type PayingShop, payingShop } from '../../../tests/support/mercadopago/shop.ts'
import { type MercadoPago, startMercadoPago } from '../../../tests/support/mercadopago.ts'

// What ends Rosa's renewal without her: a pause, a disputed card.

let service: MercadoPago
let shop: PayingShop

beforeAll(async () => {
  service = await startMercadoPago()
})
afterAll(() => service.stop())
beforeEach(async () => {
  service.faults.length = 0
  shop = await payingShop(await testDatabases(), service)
  Object.assign(shop.services.config, { operatorMail: 'operador@example.test' })
})

const admin = () => shop.services.databases.admin
const confirmed = async () => (await shop.payments()).filter(({ status }) => status === 'confirmed')
const suspend = () =>
  suspendTenant(admin(), { tenantId: shop.tenantId, reason: 'No responde' }, shop.clock.now)

async function acts() {
  const rows = await admin().select().from(auditLog).where(eq(auditLog.tenantId, shop.tenantId))
  return rows.map(({ act }) => act).filter((act) => act.startsWith('subscription.'))
}

async function toldOfTheEnd() {
  const toRosa = (await shop.mailsToRosa()).filter((subject) => subject === 'Mercado Pago ya no te cobrará')
  const toOperator = shop.mails.filter(({ to }) => to === 'operador@example.test')
  return [toRosa.length, toOperator.length]
}

describe('a business in pause', () => {
  test('is charged no more from that moment; Rosa and the operator are told once', async () => {
    const { subscription, externalId } = await shop.subscribed()
    await suspend()
    await shop.readAll()
    await suspend()
    await shop.sweep()
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
    expect(await shop.subscription()).toMatchObject({ status: 'cancelled' })
    expect(await acts()).toEqual(['subscription.stopped'])
    expect(await toldOfTheEnd()).toEqual([1, 1])
    shop.clock.now = new Date(shop.clock.now.getTime() + 86_400_000)
    const late = service.books.charge(externalId, { date_created: shop.clock.now.toISOString() })
    await shop.hear(service.notice('payment', late.payment.id))
    expect(await confirmed()).toHaveLength(1)
    expect(await shop.mismatches(late.payment.id)).toEqual(['after-cancelling'])
  })

  test('that was paused behind our back is found by the sweep, with what was only begun', async () => {
    const { subscription } = await shop.subscribed()
    const begun = await shop.beginRenewing({ period: 'year' })
    await admin().update(tenants).set({ suspendedAt: shop.clock.now }).where(eq(tenants.id, shop.tenantId))
    await shop.sweep()
    await shop.readAll()
    expect([subscription.status, begun.subscription.status]).toEqual(['cancelled', 'cancelled'])
  })

  test('begins nothing that may charge: what had never charged is ended too', async () => {
    const { subscription } = await shop.beginRenewing()
    await admin().update(tenants).set({ suspendedAt: shop.clock.now }).where(eq(tenants.id, shop.tenantId))
    await shop.sweep()
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
    expect(await toldOfTheEnd()).toEqual([0, 0])
  })
})

test('closed by Rosa herself: nobody writes to her about it', async () => {
  const { subscription } = await shop.subscribed()
  await admin().update(tenants).set({ closedAt: shop.clock.now }).where(eq(tenants.id, shop.tenantId))
  await shop.sweep()
  await shop.readAll()
  expect(subscription.status).toBe('cancelled')
  expect(await toldOfTheEnd()).toEqual([0, 0])
})

describe('the money of a renewal goes back', () => {
  test('a disputed card is charged no more, and both are told', async () => {
    const { subscription, charge } = await shop.subscribed()
    const dispute = service.books.dispute(charge.id)
    await shop.hear(service.notice('topic_chargebacks_wh', dispute.id))
    await shop.readAll()
    expect(subscription.status).toBe('cancelled')
    expect(await acts()).toEqual(['subscription.stopped'])
    expect(await toldOfTheEnd()).toEqual([1, 1])
  })

  test('a refund may be for one month only: it charges on, and the operator is to ask her', async () => {
    const { subscription, charge } = await shop.subscribed()
    service.books.change(charge.id, { status: 'refunded', transaction_amount_refunded: 69 })
    for (let i = 0; i < 2; i++) await shop.hear(service.notice('payment', charge.id))
    await shop.readAll()
    expect(subscription.status).toBe('authorized')
    expect(await acts()).toEqual(['subscription.still-charges'])
  })
})
