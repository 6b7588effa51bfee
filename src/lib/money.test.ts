import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAmount, formatSoles, mulDiv, parseSoles } from './money.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('a price as Rosa types it', () => {
  test.each([
    ['S/ 12.50', 1250],
    ['s/12.5', 1250],
    ['S/. 12.50', 1250],
    ['S/\u00a012.50', 1250],
    ['12,50', 1250],
    ['1,234.50', 123450],
    ['1,234', 123400],
    ['12,345,6', null],
    ['12', 1200],
    [' 12.5 ', 1250],
    ['12.', 1200],
    ['.5', 50],
    ['0', 0],
    ['0.00', 0],
    ['007', 700],
    ['0.01', 1],
    ['99,999.99', 9_999_999],
    ['99999,99', 9_999_999],
  ])('%j is %j céntimos', (typed, centimos) => {
    expect(parseSoles(typed)).toEqual(
      centimos === null ? { ok: false, problem: 'not-a-price' } : { ok: true, centimos },
    )
  })

  test.each([
    '',
    ' ',
    'abc',
    '1e3',
    '1E3',
    'S/',
    '.',
    ',',
    '-',
    '1 234',
    '12.5.0',
    '12,34,567',
    '1.234,50',
    '0x10',
    '١٢',
    '12.50 soles',
    'NaN',
    'Infinity',
    '9'.repeat(100_000),
    // Fifty soles or fifty céntimos: both are written so.
    'S/.50',
  ])('%j is not a price', (typed) => {
    expect(parseSoles(typed)).toEqual({ ok: false, problem: 'not-a-price' })
  })

  test.each(['12.505', '12,5050', '1,234.505', 'S/ 0.001'])('%j has too many decimals', (typed) => {
    expect(parseSoles(typed)).toEqual({ ok: false, problem: 'too-many-decimals' })
  })

  test.each(['-1', '−1', 'S/ -3.50', '-S/ 3', '-0.01'])('%j is below zero', (typed) => {
    expect(parseSoles(typed)).toEqual({ ok: false, problem: 'negative' })
  })

  test.each(['100,000', '100000.00', '999999999999'])('%j is too large', (typed) => {
    expect(parseSoles(typed)).toEqual({ ok: false, problem: 'too-large' })
  })

  test('a larger limit where the figure is not a price of one thing', () => {
    expect(parseSoles('150,000', 100_000_000)).toEqual({ ok: true, centimos: 15_000_000 })
  })

  test('whatever is typed gets an answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const parsed = parseSoles(typed)
        expect(parsed).toSatisfy(
          () => !parsed.ok || (Number.isInteger(parsed.centimos) && parsed.centimos >= 0),
        )
      }),
    )
  })
})

describe('an amount as the ticket shows it', () => {
  test.each([
    [0, 'S/ 0.00'],
    [5, 'S/ 0.05'],
    [1250, 'S/ 12.50'],
    [99_999, 'S/ 999.99'],
    [100_000, 'S/ 1,000.00'],
    [123_450, 'S/ 1,234.50'],
    [100_000_000, 'S/ 1,000,000.00'],
    [-6, '−S/ 0.06'],
  ])('%j is %s', (centimos, shown) => {
    expect(plain(formatSoles(centimos))).toBe(shown)
  })

  test('without the sign, and the rounding with a real minus', () => {
    expect(formatAmount(123_450)).toBe('1,234.50')
    expect(formatAmount(-6)).toBe('−0.06')
  })

  test('the sign and the figure never part at the end of a line', () => {
    expect(formatSoles(1250)).not.toContain(' ')
  })

  test('what is shown can be typed back, as a price and without its sign', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), (centimos) => {
        expect(parseSoles(formatSoles(centimos))).toEqual({ ok: true, centimos })
        expect(parseSoles(formatAmount(centimos))).toEqual({ ok: true, centimos })
      }),
    )
  })
})

describe('mulDiv', () => {
  test('rounds half up', () => {
    expect([mulDiv(1, 1, 2), mulDiv(3, 1, 2), mulDiv(1, 1, 3), mulDiv(2, 1, 3)]).toEqual([1, 2, 0, 1])
  })

  test('is exact for any whole numbers, also where the product has more than 53 bits', () => {
    const whole = fc.nat({ max: 2_000_000_000 })
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 1, max: 2_000_000_000 }), (a, b, c) => {
        const exact = (BigInt(a) * BigInt(b) * 2n + BigInt(c)) / (BigInt(c) * 2n)
        fc.pre(exact <= BigInt(Number.MAX_SAFE_INTEGER))
        expect(BigInt(mulDiv(a, b, c))).toBe(exact)
      }),
    )
  })

  test('an amount that is no whole number of céntimos is a defect, never rounded', () => {
    expect(() => mulDiv(0.5, 1, 1)).toThrow(RangeError)
    expect(() => mulDiv(-1, 1, 1)).toThrow(RangeError)
    expect(() => mulDiv(1, 1, 0)).toThrow(RangeError)
    expect(() => mulDiv(Number.MAX_SAFE_INTEGER, 1000, 1)).toThrow(RangeError)
  })
})
