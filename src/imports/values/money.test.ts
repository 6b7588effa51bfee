import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cell } from '../cells.ts'
import { plainWriting, readCost, readPrice, type Writing } from './money.ts'

const cell = (text: string, kind: Cell['kind'] = 'text') => ({ text, kind })
const price = (text: string, writing: Partial<Writing> = {}) =>
  readPrice(cell(text), { ...plainWriting, ...writing }).value

test('prices as Rosa, Carla and their suppliers write them', () => {
  const typed: [string, number][] = [
    ['S/ 1,50', 150],
    ['S/. 12.50', 1250],
    ['S/.12.50', 1250],
    ['s/5', 500],
    ['1,234.50', 123450],
    ['1.234,50', 123450],
    ['12.5 soles', 1250],
    ['12', 1200],
    ['12.', 1200],
    ['S/ 12.50.-', 1250],
    ['PEN 8', 800],
    ['8.50 S/', 850],
    ['4.50 c/u', 450],
    ['4.50 x kg', 450],
    ['4.50/kg', 450],
    ['10.00*', 1000],
    ['1 234.50', 123450],
    ['12.499999999', 1250],
    ['12\u00a0', 1200],
    ['１２．５', 1250],
  ]
  expect(typed.map(([text]) => [text, price(text)])).toEqual(typed)
})

test('the other prices of the column decide what one alone does not say', () => {
  expect(price('1.500')).toBeUndefined()
  expect(price('1.500', { hasDecimalComma: true })).toBe(150_000)
  expect(price('S/.12')).toBeUndefined()
  expect(price('S/.12', { hasOldSymbol: true })).toBe(1200)
})

test('what is no price says why, and how to mend it', () => {
  const problem = (text: string, kind?: Cell['kind']) => readPrice(cell(text, kind)).problem
  expect(problem('consultar')).toBe('"consultar" no es un precio. Escribe un número.')
  expect(problem('')).toBe('falta el precio.')
  expect(problem('15/08/2026', 'date')).toBe('parece una fecha (15/08), no un precio.')
  expect(problem('15-ago')).toBe('parece una fecha (15-ago), no un precio.')
  expect(problem('12.505')).toBe('"12.505" tiene más de dos decimales. Usa hasta dos.')
  expect(problem('-3')).toBe('el precio no puede ser negativo.')
  expect(problem('#REF!', 'error')).toBe('la fórmula da un error (#REF!). Escribe el precio.')
  expect(problem('US$ 5')).toBe('"US$ 5" está en dólares. Escribe el precio en soles.')
  expect(problem('7750182000123')).toBe('el precio llega hasta S/ 99,999.99.')
  for (const text of ['12..5', '1,23,4', '12.50 / 24.00', '7.75E+12', '.', 'S/', '1e3', '12 50 3']) {
    expect([text, problem(text)]).toEqual([text, `"${text}" no es un precio. Escribe un número.`])
  }
})

test('a cost has more decimals than coins, and may be missing', () => {
  expect(readCost(cell('4.1666', 'number'))).toEqual({ value: 417, note: 'Se redondeó 4.1666 a 4.17.' })
  expect(readCost(null)).toEqual({})
  expect(readCost(cell('-'))).toEqual({})
})

test('every price comes back from every way of writing it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), (centimos) => {
      const soles = Math.floor(centimos / 100)
      const cents = String(centimos % 100).padStart(2, '0')
      const grouped = (mark: string) => String(soles).replace(/\B(?=(\d{3})+$)/g, mark)
      const ways = [
        `${soles}.${cents}`,
        `S/ ${grouped(',')}.${cents}`,
        `${grouped('.')},${cents}`,
        `${grouped(' ')}.${cents} soles`,
        `S/. ${soles},${cents}`,
      ]
      expect(ways.map((way) => price(way))).toEqual(ways.map(() => centimos))
      expect(readPrice(cell(String(centimos / 100), 'number')).value).toBe(centimos)
    }),
  )
})

test('a price of 0 is a price that was forgotten; a cost of 0 is a gift', () => {
  const nothing = { text: '0', kind: 'number' } as const
  expect(readPrice(nothing)).toEqual({ problem: 'el precio debe ser mayor que 0.' })
  expect(readCost(nothing)).toEqual({ value: 0 })
})
