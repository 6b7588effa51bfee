import { asc } from 'drizzle-orm'
import mysql from 'mysql2/promise'
import { expect, test, vi } from 'vitest'
import { productComponents, products, stockLevels, stockMovements } from '#src/db/tenant-schema.ts'
import { charge } from '#src/sales/actions.ts'
import { monday, openShop, order, type Shop } from '../../tests/support/till.ts'

/** «1/4 pollo» takes 2 eighths of «Pollo», «Pollo entero» all 8. */
async function countsChicken(shop: Shop): Promise<number> {
  const [pollo] = await shop.db.insert(products).values({
    name: 'Pollo',
    priceCentimos: 0,
    stepThousandths: 125,
    tracksStock: true,
    forSale: false,
    createdAt: monday,
    updatedAt: monday,
  })
  const componentId = pollo.insertId
  await shop.db.insert(productComponents).values([
    { productId: shop.products.quarter, componentId, quantityThousandths: 250 },
    { productId: shop.products.whole, componentId, quantityThousandths: 1000 },
  ])
  await shop.db
    .insert(stockLevels)
    .values({ branchId: shop.branchId, productId: componentId, quantityThousandths: 12_750 })
  return componentId
}

const level = async (shop: Shop) =>
  (await shop.db.select({ left: stockLevels.quantityThousandths }).from(stockLevels)).map((row) => row.left)

test('a quarter and a whole chicken leave 11 1/2 of 12 3/4', async () => {
  const shop = await openShop()
  const pollo = await countsChicken(shop)
  const lines = [
    { productId: shop.products.quarter, quantityThousandths: 1000, unitPriceCentimos: 1500 },
    { productId: shop.products.whole, quantityThousandths: 1000, unitPriceCentimos: 5800 },
  ]
  const charged = await charge(shop.db, shop.tenant, shop.beto, order(shop, { lines }), monday)
  expect(charged).toMatchObject({ ok: true })
  expect(await level(shop)).toEqual([11_500])
  expect(await shop.db.select().from(stockMovements)).toMatchObject([
    {
      productId: pollo,
      branchId: shop.branchId,
      quantityThousandths: -1250,
      reason: 'venta',
      staffId: shop.beto.id,
    },
  ])
})

test('sixteen tills at once take exactly what they sold, and a repeated or refused sale takes nothing', async () => {
  const shop = await openShop()
  await countsChicken(shop)
  const eight = order(shop)
  const bodies = [...Array.from({ length: 15 }, () => order(shop)), eight]
  await Promise.all(bodies.map((body) => charge(shop.db, shop.tenant, shop.beto, body, monday)))
  await charge(shop.db, shop.tenant, shop.beto, eight, monday)
  const short = order(shop, { payments: [{ method: 'efectivo', receivedCentimos: 1 }] })
  await charge(shop.db, shop.tenant, shop.beto, short, monday)
  expect(await level(shop)).toEqual([12_750 - 16 * 500])
})

test('stock may go below zero: who has the chicken in the hand may sell it', async () => {
  const shop = await openShop()
  await countsChicken(shop)
  const lines = [{ productId: shop.products.whole, quantityThousandths: 13_000, unitPriceCentimos: 5800 }]
  expect(await charge(shop.db, shop.tenant, shop.beto, order(shop, { lines }), monday)).toMatchObject({
    ok: true,
  })
  expect(await level(shop)).toEqual([-250])
})

test('a product without stock of its own yet begins at zero', async () => {
  const shop = await openShop()
  await shop.db.update(products).set({ tracksStock: true })
  await charge(shop.db, shop.tenant, shop.beto, order(shop), monday)
  expect(await level(shop)).toEqual([-2000])
})

test('a sale takes 7 statements, 9 with stock', async () => {
  const shop = await openShop()
  const said = vi.spyOn(
    (mysql as unknown as { PromiseConnection: { prototype: { query: (q: unknown) => unknown } } })
      .PromiseConnection.prototype,
    'query',
  )
  const statements = async () => {
    said.mockClear()
    const body = order(shop)
    const charged = await charge(shop.db, shop.tenant, shop.beto, body, monday)
    if (!charged.ok) throw new Error(charged.problem)
    return said.mock.calls
      .map(([query]) => (typeof query === 'string' ? query : (query as { sql: string }).sql))
      .filter((text) => /^(select|insert|update|delete)/i.test(text))
  }
  expect(await statements()).toHaveLength(7)
  await countsChicken(shop)
  expect(await statements()).toHaveLength(9)
  said.mockRestore()
})

test('lines of one product in two places move it once', async () => {
  const shop = await openShop()
  await countsChicken(shop)
  const line = { productId: shop.products.quarter, quantityThousandths: 1000, unitPriceCentimos: 1500 }
  await charge(shop.db, shop.tenant, shop.beto, order(shop, { lines: [line, line] }), monday)
  const moved = await shop.db.select().from(stockMovements).orderBy(asc(stockMovements.id))
  expect(moved.map((row) => row.quantityThousandths)).toEqual([-500])
})
