import { randomUUID } from 'node:crypto'
import { asc, count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { openCashSession } from '#src/cash/actions.ts'
import {
  business,
  cashSessions,
  products,
  registers,
  saleLines,
  salePayments,
  sales,
  series,
} from '#src/db/tenant-schema.ts'
import { charge } from '#src/sales/actions.ts'
import type { SaleBody } from '#src/sales/form.ts'
import { salesMadeUpTo } from '#src/sales/queries.ts'
import { monday, openShop, order, type Shop } from '../../tests/support/till.ts'

let shop: Shop
let beto: { id: number; name: string }

beforeEach(async () => {
  shop = await openShop()
  beto = shop.beto
})

const sell = (change: Partial<SaleBody> = {}, now = monday) =>
  charge(shop.db, shop.tenant, beto, order(shop, change), now)

async function sold(change: Partial<SaleBody> = {}, now = monday) {
  const charged = await sell(change, now)
  if (!charged.ok) throw new Error(charged.problem)
  return charged
}
const numbers = async () =>
  (await shop.db.select({ number: sales.number }).from(sales).orderBy(asc(sales.number))).map((s) => s.number)
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1)
const soda = (priceCentimos: number) =>
  shop.db.update(products).set({ priceCentimos }).where(eq(products.id, shop.products.soda))
const oneSoda = (unitPriceCentimos = 900) => ({
  lines: [{ productId: shop.products.soda, quantityThousandths: 1000, unitPriceCentimos }],
})

describe('Beto charges', () => {
  test('two quarters in cash: number, lines and payment are kept as sold', async () => {
    const { id, ticket } = await sold({ payments: [{ method: 'efectivo', receivedCentimos: 5000 }] })
    expect(ticket).toMatchObject({ number: 'NV01-000001', dueCentimos: 3000, attendedBy: 'Beto' })
    const [sale] = await shop.db.select().from(sales)
    expect(sale).toMatchObject({ id, number: 1, totalCentimos: 3000, roundingCentimos: 0, regime: 'rus' })
    const lines = await shop.db.select().from(saleLines)
    expect(lines).toMatchObject([
      { name: '1/4 pollo', unitPriceCentimos: 1500, totalCentimos: 3000, position: 1 },
    ])
    const payments = await shop.db.select().from(salePayments)
    expect(payments).toMatchObject([
      { method: 'efectivo', amountCentimos: 3000, receivedCentimos: 5000, changeCentimos: 2000 },
    ])
  })

  test('cash is rounded down to 0.10, on a line of its own', async () => {
    await soda(996)
    const { ticket } = await sold({
      ...oneSoda(996),
      payments: [{ method: 'efectivo', receivedCentimos: 1000 }],
    })
    expect(ticket).toMatchObject({ totalCentimos: 996, roundingCentimos: -6, dueCentimos: 990 })
    expect(ticket.payments).toMatchObject([
      { amountCentimos: 990, receivedCentimos: 1000, changeCentimos: 10 },
    ])
  })

  test.each(['yape', 'plin', 'tarjeta'] as const)('%s charges the exact total', async (method) => {
    await soda(996)
    const { ticket } = await sold({ ...oneSoda(996), payments: [{ method, operationNumber: '00123' }] })
    expect(ticket).toMatchObject({ totalCentimos: 996, roundingCentimos: 0, dueCentimos: 996 })
    expect(ticket.payments).toMatchObject([{ method, amountCentimos: 996, operationNumber: '00123' }])
    const [payment] = await shop.db.select().from(salePayments)
    expect(payment).toMatchObject({
      method,
      amountCentimos: 996,
      receivedCentimos: null,
      changeCentimos: null,
    })
  })

  test('a Yape of more than the bill is refused with the exact amount', async () => {
    expect(await sell({ payments: [{ method: 'yape', amountCentimos: 3001 }] })).toMatchObject({
      problem: 'wallet-above-total',
      dueCentimos: 3000,
      method: 'yape',
    })
    expect(await sell({ payments: [{ method: 'yape', receivedCentimos: 5000 }] })).toMatchObject({
      ok: false,
    })
    expect(await sell({ payments: [{ method: 'plin', amountCentimos: 2999 }] })).toMatchObject({
      problem: 'wallet-not-exact',
    })
    expect(await numbers()).toEqual([])
  })

  test('too little cash says how much is missing', async () => {
    const refused = await sell({ payments: [{ method: 'efectivo', receivedCentimos: 2650 }] })
    expect(refused).toMatchObject({ problem: 'not-enough-cash', missingCentimos: 350 })
  })
})

