import { afterEach, expect, it, vi } from 'vitest'
import type { StockDocument } from '#src/stock/stock.ts'
import { makeShelf } from './shelf.ts'

const [chicken, quarter, promo, soda] = [1, 2, 3, 4]
const line = (productId: number, quantityThousandths: number) => ({
  productId,
  name: `Producto ${productId}`,
  stepThousandths: 1000,
  quantityThousandths,
})

/** A promo is two quarters, a quarter two eighths of a «Pollo» that is only counted. */
const stock: StockDocument = {
  blocks: false,
  levels: [
    [chicken, 750, 'pollo', 125],
    [soda, 3000],
  ],
  parts: [
    [quarter, chicken, 250],
    [promo, quarter, 2000],
  ],
}

async function shelf(document: StockDocument) {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(document)))
  const made = makeShelf()
  await made.refresh(1)
  return made
}
afterEach(() => vi.unstubAllGlobals())

it('says how much chicken is left when Beto adds a quarter, and lets him sell', async () => {
  const told = (await shelf(stock)).shortage([], [line(quarter, 1000)])
  expect(told).toEqual({
    left: { productId: chicken, name: 'pollo', thousandths: 750, stepThousandths: 125 },
    isBlocked: false,
  })
})

it('counts what the order already takes, through combos too', async () => {
  const made = await shelf(stock)
  const told = made.shortage([line(promo, 1000)], [line(promo, 1000), line(quarter, 1000)])
  expect(told?.left.thousandths).toBe(250)
})

it('is silent while there is plenty, and when a line gets smaller', async () => {
  const made = await shelf(stock)
  expect(made.shortage([], [line(soda, 1000)])).toBeNull()
  expect(made.shortage([line(quarter, 2000)], [line(quarter, 1000)])).toBeNull()
})

it('blocks only what is not there, and only where the owner said so', async () => {
  const made = await shelf({ ...stock, blocks: true })
  expect(made.shortage([], [line(quarter, 3000)])?.isBlocked).toBe(false)
  expect(made.shortage([line(quarter, 3000)], [line(quarter, 4000)])?.isBlocked).toBe(true)
})

it('knows what it has sold before the server is asked again', async () => {
  const made = await shelf(stock)
  made.sold([line(soda, 2000)])
  expect(made.shortage([], [line(soda, 1000)])?.left.thousandths).toBe(1000)
})

it('says that one is left when two are ordered, and not none', async () => {
  const made = await shelf({ ...stock, levels: [[soda, 1000]] })
  const told = made.shortage([line(soda, 1000)], [line(soda, 2000)])
  expect(told?.left.thousandths).toBe(1000)
})

it('warns of nothing without a line', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new Error('offline')
  })
  const made = makeShelf()
  await made.refresh(1)
  expect(made.shortage([], [line(soda, 9000)])).toBeNull()
})
