import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { openCashSession } from '#src/cash/actions.ts'
import {
  business,
  productComponents,
  products,
  productUnavailable,
  registers,
  sales as salesTable,
  series,
  stockLevels,
} from '#src/db/tenant-schema.ts'
import { sales } from '#src/sales/routes.tsx'
import { counter, monday, openShop, order, type Shop } from '../../tests/support/till.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})

const sell = (change: Parameters<typeof order>[1] = {}) =>
  counter(shop, [sales]).json('/pos/ventas', order(shop, change))
const stocked = async (id: number, quantityThousandths: number) => {
  await shop.db.update(products).set({ tracksStock: true }).where(eq(products.id, id))
  await shop.db.insert(stockLevels).values({ branchId: shop.branchId, productId: id, quantityThousandths })
}
const level = async () => (await shop.db.select().from(stockLevels)).map((row) => row.quantityThousandths)
/** The other till of the same branch. */
const secondRegister = async () => {
  const { branchId, db } = shop
  const [{ insertId: registerId }] = await db
    .insert(registers)
    .values({ branchId, name: 'Caja 2', createdAt: monday })
  await db.insert(series).values({ registerId, documentType: 'nota_venta', code: 'NV02' })
  const opening = { requestKey: randomUUID(), registerId, floatCentimos: 0 }
  await openCashSession(db, shop.staff, opening, monday)
  return registerId
}
const block = () => shop.db.update(business).set({ blocksWithoutStock: true })

describe('what is sold out in this branch', () => {
  test('is refused by name, and nothing is written', async () => {
    await shop.db
      .insert(productUnavailable)
      .values({ branchId: shop.branchId, productId: shop.products.quarter })
    const refused = await sell()
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({
      problem: 'product-unavailable',
      text: '1/4 pollo: agotado en este local. Quítalo para cobrar.',
    })
    expect(await shop.db.select().from(salesTable)).toEqual([])
  })
})

describe('the last of something', () => {
  test('is sold beyond what the system knows, unless the owner said no', async () => {
    await stocked(shop.products.quarter, 1000)
    expect((await sell()).status).toBe(200)
    expect(await level()).toEqual([-1000])
  })

  test('is not sold twice, by two cajas at once, once she said so, and no number is lost', async () => {
    await block()
    const registerId = await secondRegister()
    await stocked(shop.products.quarter, 3000)
    const answers = await Promise.all([sell(), sell({ registerId })])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409])
    const refused = answers.find((answer) => answer.status === 409)
    expect(await refused?.json()).toMatchObject({
      problem: 'out-of-stock',
      text: 'Según el sistema queda 1 de 1/4 pollo y el dueño pidió no vender sin stock. Quita lo que falta.',
    })
    expect(await level()).toEqual([1000])
    const next = (await shop.db.select().from(series)).map((row) => row.nextNumber)
    expect(next.toSorted()).toEqual([1, 2])
  })

  test('what is not counted is sold as ever', async () => {
    await block()
    expect((await sell()).status).toBe(200)
  })
})

test('a combo takes what its portions are made of', async () => {
  const { quarter, whole, soda } = shop.products
  await stocked(whole, 10_000)
  await shop.db.insert(productComponents).values([
    { productId: soda, componentId: quarter, quantityThousandths: 2000 },
    { productId: quarter, componentId: whole, quantityThousandths: 250 },
  ])
  await sell({ lines: [{ productId: soda, quantityThousandths: 3000, unitPriceCentimos: 900 }] })
  expect(await level()).toEqual([8500])
})
