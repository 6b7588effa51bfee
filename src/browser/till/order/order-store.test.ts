import { describe, expect, it, vi } from 'vitest'
import { parse } from './order-store.ts'
import { recoverOrder } from './recover.ts'
import { add, startState } from './state.ts'

const quarter = {
  id: 3,
  name: '1/4 pollo',
  priceCentimos: 1500,
  stepThousandths: 1000,
  unit: 'unidad',
  affectation: '10',
} as const
const requestKey = '0b0e7a52-5c6b-4a5e-9c8e-2f8a35a4d001'
const typed = add(startState(7), quarter, () => requestKey)
const saved = (change: object = {}) =>
  JSON.stringify({ order: typed.order, open: 3, pending: null, previousChangeCentimos: 650, ...change })

describe('a saved order', () => {
  it('comes back as it was', () => {
    expect(parse(saved())).toEqual({ ...typed, past: [], previousChangeCentimos: 650 })
  })

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a line of another shape', saved({ order: { ...typed.order, lines: [{ productId: 3 }] } })],
    ['no lines at all', saved({ order: { ...typed.order, lines: null } })],
    ['a line of null', saved({ order: { ...typed.order, lines: [null] } })],
  ])('that is %s is thrown away', (_, text) => {
    expect(parse(text)).toBeNull()
  })

  it('opens a line only if it has it', () => {
    expect(parse(saved({ open: 99 }))?.open).toBeNull()
    expect(parse(saved({ open: '3' }))?.open).toBeNull()
  })

  it('is on its way only with a body of its own', () => {
    const body = JSON.stringify({ requestKey, payments: [] })
    expect(parse(saved({ pending: body }))?.pending).toBe(body)
    expect(parse(saved({ pending: '{' }))?.pending).toBeNull()
    expect(parse(saved({ pending: {} }))?.pending).toBeNull()
    expect(parse(saved({ pending: JSON.stringify({ requestKey: 'another' }) }))?.pending).toBeNull()
  })
})

describe('the copy of an order', () => {
  const window = (meanwhile = startState()) => {
    const start = startState()
    let state = start
    const adopt = vi.fn()
    const readCopy = async () => {
      if (meanwhile.order.lines.length > 0) state = meanwhile
      return typed
    }
    const store = { read: () => null, readCopy, write: vi.fn(), onOtherWindow: vi.fn() }
    return { state: () => state, adopt, store }
  }

  it('comes back when the first storage lost it', async () => {
    const desk = window()
    await recoverOrder(desk)
    expect(desk.adopt).toHaveBeenCalledWith(typed)
  })

  it('never overwrites what Beto typed while it was being read', async () => {
    const desk = window(add(startState(), { ...quarter, id: 8 }, () => requestKey))
    await recoverOrder(desk)
    expect(desk.adopt).not.toHaveBeenCalled()
  })
})
