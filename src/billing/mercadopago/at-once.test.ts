import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { settlePayment } from '#src/billing/payments/actions.ts'
import { subscriptions, tenants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { testDatabases } from '../../../tests/support/database.ts'
import { type PayingShop, payingShop } from '../../../tests/support/mercadopago/shop.ts'
import { type MercadoPago, startMercadoPago } from '../../../tests/support/mercadopago.ts'
import { storeNotice } from './notices/actions.ts'

// Two processes, two notices, a person and a job: all at the same instant.

let service: MercadoPago
let shop: PayingShop

beforeAll(async () => {
  service = await startMercadoPago()
})
afterAll(() => service.stop())
beforeEach(async () => {
  service.faults.length = 0
  service.asked.length = 0
  shop = await payingShop(await testDatabases(), service)
})

const admin = () => shop.services.databases.admin
const confirmed = async () => (await shop.payments()).filter(({ status }) => status === 'confirmed')
const askedFor = (id: number) => service.asked.filter(({ path }) => path === `/v1/payments/${id}`).length

test('a notice that five read at once is obeyed by one of them', async () => {
  const { reference } = await shop.checkOut()
  const theirs = service.books.addPayment({ external_reference: reference, transaction_amount: 69 })
  const notice = { topic: 'payment', resourceId: String(theirs.id), requestId: 'una', signedAt: null }
  await storeNotice(admin(), notice, shop.clock.now)
  await Promise.all(Array.from({ length: 5 }, () => shop.readAll()))
  expect(askedFor(theirs.id)).toBe(1)
  expect(await confirmed()).toHaveLength(1)
})

describe('while another decision about her business is written', () => {
  test('a charge waits for it, and is judged by what is true after it: she has cancelled', async () => {
    const { first, subscription, externalId } = await shop.beginRenewing()
    subscription.status = 'authorized'
    const charges = [1, 2].map(() => service.books.charge(externalId).payment)
    const [one, two] = charges.map(({ id }) => id)
    if (!one || !two) throw new Error('no charges')
    let heard: Promise<number> = Promise.resolve(0)
    await inTransaction(admin(), async (tx) => {
      await tx.select().from(tenants).where(eq(tenants.id, shop.tenantId)).for('update')
      heard = shop.hear(service.notice('payment', two))
      await expect.poll(() => askedFor(two)).toBe(1)
      // It is at the lock by now; what it read before it is old.
      await new Promise((resolve) => setTimeout(resolve, 400))
      const by = { externalId: String(one), subscriptionId: externalId }
      await settlePayment(tx, first.id, by, shop.clock.now)
      const longAgo = new Date(shop.clock.now.getTime() - 3_600_000)
      await tx
        .update(subscriptions)
        .set({ status: 'cancelled', cancelledAt: longAgo })
        .where(eq(subscriptions.tenantId, shop.tenantId))
      return { ok: true }
    })
    await heard
    expect(await confirmed()).toMatchObject([{ externalId: String(one) }])
    expect(await shop.mismatches(two)).toEqual(['after-cancelling'])
  })
})
