import { randomUUID } from 'node:crypto'
import { count } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import {
  business,
  cashSessions,
  practiceSales,
  products,
  salePayments,
  sales,
  series,
  stockLevels,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import { chargePractice, wipePracticeSales } from '#src/practice/actions.ts'
import { practice } from '#src/practice/routes.tsx'
import { prints } from '#src/prints/routes.tsx'
import { salesMadeUpTo } from '#src/sales/queries.ts'
import { counter, monday, openShop, order, type Shop } from '../../tests/support/till.ts'

let shop: Shop
const day = 86_400_000

beforeEach(async () => {
  shop = await openShop()
})

const practise = (change: Parameters<typeof order>[1] = {}, now = monday) =>
  chargePractice(shop.db, shop.tenant, shop.beto, order(shop, change), now)

test('a venta de prueba needs no open caja and says that it is worth nothing', async () => {
  await shop.db.delete(cashSessions)
  const charged = await practise({ payments: [{ method: 'efectivo', receivedCentimos: 5000 }] })
  expect(charged).toMatchObject({
    ok: true,
    ticket: { number: 'PRU-000001', isPractice: true, dueCentimos: 3000 },
  })
  expect(await practise()).toMatchObject({ ticket: { number: 'PRU-000002' } })
  const [row] = await shop.db.select({ at: business.firstPracticeSaleAt }).from(business)
  expect(row?.at).toEqual(monday)
})

test('practice never reaches sales, cash, stock, series or trial', async () => {
  await shop.db.update(products).set({ tracksStock: true })
  await practise()
  for (const table of [sales, salePayments, stockLevels, stockMovements]) {
    const [rows] = await shop.db.select({ n: count() }).from(table)
    expect(rows?.n).toBe(0)
  }
  expect(await salesMadeUpTo(shop.db, 100)).toEqual({ made: 0, usedUpAt: null })
  const [own] = await shop.db.select({ next: series.nextNumber }).from(series)
  expect(own?.next).toBe(1)
})

test('the same key is one venta de prueba, also eight at once; with another body it is refused', async () => {
  const requestKey = randomUUID()
  const answers = await Promise.all(Array.from({ length: 8 }, () => practise({ requestKey })))
  expect(new Set(answers.map((answer) => answer.ok && answer.id)).size).toBe(1)
  expect(await practise({ requestKey, channel: 'llevar' })).toEqual({
    ok: false,
    problem: 'request-key-reused',
  })
})

test('it refuses what a sale refuses', async () => {
  expect(await practise({ payments: [{ method: 'efectivo', receivedCentimos: 1 }] })).toMatchObject({
    problem: 'not-enough-cash',
  })
  expect(await practise({ registerId: 4_000_000 })).toMatchObject({ problem: 'unknown-register' })
})

test('after 7 days it is wiped, and its ticket with it; the checklist stays ticked', async () => {
  await practise()
  await practise({}, new Date(monday.getTime() + day))
  expect(await wipePracticeSales(shop.db, new Date(monday.getTime() + 7 * day))).toBe(0)
  expect(await wipePracticeSales(shop.db, new Date(monday.getTime() + 7 * day + 1))).toBe(1)
  expect(await shop.db.select({ number: practiceSales.number }).from(practiceSales)).toEqual([{ number: 2 }])
  const [row] = await shop.db.select({ at: business.firstPracticeSaleAt }).from(business)
  expect(row?.at).toEqual(monday)
})

test('its ticket is shown and printed like one, and ticks «Imprime un ticket»', async () => {
  const beto = counter(shop, [practice, prints])
  const answer = await beto.json('/pos/practica', order(shop))
  const { sale, ticketHtml } = await answer.json()
  expect(sale).toMatchObject({ practice: true, ticketPath: `/practica/${sale.id}/ticket` })
  expect(ticketHtml).toContain('VENTA DE PRUEBA · SIN VALOR')
  expect(await (await beto.get(sale.ticketPath)).text()).toContain('PRU-000001')
  expect(await (await beto.json(sale.printPath, { requestKey: randomUUID() })).json()).toEqual({
    ok: true,
    prints: 1,
  })
  const [row] = await shop.db.select({ at: business.firstPrintAt }).from(business)
  expect(row?.at).toEqual(monday)
})
