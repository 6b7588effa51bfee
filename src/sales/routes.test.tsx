import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { business, products, sales as saleRows } from '#src/db/tenant-schema.ts'
import { practice } from '#src/practice/routes.tsx'
import { prints } from '#src/prints/routes.tsx'
import { sales } from '#src/sales/routes.tsx'
import { businessMark } from '#src/till/catalogue.ts'
import { counter, monday, openShop, order, type Shop } from '../../tests/support/till.ts'

let rosita: Shop
let carla: Shop
let beto: ReturnType<typeof counter>
const at = (shop: Shop, now = monday) => counter(shop, [sales, practice, prints], now)

beforeAll(async () => {
  carla = await openShop('Bodega Carla')
})
beforeEach(async () => {
  rosita = await openShop()
  beto = at(rosita)
})

const charged = async (shop = rosita, change: Parameters<typeof order>[1] = {}) => {
  const answer = await at(shop).json('/pos/ventas', order(shop, change))
  return (await answer.json()).sale as { id: number; ticketPath: string; printPath: string }
}

describe('POST /pos/ventas', () => {
  test('answers the sale and its ticket, ready to show', async () => {
    const body = order(rosita, { payments: [{ method: 'efectivo', receivedCentimos: 5000 }] })
    const answer = await beto.json('/pos/ventas', body)
    expect(answer.status).toBe(200)
    const { ok, sale, ticketHtml } = await answer.json()
    expect(ok).toBe(true)
    expect(sale).toMatchObject({
      number: 'NV01-000001',
      practice: false,
      totalCentimos: 3000,
      roundingCentimos: 0,
      dueCentimos: 3000,
      changeCentimos: 2000,
      method: 'efectivo',
      ticketPath: `/ventas/${sale.id}/ticket`,
      printPath: `/ventas/${sale.id}/impresiones`,
    })
    expect(sale.whatsappText).toContain('NOTA DE VENTA NV01-000001')
    expect(ticketHtml).toMatch(/^<article class="ticket ticket-80"/)
    const again = await (await beto.json('/pos/ventas', body)).json()
    expect(again).toEqual({ ok, sale, ticketHtml })
  })

  test('says each refusal in the words of the counter', async () => {
    const refused = async (change: Parameters<typeof order>[1]) => {
      const answer = await beto.json('/pos/ventas', order(rosita, change))
      const { text } = (await answer.json()) as { text: string }
      return `${answer.status} ${text.replaceAll('\u00a0', ' ')}`
    }
    const cash = (receivedCentimos: number) => ({
      payments: [{ method: 'efectivo' as const, receivedCentimos }],
    })
    expect(await refused(cash(2650))).toBe('422 Faltan S/ 3.50.')
    expect(await refused({ payments: [{ method: 'yape', amountCentimos: 5000 }] })).toBe(
      '422 Con Yape se cobra exacto: S/ 30.00.',
    )
    expect(await refused({ lines: [] })).toBe('422 Agrega un producto para cobrar.')
    expect(await refused({ registerId: 77 })).toBe('404 Esa caja no existe en tu negocio.')
    await rosita.db
      .update(products)
      .set({ priceCentimos: 1600 })
      .where(eq(products.id, rosita.products.quarter))
    expect(await refused({})).toBe('409 1/4 pollo ahora cuesta S/ 16.00 (antes S/ 15.00).')
    await rosita.db.update(products).set({ active: false }).where(eq(products.id, rosita.products.quarter))
    expect(await refused({})).toBe('409 1/4 pollo ya no está a la venta. Quítalo para cobrar.')
  })

  test("typed in Rosita's till while the browser is signed in to Carla's is sold to nobody", async () => {
    const mine = { business: businessMark(rosita.tenant.uid) }
    for (const path of ['/pos/ventas', '/pos/practica']) {
      const answer = await at(carla).json(path, { ...order(carla), ...mine })
      expect(answer.status).toBe(409)
      expect(await answer.json()).toMatchObject({
        ok: false,
        problem: 'other-business',
        text: 'Aquí entró otro negocio. Vuelve a ingresar; tu pedido está guardado.',
      })
      expect((await beto.json(path, { ...order(rosita), ...mine })).status).toBe(200)
    }
    expect(await carla.db.$count(saleRows)).toBe(0)
  })

  test.each(['hola', '[]', 'null', '{"lines":', ''])('answers 422 to a body of %j', async (body) => {
    const answer = await beto.json('/pos/ventas', body)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ ok: false, problem: 'malformed' })
  })
})

