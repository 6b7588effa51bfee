import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addProduct,
  emptyOrder,
  itemCount,
  lineOf,
  nextOrder,
  type Order,
  type OrderProduct,
  orderTotals,
  removeLine,
  reprice,
  setChannel,
  setQuantity,
} from './order.ts'
import { readOrder } from './saved-order.ts'

const product = (id: number, over: Partial<OrderProduct> = {}): OrderProduct => ({
  id,
  name: `Producto ${id}`,
  priceCentimos: 1500,
  stepThousandths: 1000,
  unit: 'unidad',
  affectation: '10',
  ...over,
})
const quarter = product(1, { name: '1/4 pollo' })
const soda = product(2, { name: 'Inca Kola 1.5 L', priceCentimos: 900 })
const cheese = product(3, { name: 'Queso', priceCentimos: 2890, stepThousandths: 1, unit: 'kg' })

let keys = 0
const makeKey = () => `key-${++keys}`
const add = (order: Order, one: OrderProduct, quantity = 1000) => addProduct(order, one, quantity, makeKey)
const shown = (order: Order) => order.lines.map((line) => [line.name, line.quantityThousandths])

describe('Beto types an order', () => {
  test('the same product joins its line, another one goes to the end', () => {
    const order = add(add(add(emptyOrder(47), quarter), soda), quarter)
    expect(shown(order)).toEqual([
      ['1/4 pollo', 2000],
      ['Inca Kola 1.5 L', 1000],
    ])
    expect(orderTotals(order, 1050)).toMatchObject({ totalCentimos: 3900 })
  })

  test('the key is made with the first line and stays to the end', () => {
    const first = add(emptyOrder(1), quarter)
    expect(first.requestKey).toMatch(/^key-/)
    const later = setQuantity(add(first, soda), soda.id, 5000)
    expect(later.requestKey).toBe(first.requestKey)
    expect(removeLine(removeLine(later, quarter.id), soda.id).requestKey).toBe(first.requestKey)
  })

  test('orders are numbered 1 to 99 and again', () => {
    expect(nextOrder(emptyOrder(47)).label).toBe(48)
    expect(nextOrder(emptyOrder(99)).label).toBe(1)
    expect([emptyOrder(0).label, emptyOrder(100).label, emptyOrder(1).label]).toEqual([99, 1, 1])
  })

  test('a product whose price changed meanwhile costs the new price in the whole line', () => {
    const order = add(add(emptyOrder(1), quarter), { ...quarter, priceCentimos: 1600 })
    expect(orderTotals(order, 0).totalCentimos).toBe(3200)
  })

  test('«ahora cuesta S/ 16.00»: the same order at the new prices', () => {
    const order = add(add(emptyOrder(1), quarter), soda)
    const repriced = reprice(order, [
      { productId: 1, unitPriceCentimos: 1600 },
      { productId: 99, unitPriceCentimos: 1 },
    ])
    expect(orderTotals(repriced, 0).totalCentimos).toBe(2500)
    expect(repriced.requestKey).toBe(order.requestKey)
  })
})

describe('quantities', () => {
  test('0 takes the line away', () => {
    expect(setQuantity(add(emptyOrder(1), quarter), quarter.id, 0).lines).toEqual([])
  })

  test('cheese goes by weight, a quarter chicken does not', () => {
    const order = add(add(emptyOrder(1), quarter), cheese, 335)
    expect(shown(setQuantity(order, cheese.id, 1250))[1]).toEqual(['Queso', 1250])
    expect(shown(setQuantity(order, quarter.id, 1500))[0]).toEqual(['1/4 pollo', 1000])
  })

  test.each([-1, 0, 0.5, 500, 10_000_000_000, Number.NaN])('%d cannot be added', (quantity) => {
    const order = add(emptyOrder(1), soda)
    expect(add(order, quarter, quantity)).toBe(order)
  })

  test('a full line and a full order stay as they are', () => {
    const full = add(emptyOrder(1), soda, 9_999_000)
    expect(add(full, soda)).toBe(full)
    let order = emptyOrder(1)
    for (let id = 1; id <= 200; id++) order = add(order, product(id))
    expect(add(order, product(201))).toBe(order)
    expect(add(order, product(200)).lines.at(-1)?.quantityThousandths).toBe(2000)
  })

  test('«5 productos»: pieces count each, what is weighed counts once', () => {
    const order = add(add(add(emptyOrder(1), quarter, 3000), soda), cheese, 1000)
    expect(itemCount(order)).toBe(5)
  })
})

describe('«Quitaste Inca Kola»', () => {
  const order = [quarter, soda, cheese].reduce((sofar, one) => add(sofar, one), emptyOrder(1))

  test('takes that line and leaves the others as they were', () => {
    const without = removeLine(order, soda.id)
    expect(lineOf(without, soda.id)).toBeNull()
    expect(without.lines).toEqual([order.lines[0], order.lines[2]])
  })

  test('is nothing for what is not there', () => {
    expect(removeLine(order, 99)).toBe(order)
  })
})

describe('an order survives a reload', () => {
  test('as JSON', () => {
    const order = setChannel(add(add(emptyOrder(47), quarter), cheese, 335), 'llevar')
    expect(readOrder(JSON.parse(JSON.stringify(order)))).toEqual(order)
    expect(readOrder(emptyOrder(3))).toEqual(emptyOrder(3))
  })

  test('unless a line could not be priced: a broken order must not stop the till', () => {
    const order = add(emptyOrder(47), quarter)
    const withLine = (over: object) => ({
      ...order,
      lines: order.lines.map((line) => ({ ...line, ...over })),
    })
    const broken = [
      null,
      'pedido',
      [],
      {},
      { ...order, label: 0 },
      { ...order, channel: 'barco' },
      { ...order, requestKey: null },
      { ...order, lines: [...order.lines, ...order.lines] },
      { ...order, lines: [null] },
      withLine({ quantityThousandths: 0.5 }),
      withLine({ unitPriceCentimos: '1500' }),
      withLine({ affectation: '40' }),
      withLine({ name: 7 }),
    ]
    expect(broken.map(readOrder)).toEqual(broken.map(() => null))
  })
})

test('whatever is tapped, no earlier order changes, no product stands twice and the total is that of its lines', () => {
  const tap = fc.record({
    id: fc.integer({ min: 1, max: 5 }),
    quantity: fc.integer({ min: -1, max: 4 }),
    kind: fc.nat(2),
  })
  fc.assert(
    fc.property(fc.array(tap, { maxLength: 40 }), (taps) => {
      let order: Order = emptyOrder(1)
      for (const { id, quantity, kind } of taps) {
        const before = JSON.stringify(order)
        const frozen = order
        if (kind === 0) order = add(order, product(id), quantity * 1000)
        else if (kind === 1) order = setQuantity(order, id, quantity * 1000)
        else order = removeLine(order, id)
        expect(JSON.stringify(frozen)).toBe(before)
      }
      expect(new Set(order.lines.map((line) => line.productId)).size).toBe(order.lines.length)
      const pieces = order.lines.reduce((n, line) => n + line.quantityThousandths / 1000, 0)
      expect(orderTotals(order, 1800).totalCentimos).toBe(pieces * 1500)
      expect(readOrder(JSON.parse(JSON.stringify(order)))).toEqual(order)
    }),
  )
})
