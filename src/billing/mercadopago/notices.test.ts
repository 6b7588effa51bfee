import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../../tests/support/database.ts'
import { type PayingShop, payingShop } from '../../../tests/support/mercadopago/shop.ts'
import { type MercadoPago, startMercadoPago } from '../../../tests/support/mercadopago.ts'

// Rosa pays for Local at Mercado Pago; what we hear of it comes twice, late, in any order, or not from there at all.

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

const minute = 60_000

/** A checkout, and somebody's payment in it. */
async function paid(change = {}) {
  const ours = await shop.checkOut()
  const theirs = service.books.addPayment({
    external_reference: ours.reference,
    transaction_amount: 69,
    ...change,
  })
  return { ours, theirs }
}

const statusOf = async ({ reference }: { reference: string }) => (await shop.payment(reference)).status

describe('a notice', () => {
  test('is answered at once, the payment fetched from the service, and the plan works', async () => {
    const { ours, theirs } = await paid()
    expect(await shop.hear(service.notice('payment', theirs.id))).toBe(200)
    expect(await shop.payment(ours.reference)).toMatchObject({
      status: 'confirmed',
      externalId: String(theirs.id),
    })
    expect((await shop.business()).plan).toBe('LOCAL')
    expect(await shop.events(theirs.id)).toMatchObject([{ topic: 'payment', status: 'done', error: null }])
  })

  test('that comes twice is kept once; under other numbers it changes nothing more', async () => {
    const { theirs } = await paid()
    const notice = service.notice('payment', theirs.id)
    for (const one of [notice, notice, service.notice('payment', theirs.id, { kindInBody: true })]) {
      expect(await shop.hear(one)).toBe(200)
    }
    expect(await shop.events(theirs.id)).toHaveLength(2)
    expect((await shop.payments()).filter(({ status }) => status === 'confirmed')).toHaveLength(1)
  })

  test('ten at the same instant pay one period', async () => {
    const { theirs } = await paid()
    await Promise.all(Array.from({ length: 10 }, () => shop.post(service.notice('payment', theirs.id))))
    await Promise.all([shop.readAll(), shop.sweep(), shop.readAll()])
    await shop.hear(service.notice('payment', theirs.id))
    expect((await shop.payments()).filter(({ status }) => status === 'confirmed')).toHaveLength(1)
  })

  test('that was signed weeks ago is as good', async () => {
    const { ours, theirs } = await paid()
    expect(await shop.hear(service.notice('payment', theirs.id, { ts: 1_700_000_000 }))).toBe(200)
    expect(await statusOf(ours)).toBe('confirmed')
  })

  test('that somebody else wrote is refused, and nothing of it is kept', async () => {
    const { ours, theirs } = await paid()
    const genuine = service.notice('payment', theirs.id)
    const forged = [
      service.notice('payment', theirs.id, { secret: 'adivinado' }),
      { ...genuine, headers: { ...genuine.headers, 'X-Request-Id': 'otra' } },
      { ...genuine, headers: { 'Content-Type': 'application/json' } },
      { ...genuine, path: genuine.path.replace(String(theirs.id), String(theirs.id + 1)) },
      { ...genuine, path: '/avisos/mercadopago' },
    ]
    for (const one of forged) expect(await shop.hear(one)).toBe(401)
    expect(await shop.events(theirs.id)).toEqual([])
    expect(await statusOf(ours)).toBe('open')
  })

  test('of a kind that we do not follow is received and left', async () => {
    expect(await shop.hear(service.notice('merchant_order', '777'))).toBe(200)
    expect(await shop.hear(service.notice('our-end-subscription', '777'))).toBe(200)
    expect(await shop.events('777')).toEqual([])
  })

  test('of 20 KB is no notice', async () => {
    const notice = { ...service.notice('payment', '778'), body: 'x'.repeat(20_000) }
    expect(await shop.hear(notice)).toBe(413)
    expect(await shop.events('778')).toEqual([])
  })

  test('says nothing that is believed: the body claims an approved payment, the service knows a pending one', async () => {
    const { ours, theirs } = await paid({ status: 'in_process' })
    const notice = service.notice('payment', theirs.id)
    await shop.hear({ ...notice, body: notice.body.replace('"data"', '"status":"approved","data"') })
    expect(await statusOf(ours)).toBe('open')
  })
})

