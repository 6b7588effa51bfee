import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatQuantity, parseQuantity } from './quantity.ts'

test.each([
  ['3', 3000],
  [' 3 ', 3000],
  ['1.250', 1250],
  ['1,25', 1250],
  ['1,250', 1250],
  ['0.001', 1],
  ['0,125', 125],
  ['1/8', 125],
  ['1/2', 500],
  ['3/4', 750],
  ['12 3/4', 12_750],
  ['9999', 9_999_000],
])('%j is %i thousandths', (typed, thousandths) => {
  expect(parseQuantity(typed)).toBe(thousandths)
})

test.each([
  '',
  '0',
  '0.000',
  '-1',
  '0.0001',
  '1.2345',
  '9999.001',
  '10000000',
  '1e3',
  'tres',
  '1/3',
  '1/0',
  '0/2',
  '2 kg',
  '1.2.3',
  '3'.repeat(50),
])('%j is no quantity', (typed) => {
  expect(parseQuantity(typed)).toBeNull()
})

test.each([
  [1000, 1000, '1'],
  [1250, 1, '1.250'],
  [1_482_000, 1000, '1482'],
  [125, 125, '1/8'],
  [500, 125, '1/2'],
  [12_750, 125, '12 3/4'],
  [8000, 125, '8'],
  [-250, 125, '−1/4'],
  [0, 125, '0'],
  [130, 125, '0.130'],
])('%i in steps of %i is shown as %s', (thousandths, step, shown) => {
  expect(formatQuantity(thousandths, step)).toBe(shown)
})

test('what is shown can be typed back', () => {
  const quantity = fc.integer({ min: 1, max: 9_999_000 })
  fc.assert(
    fc.property(quantity, (thousandths) => {
      expect(parseQuantity(formatQuantity(thousandths, 1))).toBe(thousandths)
    }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 79_992 }), (eighths) => {
      expect(parseQuantity(formatQuantity(eighths * 125, 125))).toBe(eighths * 125)
    }),
  )
})