describe('a ticket', () => {
  test('is a page with its two buttons, or the paper alone for htmx', async () => {
    const { ticketPath } = await charged()
    const page = await (await beto.get(ticketPath)).text()
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).toContain('https://wa.me/?text=')
    expect(page).toContain('Imprimir')
    const partial = await (await beto.get(ticketPath, { 'HX-Request-Type': 'partial' })).text()
    expect(partial).toMatch(/^<article class="ticket/)
    expect(page).toContain(partial)
  })

  test('of another business is not there, nor can it be printed', async () => {
    const { ticketPath, printPath } = await charged()
    expect((await at(carla).get(ticketPath)).status).toBe(404)
    expect((await at(carla).json(printPath, { requestKey: randomUUID() })).status).toBe(404)
    expect((await at(carla).get('/practica/1/ticket')).status).toBe(404)
    expect((await at(carla).json('/practica/1/impresiones', { requestKey: randomUUID() })).status).toBe(404)
    expect((await beto.get('/ventas/99999999999999999999/ticket')).status).toBe(404)
  })

  test('carries COPIA once it went to paper, and counts a repeated key once', async () => {
    const { ticketPath, printPath } = await charged()
    const mark = async (path = ticketPath) =>
      /<p class="ticket-mark ticket-copy" hidden/.test(await (await beto.get(path)).text())
        ? 'original'
        : 'copia'
    expect(await mark()).toBe('original')
    const requestKey = randomUUID()
    for (const prints of [1, 1]) {
      expect(await (await beto.json(printPath, { requestKey })).json()).toEqual({ ok: true, prints })
    }
    expect(await mark()).toBe('copia')
    expect(await (await beto.json(printPath, { requestKey: randomUUID() })).json()).toEqual({
      ok: true,
      prints: 2,
    })
    const [shop] = await rosita.db.select({ at: business.firstPrintAt }).from(business)
    expect(shop?.at).toEqual(monday)
  })

  test('without JavaScript the first print is the original, the second a copy', async () => {
    const { printPath } = await charged()
    const isCopy = async (location: string | null) =>
      !/ticket-copy" hidden/.test(await (await beto.get(location ?? '')).text())
    const first = await beto.form(printPath, { requestKey: randomUUID() })
    expect(first.status).toBe(303)
    expect(await isCopy(first.headers.get('Location'))).toBe(false)
    const second = await beto.form(printPath, { requestKey: randomUUID() })
    expect(await isCopy(second.headers.get('Location'))).toBe(true)
  })

  test('is not printed with a key that is none', async () => {
    const { printPath, ticketPath } = await charged()
    expect((await beto.json(printPath, { requestKey: '1' })).status).toBe(422)
    expect((await beto.form(printPath, {})).headers.get('Location')).toBe(ticketPath)
  })
})

describe('GET /ventas', () => {
  test('says what to do while there is none', async () => {
    const page = await (await beto.get('/ventas')).text()
    expect(page).toContain('Tu primera venta aparecerá aquí.')
    expect(page).toContain('Ir a la caja')
  })

  test('shows each day in Lima under what it brought in, also across midnight UTC', async () => {
    await charged()
    await charged(rosita, { payments: [{ method: 'yape' }] })
    const nextDay = new Date('2026-11-24T05:00:00Z')
    await at(rosita, nextDay).json('/pos/ventas', order(rosita))
    const page = (await (await at(rosita, nextDay).get('/ventas')).text()).replaceAll('\u00a0', ' ')
    const days = page.split('class="sales-day"').slice(1)
    expect(days).toHaveLength(2)
    expect(days[0]).toMatch(/Hoy.*S\/ 30\.00.*1 venta/s)
    expect(days[1]).toMatch(/Ayer.*S\/ 60\.00.*2 ventas.*Efectivo.*S\/ 30\.00.*Yape.*S\/ 30\.00/s)
  })

  test('goes on by page, and a page that is none is the first', async () => {
    for (let n = 0; n < 51; n++) await charged()
    const first = await (await beto.get('/ventas')).text()
    expect(first.match(/NV01-\d{6}/g)).toHaveLength(50)
    const next = /\/ventas\?antes=\d+/.exec(first)?.[0] ?? ''
    expect((await (await beto.get(next)).text()).match(/NV01-\d{6}/g)).toEqual(['NV01-000001'])
    expect((await beto.get('/ventas?antes=hola')).status).toBe(200)
  })
})

test('a business and a product called <script> stay text on every page', async () => {
  const evil = await openShop('<script>alert(1)</script>')
  await evil.db.update(products).set({ name: '<script>alert(2)</script>' })
  const { ticketPath } = await charged(evil)
  for (const path of [ticketPath, '/ventas']) {
    const page = await (await at(evil).get(path)).text()
    expect(page).not.toMatch(/<script>alert/)
    expect(page).toContain('</html>')
  }
})