describe('the shop changed under the order', () => {
  test('a stale price is asked about with the new total, not charged', async () => {
    await shop.db.update(products).set({ priceCentimos: 1600 }).where(eq(products.id, shop.products.quarter))
    expect(await sell()).toEqual({
      ok: false,
      problem: 'price-changed',
      dueCentimos: 3200,
      lines: [
        {
          productId: shop.products.quarter,
          name: '1/4 pollo',
          unitPriceCentimos: 1600,
          previousCentimos: 1500,
        },
      ],
    })
  })

  test('a hidden product is named', async () => {
    await shop.db.update(products).set({ active: false }).where(eq(products.id, shop.products.quarter))
    expect(await sell()).toMatchObject({ problem: 'product-hidden', lines: [{ name: '1/4 pollo' }] })
  })

  test('what is only counted, never sold as such, cannot be sold', async () => {
    await shop.db.update(products).set({ forSale: false }).where(eq(products.id, shop.products.quarter))
    expect(await sell()).toMatchObject({ problem: 'product-hidden' })
  })

  test('half a bottle is no bottle', async () => {
    const lines = [{ productId: shop.products.soda, quantityThousandths: 1500, unitPriceCentimos: 900 }]
    expect(await sell({ lines })).toMatchObject({
      problem: 'bad-quantity',
      field: 'lines.0.quantityThousandths',
    })
  })

  test('more than a million soles is two sales', async () => {
    await soda(9_999_999)
    const lines = [
      { productId: shop.products.soda, quantityThousandths: 9_999_000, unitPriceCentimos: 9_999_999 },
    ]
    expect(await sell({ lines })).toMatchObject({ problem: 'total-too-large' })
  })

  test('a product of another business, or of nobody, is unknown', async () => {
    const lines = [{ productId: 4_000_000, quantityThousandths: 1000, unitPriceCentimos: 100 }]
    expect(await sell({ lines })).toMatchObject({ problem: 'unknown-product' })
  })

  test("another business's register does not exist here", async () => {
    expect(await sell({ registerId: 4_000_000 })).toMatchObject({ problem: 'unknown-register' })
  })

  test('without an open caja, and after it was closed, nothing is sold', async () => {
    await shop.db.update(cashSessions).set({ openSlot: null, closedAt: monday, closedBy: 1 })
    expect(await sell()).toMatchObject({ problem: 'no-open-cash-session' })
    await shop.db.delete(cashSessions)
    expect(await sell()).toMatchObject({ problem: 'no-open-cash-session' })
    expect(await numbers()).toEqual([])
  })
})

describe('the same key', () => {
  test('twice is one sale, answered again with the same ticket', async () => {
    const requestKey = randomUUID()
    const first = await sold({ requestKey })
    expect(await sold({ requestKey }, new Date(monday.getTime() + 60_000))).toEqual(first)
    expect(await numbers()).toEqual([1])
  })

  test('from sixteen tries at once is one sale', async () => {
    const requestKey = randomUUID()
    const answers = await Promise.all(Array.from({ length: 16 }, () => sold({ requestKey })))
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    expect(await numbers()).toEqual([1])
  })

  test('is answered even after the product was hidden and the caja closed', async () => {
    const requestKey = randomUUID()
    const first = await sold({ requestKey })
    await shop.db.update(products).set({ active: false })
    await shop.db.update(cashSessions).set({ openSlot: null })
    expect(await sold({ requestKey })).toEqual(first)
  })

  test('with another body is refused', async () => {
    const requestKey = randomUUID()
    await sold({ requestKey })
    expect(await sell({ requestKey, channel: 'llevar' })).toEqual({
      ok: false,
      problem: 'request-key-reused',
    })
  })
})