describe('what the service says', () => {
  test.each(['pending', 'in_process', 'authorized', 'in_mediation', 'a_new_word'])(
    '%s waits; approved later, it pays',
    async (status) => {
      const { ours, theirs } = await paid({ status })
      await shop.hear(service.notice('payment', theirs.id))
      expect(await statusOf(ours)).toBe('open')
      service.books.change(theirs.id, { status: 'approved' })
      await shop.hear(service.notice('payment', theirs.id))
      expect(await statusOf(ours)).toBe('confirmed')
    },
  )

  test('a card without money is told, and another one pays', async () => {
    const { ours, theirs } = await paid({ status: 'rejected' })
    await shop.hear(service.notice('payment', theirs.id))
    expect(await shop.payment(ours.reference)).toMatchObject({ status: 'open' })
    const page = await (await shop.asRosa(`/plan/retorno/${ours.reference}`)).text()
    expect(page).toContain('Mercado Pago no aceptó ese pago')
    const other = service.books.addPayment({
      external_reference: ours.reference,
      transaction_amount: 69,
      status: 'in_process',
    })
    for (const id of [other.id, theirs.id]) await shop.hear(service.notice('payment', id))
    expect(await shop.payment(ours.reference)).toMatchObject({ status: 'open', reason: null })
    service.books.change(other.id, { status: 'approved' })
    await shop.hear(service.notice('payment', other.id))
    expect(await shop.payment(ours.reference)).toMatchObject({ status: 'confirmed', reason: null })
  })

  test.each([
    [{ transaction_amount: 6.9 }, 'wrong-amount'],
    [{ transaction_amount: 69.001 }, 'wrong-amount'],
    [{ currency_id: 'ARS' }, 'wrong-currency'],
    [{ external_reference: '00000000-0000-4000-8000-000000000000' }, 'unknown-reference'],
    [{ external_reference: null }, 'unknown-reference'],
    [{ transaction_amount_refunded: 9 }, 'partly-refunded'],
  ])('%o settles nothing, and the operator is told once', async (change, problem) => {
    const { ours, theirs } = await paid(change)
    for (let i = 0; i < 3; i++) await shop.hear(service.notice('payment', theirs.id))
    await shop.sweep()
    expect(await statusOf(ours)).toBe('open')
    expect(await shop.business()).toMatchObject({ paidUntil: null })
    expect(await shop.mismatches(theirs.id)).toEqual([problem])
    expect((await shop.events(theirs.id)).filter((event) => event.error === problem)).toHaveLength(3)
  })

  test('paid and given back: the period goes too, in whatever order it is heard', async () => {
    const { ours, theirs } = await paid()
    const [approved, refunded] = [1, 2].map(() => service.notice('payment', theirs.id))
    await shop.hear(approved ?? service.notice('payment', theirs.id))
    service.books.change(theirs.id, { status: 'refunded', transaction_amount_refunded: 69 })
    await shop.hear(refunded ?? service.notice('payment', theirs.id))
    expect(await statusOf(ours)).toBe('refunded')
    expect((await shop.business()).plan).toBe('TRIAL_POLLERIA')
    await shop.hear(service.notice('payment', theirs.id))
    expect(await statusOf(ours)).toBe('refunded')
    // Told of each once, however often it was heard.
    expect(await shop.mailsToRosa()).toEqual([
      expect.stringMatching(/^Recibimos tu pago/),
      expect.stringMatching(/devuelto$/),
    ])
  })

  test('an answer from before the refund, read after it, pays nothing', async () => {
    const { ours, theirs } = await paid({ status: 'refunded' })
    await shop.hear(service.notice('payment', theirs.id))
    service.books.change(theirs.id, { status: 'approved' })
    await shop.hear(service.notice('payment', theirs.id))
    expect(await statusOf(ours)).toBe('open')
    const other = { external_reference: ours.reference, transaction_amount: 69 }
    await shop.hear(service.notice('payment', service.books.addPayment(other).id))
    expect(await statusOf(ours)).toBe('confirmed')
  })

  test('a cardholder disputes: the period goes; we win: the operator is told', async () => {
    const { ours, theirs } = await paid()
    await shop.hear(service.notice('payment', theirs.id))
    const dispute = service.books.dispute(theirs.id)
    expect(await shop.hear(service.notice('topic_chargebacks_wh', dispute.id))).toBe(200)
    expect(await statusOf(ours)).toBe('charged_back')
    service.books.change(theirs.id, { status_detail: 'reimbursed' })
    await shop.hear(service.notice('topic_chargebacks_wh', dispute.id))
    expect(await statusOf(ours)).toBe('charged_back')
    expect(await shop.mismatches(theirs.id)).toEqual(['chargeback-won'])
  })

  test('disputed before it was ever heard of, then won: the operator is told of the money', async () => {
    const { ours, theirs } = await paid({ status: 'charged_back', status_detail: 'in_process' })
    await shop.hear(service.notice('payment', theirs.id))
    expect(await shop.mismatches(theirs.id)).toEqual([])
    service.books.change(theirs.id, { status_detail: 'reimbursed' })
    for (let i = 0; i < 2; i++) await shop.hear(service.notice('payment', theirs.id))
    expect(await statusOf(ours)).toBe('open')
    expect(await shop.mismatches(theirs.id)).toEqual(['chargeback-won'])
  })

  test('paid twice, the second payment extends', async () => {
    const { ours, theirs } = await paid()
    await shop.hear(service.notice('payment', theirs.id))
    const once = (await shop.business()).paidUntil?.getTime() ?? 0
    const again = { external_reference: ours.reference, transaction_amount: 69 }
    const second = service.books.addPayment(again)
    for (let i = 0; i < 2; i++) await shop.hear(service.notice('payment', second.id))
    const twice = (await shop.business()).paidUntil?.getTime() ?? 0
    expect((twice - once) / 86_400_000).toBeGreaterThan(27)
    expect((await shop.payments()).filter(({ status }) => status === 'confirmed')).toHaveLength(2)
  })
})

