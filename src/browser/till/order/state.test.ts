import { describe, expect, it } from 'vitest'
import type { OrderProduct } from '#src/sales/order.ts'
import { parse } from './order-store.ts'
import {
  add,
  charged,
  chooseChannel,
  openLine,
  removeOpen,
  setOpen,
  startState,
  stepOpen,
  type TillState,
  takePrices,
  undo,
} from './state.ts'

const quarter: OrderProduct = {
  id: 3,
  name: '1/4 pollo',
  priceCentimos: 1500,
  stepThousandths: 1000,
  unit: 'unidad',
  affectation: '10',
}
const mostrito: OrderProduct = { ...quarter, id: 6, name: 'Mostrito', priceCentimos: 1300 }
const cheese: OrderProduct = {
  ...quarter,
  id: 9,
  name: 'Queso',
  priceCentimos: 2490,
  unit: 'kg',
  stepThousandths: 1,
}
const chicken: OrderProduct = { ...quarter, id: 10, name: 'Pollo', stepThousandths: 125 }

const makeKey = () => '0b0e7a52-5c6b-4a5e-9c8e-2f8a35a4d001'
const tap = (state: TillState, product: OrderProduct) => add(state, product, makeKey)
const quantities = (state: TillState) =>
  state.order.lines.map((line) => [line.name, line.quantityThousandths])

describe("Beto's order", () => {
  it('takes one more with each tap, and opens its line', () => {
    const state = tap(tap(tap(startState(), quarter), mostrito), quarter)
    expect(quantities(state)).toEqual([
      ['1/4 pollo', 2000],
      ['Mostrito', 1000],
    ])
    expect(openLine(state)?.name).toBe('1/4 pollo')
  })

  it('takes three after 3*, once', () => {
    const state = tap(tap({ ...startState(), times: 3000 }, quarter), quarter)
    expect(quantities(state)).toEqual([['1/4 pollo', 4000]])
  })

  it('sets the open line with 3* and Enter', () => {
    const state = setOpen({ ...tap(startState(), quarter), times: 3000 }, 3000)
    expect(quantities(state)).toEqual([['1/4 pollo', 3000]])
    expect(state.times).toBeNull()
  })

  it('loses a line with − on one, and Ctrl+Z brings it back', () => {
    const before = tap(tap(startState(), quarter), mostrito)
    const after = stepOpen(before, -1)
    expect(quantities(after)).toEqual([['1/4 pollo', 1000]])
    expect(openLine(after)?.name).toBe('1/4 pollo')
    expect(quantities(undo(after))).toEqual(quantities(before))
  })

  it('goes back step by step, and stops at the beginning', () => {
    const state = chooseChannel(tap(tap(startState(), quarter), quarter), 'llevar')
    expect(undo(state).order.channel).toBe('salon')
    expect(undo(undo(undo(undo(undo(state)))))).toEqual(undo(undo(undo(state))))
  })

  it('steps by a hundred grams what is weighed and by an eighth what is cut', () => {
    expect(quantities(stepOpen(add(startState(), cheese, makeKey, 1250), 1))).toEqual([['Queso', 1350]])
    expect(quantities(stepOpen(tap(startState(), chicken), -1))).toEqual([['Pollo', 875]])
    expect(stepOpen(add(startState(), cheese, makeKey, 80), -1).order.lines).toEqual([])
  })

  it('does nothing where nothing is open', () => {
    const state = startState()
    expect(stepOpen(state, 1)).toBe(state)
    expect(removeOpen(state)).toBe(state)
    expect(undo(state)).toBe(state)
  })

  it('has its key from the first line and keeps it through changes', () => {
    const keys = ['first', 'second'].values()
    const next = () => keys.next().value ?? 'none'
    const state = add(add(startState(), quarter, next), mostrito, next)
    expect(removeOpen(removeOpen(state)).order.requestKey).toBe('first')
  })

  it('takes the new price of the shop, and Ctrl+Z does not bring the old one back', () => {
    const state = takePrices(tap(startState(), quarter), [{ productId: 3, unitPriceCentimos: 1600 }])
    expect(undo(state).order.lines[0]?.unitPriceCentimos).toBe(1600)
  })

  it('after charging is the next one, with the change still in sight', () => {
    const state = charged({ ...tap(startState(99), quarter), pending: '{}' }, 650)
    expect(state).toMatchObject({
      order: { label: 1, lines: [], requestKey: null },
      pending: null,
      open: null,
    })
    expect(state.previousChangeCentimos).toBe(650)
    expect(charged(state, 0).previousChangeCentimos).toBeNull()
  })
})

describe('an order found in the browser', () => {
  it('comes back as it was left', () => {
    const { order, open, pending, previousChangeCentimos } = tap(startState(47), quarter)
    const text = JSON.stringify({ order, open, pending, previousChangeCentimos })
    expect(parse(text)).toMatchObject({ order, open: 3, pending: null })
  })

  it.each([null, '', 'no json', '[]', '{"order":{}}', '{"order":{"lines":1,"label":2}}'])(
    'is thrown away when it is none: %s',
    (text) => {
      expect(parse(text)).toBeNull()
    },
  )
})
