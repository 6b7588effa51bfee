import { describe, expect, test } from 'vitest'
import { bodyHash, readSale } from '#src/sales/form.ts'

const typed = {
  requestKey: '6f1c1c7e-3b0b-4a53-9a3c-0f6d8f3f9b11',
  registerId: 1,
  channel: 'salon',
  orderLabel: '47',
  lines: [{ productId: 3, quantityThousandths: 1000, unitPriceCentimos: 1500 }],
  payments: [{ method: 'efectivo', receivedCentimos: 2000 }],
}
const ours = '9f1c1c7e'
const line = (change: object) => ({ ...typed, lines: [{ ...typed.lines[0], ...change }] })
const problem = (body: unknown) => {
  const read = readSale(body, ours)
  return read.ok ? null : read.problem
}

test('the order of the till is read as it is', () => {
  expect(readSale(typed, ours)).toEqual({ ok: true, body: typed })
})

test('the order of another business is told before anything else, and is no sale', () => {
  expect(readSale({ ...typed, business: ours }, ours)).toMatchObject({ ok: true })
  expect(readSale({ business: 'cafe0123' }, ours)).toEqual({ ok: false, problem: 'other-business' })
  expect(problem({ ...typed, business: 7 })).toBe('malformed')
})

describe('what no till sends is refused', () => {
  test.each([
    0,
    -1,
    -1000,
    0.0001,
    10_000_000,
    10_000_000_000,
    '1e3',
    '1000',
    Number.NaN,
    null,
    undefined,
    Infinity,
  ])('a quantity of %s', (quantityThousandths) => {
    expect(problem(line({ quantityThousandths }))).toBe('bad-quantity')
  })

  test.each([-1, 0.5, '15.00', null, undefined, 1e12])('a price of %s', (unitPriceCentimos) => {
    expect(problem(line({ unitPriceCentimos }))).toBe('malformed')
  })

  test.each([0, -3, 1.5, '3', 5_000_000_000, null])('a product %s', (productId) => {
    expect(problem(line({ productId }))).toBe('malformed')
  })

  test.each([
    ['no body', null],
    ['a list', []],
    ['text', 'hola'],
    ['no key', { ...typed, requestKey: undefined }],
    ['a key that is no uuid', { ...typed, requestKey: '1' }],
    ['no register', { ...typed, registerId: undefined }],
    ['a register in words', { ...typed, registerId: 'uno' }],
    ['an unknown channel', { ...typed, channel: 'dron' }],
    ['an order without a number', { ...typed, orderLabel: '' }],
    ['an order beyond 99', { ...typed, orderLabel: '100' }],
    ['lines that are none', { ...typed, lines: 'muchas' }],
    ['an unknown method', { ...typed, payments: [{ method: 'trueque' }] }],
    ['a payment below zero', { ...typed, payments: [{ method: 'yape', amountCentimos: -1 }] }],
    ['a very long operation', { ...typed, payments: [{ method: 'yape', operationNumber: '1'.repeat(33) }] }],
    ['a hundred payments', { ...typed, payments: Array(100).fill({ method: 'yape' }) }],
  ])('%s', (_, body) => {
    expect(problem(body)).toBe('malformed')
  })

  test('an order without lines, with too many, or without a payment has its own sentence', () => {
    expect(problem({ ...typed, lines: [] })).toBe('empty')
    expect(problem({ ...typed, lines: Array(201).fill(typed.lines[0]) })).toBe('too-many-lines')
    expect(problem({ ...typed, lines: Array(500_000).fill(0) })).toBe('too-many-lines')
    expect(problem({ ...typed, payments: [] })).toBe('nothing-paid')
  })
})

describe('the hash of an order', () => {
  const hash = (body: unknown) => {
    const read = readSale(body, ours)
    if (!read.ok) throw new Error(read.problem)
    return bodyHash(read.body)
  }

  test('does not depend on the order of the fields nor on the key or the mark', () => {
    const turned = Object.fromEntries(Object.entries(typed).reverse())
    expect(hash({ ...turned, requestKey: '00000000-0000-4000-8000-000000000000' })).toBe(hash(typed))
    expect(hash({ ...typed, business: ours })).toBe(hash(typed))
  })

  test.each([
    { registerId: 2 },
    { channel: 'llevar' },
    { orderLabel: '48' },
    { lines: [...typed.lines, ...typed.lines] },
    { payments: [{ method: 'efectivo' }] },
  ])('changes with %o', (change) => {
    expect(hash({ ...typed, ...change })).not.toBe(hash(typed))
  })
})