describe('the numbers of a caja', () => {
  test('are its own, and one key sent from two cajas at once is one sale', async () => {
    const [other] = await shop.db
      .insert(registers)
      .values({ branchId: shop.branchId, name: 'Caja 2', createdAt: monday })
    const registerId = other.insertId
    await shop.db.insert(series).values({ registerId, documentType: 'nota_venta', code: 'NV02' })
    const opening = { requestKey: randomUUID(), registerId, floatCentimos: 0 }
    await openCashSession(shop.db, shop.staff, opening, monday)
    expect((await sold({ registerId })).ticket.number).toBe('NV02-000001')

    const requestKey = randomUUID()
    const answers = await Promise.all([sell({ requestKey }), sell({ requestKey, registerId })])
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ problem: 'request-key-reused' })
    expect(await numbers()).toHaveLength(2)
  })

  test('have no gap, whatever was refused or repeated in between', async () => {
    const requestKey = randomUUID()
    await sold({ requestKey })
    await sell({ payments: [{ method: 'efectivo', receivedCentimos: 1 }] })
    await sold({ requestKey })
    await sell({ lines: [{ productId: 4_000_000, quantityThousandths: 1000, unitPriceCentimos: 1 }] })
    await sell({ requestKey, orderLabel: '48' })
    await sold()
    await sell({ payments: [{ method: 'yape', amountCentimos: 1 }] })
    await sold()
    expect(await numbers()).toEqual([1, 2, 3])
  })

  test('have no gap and no repeat with sixteen tills on one caja', async () => {
    const till = async () => {
      for (let n = 0; n < 5; n++) await sold()
    }
    await Promise.all(Array.from({ length: 16 }, till))
    expect(await numbers()).toEqual(upTo(80))
    const [payments] = await shop.db.select({ n: count() }).from(salePayments)
    expect(payments?.n).toBe(80)
  })
})

test("New Year's Eve changes the rate in the middle of a turno", async () => {
  await shop.db.update(business).set({ regime: 'mype', igvKind: 'restaurant' })
  const before = await sold({}, new Date('2027-01-01T04:59:59Z'))
  const after = await sold({}, new Date('2027-01-01T05:00:00Z'))
  expect(before.ticket.taxLines.at(-1)?.label).toMatch(/^IGV 10.5/)
  expect(after.ticket.taxLines.at(-1)?.label).toMatch(/^IGV 15/)
  const rows = await shop.db.select({ rate: sales.igvBasisPoints, igv: sales.igvCentimos }).from(sales)
  expect(rows).toEqual([
    { rate: 1050, igv: 285 },
    { rate: 1500, igv: 391 },
  ])
})

test('the tax of the lines adds up to the tax of the sale', async () => {
  await shop.db.update(business).set({ regime: 'general' })
  await sold({
    lines: [shop.products.quarter, shop.products.quarter, shop.products.quarter].map((productId) => ({
      productId,
      quantityThousandths: 1000,
      unitPriceCentimos: 1500,
    })),
  })
  const lines = await shop.db.select({ igv: saleLines.igvCentimos }).from(saleLines)
  const [sale] = await shop.db.select({ igv: sales.igvCentimos }).from(sales)
  expect(lines.reduce((sum, line) => sum + line.igv, 0)).toBe(sale?.igv)
})

test('the trial counts sales only as far as it asks', async () => {
  await sold()
  await sold()
  await sold()
  expect(await salesMadeUpTo(shop.db, 2)).toEqual({ made: 2, usedUpAt: monday })
  expect(await salesMadeUpTo(shop.db, 100)).toEqual({ made: 3, usedUpAt: null })
})
