import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusePayment } from '#src/billing/payments/actions.ts'
import { expireOpenPayments } from '#src/billing/payments/expiry/actions.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { testDatabases } from '../../../tests/support/database.ts'
import { type PayingShop, payingShop } from '../../../tests/support/mercadopago/shop.ts'
import { type MercadoPago, startMercadoPago } from '../../../tests/support/mercadopago.ts'
import { sweepRefunds } from './sweep/refunds/actions.ts'

// What no notice tells: lost, or still on its way.

let service: MercadoPago
let shop: PayingShop

beforeAll(async () => {
  service = await startMercadoPago()
})
afterAll(() => service.stop())
beforeEach(async () => {
  Object.assign(service.control, { manner: 'at-once', deliver: null })
  service.faults.length = 0
  service.asked.length = 0
  shop = await payingShop(await testDatabases(), service)
})

const days = (n: number) => {
  shop.clock.now = new Date(shop.clock.now.getTime() + n * 86_400_000)
}
const admin = () => shop.services.databases.admin
const statusOf = async ({ reference }: { reference: string }) => (await shop.payment(reference)).status

async function paid() {
  const ours = await shop.checkOut()
  const theirs = service.books.addPayment({ external_reference: ours.reference, transaction_amount: 69 })
  return { ours, theirs }
}

test('a notice that comes late pays all the same', async () => {
  const ours = await shop.checkOut()
  Object.assign(service.control, { manner: 'late', lateMs: 700, deliver: shop.hear })
  const body = new URLSearchParams({ fin: 'aprobar' })
  await fetch(ours.checkoutUrl ?? '', { method: 'POST', body, redirect: 'manual' })
  expect(await statusOf(ours)).toBe('open')
  await expect.poll(() => statusOf(ours), { timeout: 10_000 }).toBe('confirmed')
})

test('the operator refused it, and it was paid there all the same', async () => {
  const { ours } = await paid()
  const said = { operatorId: 1, reason: 'No está' }
  await inTransaction(admin(), (tx) => refusePayment(tx, ours.id, said, shop.clock.now))
  await shop.sweep()
  expect(await statusOf(ours)).toBe('confirmed')
})

test('the nightly end of what was never paid leaves the last hour to the sweep', async () => {
  const { ours } = await paid()
  const byHand = await shop.begin({ method: 'yape' })
  days(7.01)
  await expireOpenPayments(admin(), shop.clock.now)
  expect([await statusOf(ours), await statusOf(byHand)]).toEqual(['open', 'expired'])
  await shop.sweep()
  expect(await statusOf(ours)).toBe('confirmed')
})

describe('money that went back without a notice', () => {
  /** Paid, heard of, and given back in silence. */
  async function givenBack() {
    const { ours, theirs } = await paid()
    await shop.hear(service.notice('payment', theirs.id))
    service.books.change(theirs.id, { status: 'refunded', transaction_amount_refunded: 69 })
    return { ours, theirs }
  }

  test('is found at night, and its owner is told', async () => {
    const { ours } = await givenBack()
    await sweepRefunds(shop.services)
    expect(await statusOf(ours)).toBe('refunded')
    expect(await shop.mailsToRosa()).toContainEqual(expect.stringMatching(/devuelto$/))
  })

  test('is looked for during sixty days', async () => {
    const { ours } = await givenBack()
    days(60.5)
    await sweepRefunds(shop.services)
    expect(await statusOf(ours)).toBe('confirmed')
    days(-1)
    await sweepRefunds(shop.services)
    expect(await statusOf(ours)).toBe('refunded')
  })

  test('where the service does not answer the job fails, and the next night goes on', async () => {
    const { ours } = await givenBack()
    service.faults.push(...Array.from({ length: 400 }, () => 500 as const))
    await expect(sweepRefunds(shop.services)).rejects.toThrow(/could not be looked up/)
    service.faults.length = 0
    await sweepRefunds(shop.services)
    expect(await statusOf(ours)).toBe('refunded')
  })

  test('of very many, each night looks at another part, and all get their night', async () => {
    const all = []
    for (let i = 0; i < 3; i++) all.push((await givenBack()).ours)
    const nights = 60
    for (let i = 0; i < nights && (await Promise.all(all.map(statusOf))).includes('confirmed'); i++) {
      const before = service.asked.length
      await sweepRefunds(shop.services, undefined, 2)
      expect(service.asked.length - before).toBeLessThan(20)
      days(0.9)
    }
    expect(await Promise.all(all.map(statusOf))).toEqual(['refunded', 'refunded', 'refunded'])
  })
})