describe('when the service does not answer', () => {
  test.each([[[500, 503]], [['garbage']], [[401]]] as const)(
    '%j: the notice waits, and is read later',
    async (faults) => {
      const { ours, theirs } = await paid()
      service.faults.push(...faults)
      expect(await shop.hear(service.notice('payment', theirs.id))).toBe(200)
      expect(await statusOf(ours)).toBe('open')
      expect(await shop.events(theirs.id)).toMatchObject([{ status: 'new', attempts: 1 }])
      await shop.readAll()
      expect(await statusOf(ours)).toBe('open')
      shop.clock.now = new Date(shop.clock.now.getTime() + minute)
      await shop.readAll()
      expect(await statusOf(ours)).toBe('confirmed')
    },
  )

  test('silence: the answer to the notice does not wait for it, and one try more is made', async () => {
    const { ours, theirs } = await paid()
    service.faults.push('silence')
    expect((await shop.post(service.notice('payment', theirs.id))).status).toBe(200)
    expect(await statusOf(ours)).toBe('open')
    expect(await shop.hear(service.notice('payment', theirs.id))).toBe(200)
    expect(await statusOf(ours)).toBe('confirmed')
  })

  test('an answer that is begun and never ended: after eight seconds the notice waits for the next reading', async () => {
    const { ours, theirs } = await paid()
    service.faults.push('stalled', 'stalled')
    const began = performance.now()
    await shop.hear(service.notice('payment', theirs.id))
    expect(performance.now() - began).toBeLessThan(12_000)
    expect(await shop.events(theirs.id)).toMatchObject([
      { status: 'new', attempts: 1, error: 'Mercado Pago does not answer' },
    ])
    service.faults.length = 0
    shop.clock.now = new Date(shop.clock.now.getTime() + minute)
    await shop.readAll()
    expect(await statusOf(ours)).toBe('confirmed')
  })

  test('a payment that it does not know yet is asked for again, and given up in the end', async () => {
    const notice = service.notice('payment', '999999999999')
    await shop.hear(notice)
    for (let i = 0; i < 6; i++) {
      shop.clock.now = new Date(shop.clock.now.getTime() + 5 * minute)
      await shop.readAll()
    }
    expect(await shop.events('999999999999')).toMatchObject([
      { status: 'done', error: 'not-there', attempts: 5 },
    ])
  })
})

describe('the sweep', () => {
  test('finds what was paid without a notice', async () => {
    const { ours } = await paid()
    await shop.sweep()
    expect(await statusOf(ours)).toBe('confirmed')
  })

  test('looks back seven days, and what nobody paid by then is over', async () => {
    const ours = await shop.checkOut()
    shop.clock.now = new Date(ours.createdAt.getTime() + 6.9 * 86_400_000)
    await shop.sweep()
    expect(await statusOf(ours)).toBe('open')
    shop.clock.now = new Date(ours.createdAt.getTime() + 7.1 * 86_400_000)
    await shop.sweep()
    expect(await statusOf(ours)).toBe('expired')
    const late = { external_reference: ours.reference, transaction_amount: 69 }
    await shop.hear(service.notice('payment', service.books.addPayment(late).id))
    expect(await statusOf(ours)).toBe('confirmed')
  })

  test('that fails ends nothing, and the next one goes on', async () => {
    const { ours } = await paid()
    service.faults.push(500, 500)
    await expect(shop.sweep()).rejects.toThrow(/could not be looked up/)
    expect(await statusOf(ours)).toBe('open')
    await shop.sweep()
    expect(await statusOf(ours)).toBe('confirmed')
  })
})
