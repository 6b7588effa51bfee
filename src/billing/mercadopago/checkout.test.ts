import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { staff } from '#src/db/tenant-schema.ts'
import { readyTenant, testDatabases } from '../../../tests/support/database.ts'
import { type PayingShop, payingShop } from '../../../tests/support/mercadopago/shop.ts'
import { type MercadoPago, startMercadoPago } from '../../../tests/support/mercadopago.ts'

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

const created = () => service.asked.filter(({ method }) => method === 'POST')
const checkout = (reference: string) => `/plan/mercadopago/${reference}`
const comingBack = (reference: string) => `/plan/retorno/${reference}`

describe('the way to Mercado Pago', () => {
  test('is a link to the checkout of exactly this amount, under our reference and our own key', async () => {
    const { reference, checkoutUrl } = await shop.checkOut()
    expect(created()).toMatchObject([
      {
        idempotencyKey: `${reference}-once`,
        body: { external_reference: reference, items: [{ unit_price: 69, currency_id: 'PEN', quantity: 1 }] },
      },
    ])
    const page = await (await shop.asRosa(checkout(reference))).text()
    expect(page).toContain(`href="${checkoutUrl}"`)
    expect(page).not.toContain('<form class="form"')
  })

  test('an amount that the browser sends along is not heard', async () => {
    const { reference } = await shop.begin()
    const form = { renews: 'no', amount: '1', amountCentimos: '1', price: '0.01' }
    await shop.asRosa(checkout(reference), { form })
    expect(created()).toMatchObject([{ body: { items: [{ unit_price: 69 }] } }])
  })

  test('pressed twice at once, one checkout is begun', async () => {
    const { reference } = await shop.begin()
    const press = () => shop.asRosa(checkout(reference), { form: { renews: 'no' } })
    const answers = await Promise.all([press(), press(), press()])
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(service.books.preferences.size).toBeGreaterThan(0)
    const ours = [...service.books.preferences.values()].filter((one) => one.external_reference === reference)
    expect(ours).toHaveLength(1)
  })

  test('when Mercado Pago does not answer, she is told, and can try again', async () => {
    const { reference } = await shop.begin()
    service.faults.push(500, 500)
    const refused = await shop.asRosa(checkout(reference), { form: { renews: 'si' } })
    expect(refused.status).toBe(422)
    const page = await refused.text()
    expect(page).toContain('Mercado Pago no responde')
    expect(page).toMatch(/value="si"[^>]*checked/)
    expect((await shop.asRosa(checkout(reference), { form: { renews: 'si' } })).status).toBe(303)
  })

  test('after a change of plan with credit it is paid once only', async () => {
    const ours = await shop.checkOut()
    const theirs = { external_reference: ours.reference, transaction_amount: 69 }
    await shop.hear(service.notice('payment', service.books.addPayment(theirs).id))
    const { reference, creditCentimos } = await shop.begin({ plan: 'CADENA' })
    expect(creditCentimos).toBeGreaterThan(0)
    const refused = await shop.asRosa(checkout(reference), { form: { renews: 'si' } })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('se paga una sola vez')
  })

  test.each([{ renews: '' }, { renews: 'quizás' }, {}])('%o is asked again', async (form) => {
    const { reference } = await shop.begin()
    const answer = await shop.asRosa(checkout(reference), { method: 'POST', form: form as never })
    expect(answer.status).toBe(422)
    expect(created()).toEqual([])
  })

  test('nobody who is not the owner goes there, and nobody of another business', async () => {
    const { reference } = await shop.checkOut()
    const carla = await shop.app.as(await readyTenant('Bodega de Carla'))
    const unknown = '00000000-0000-4000-8000-000000000000'
    for (const path of [checkout(reference), comingBack(reference)]) {
      expect((await carla(path)).status).toBe(404)
      expect((await shop.asRosa(path.replace(reference, unknown))).status).toBe(404)
    }
    await shop.rosa.db.update(staff).set({ role: 'cajera' }).where(eq(staff.id, 1))
    for (const path of [checkout(reference), comingBack(reference)]) {
      expect((await shop.asRosa(path)).status).toBe(403)
    }
    expect((await shop.asRosa(checkout(reference), { form: { renews: 'no' } })).status).toBe(403)
  })
})

describe('the way back', () => {
  test('whatever the address claims, nothing is paid until the service says so', async () => {
    const { reference } = await shop.checkOut()
    const lie = `${comingBack(reference)}?status=approved&collection_status=approved&payment_id=1`
    const page = await (await shop.asRosa(lie)).text()
    expect(page).toContain('Estamos confirmando tu pago')
    expect(page).toContain('http-equiv="refresh"')
    expect((await shop.payment(reference)).status).toBe('open')
    expect(await shop.business()).toMatchObject({ paidUntil: null })
  })

  test('paid: back to the page where she was, and only ever to one of ours', async () => {
    const ours = await shop.checkOut()
    const theirs = { external_reference: ours.reference, transaction_amount: 69 }
    await shop.hear(service.notice('payment', service.books.addPayment(theirs).id))
    const page = await (await shop.asRosa(`${comingBack(ours.reference)}?volver=%2Fpos`)).text()
    expect(page).toContain('¡Listo! Tu caja ya funciona.')
    expect(page).toMatch(/href="\/pos"[^>]*>.*Volver a mi pedido/)
    const evil = await shop.asRosa(`${comingBack(ours.reference)}?volver=https%3A%2F%2Fevil.example%2F`)
    expect(await evil.text()).not.toContain('evil.example')
  })

  test('the page asks the service itself, so that a lost notice keeps nobody waiting', async () => {
    const ours = await shop.checkOut()
    service.books.addPayment({ external_reference: ours.reference, transaction_amount: 69 })
    await shop.asRosa(comingBack(ours.reference))
    await expect.poll(async () => (await shop.payment(ours.reference)).status).toBe('confirmed')
    const partial = { headers: { 'HX-Request-Type': 'partial' } }
    const answer = await shop.asRosa(comingBack(ours.reference), partial)
    expect(answer.headers.get('HX-Redirect')).toBe(comingBack(ours.reference))
  })
})

test('without a token there is no Mercado Pago: no notices, no checkout', async () => {
  const { reference } = await shop.begin()
  Object.assign(shop.services.config, { mercadoPago: null })
  expect(await shop.hear(service.notice('payment', '1'))).toBe(404)
  expect((await shop.asRosa(checkout(reference))).status).toBe(404)
  expect((await shop.asRosa(checkout(reference), { form: { renews: 'no' } })).status).toBe(404)
})
