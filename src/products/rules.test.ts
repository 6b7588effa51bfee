import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPicture } from '#src/files/picture.ts'
import { movedBy, readAmount } from '#src/stock/stock.ts'
import { planPrices, previewText, priceBy, readPercent } from './bulk/bulk.ts'
import { partProblem } from './components/components.ts'
import { margin, marginText } from './margin.ts'
import { isEmoji } from './product.ts'

describe('a percent', () => {
  test.each([
    ['10', 1000],
    ['+5 %', 500],
    ['-7,5', -750],
    ['−2.25%', -225],
  ])('%s is understood', (text, basisPoints) => {
    expect(readPercent(text)).toEqual({ ok: true, basisPoints })
  })
  test.each(['', '0', 'diez', '1e3', '10.555', '--1'])('%j is none', (text) => {
    expect(readPercent(text)).toEqual({ ok: false, problem: 'not-a-percent' })
  })
  test('rounds to ten céntimos, half up, and leaves no price at zero', () => {
    expect([
      priceBy(1500, 500),
      priceBy(950, 500),
      priceBy(990, 1000),
      priceBy(50, -9000),
      priceBy(0, 1000),
    ]).toEqual([1580, 1000, 1090, 10, 0])
  })
  test('never lowers a price that should rise, nor raises one that should fall', () => {
    expect([priceBy(1504, 1), priceBy(1497, -1), priceBy(5, -1000)]).toEqual([1504, 1497, 5])
    const price = fc.integer({ min: 1, max: 9_999_999 })
    const basisPoints = fc.integer({ min: -9000, max: 50_000 }).filter((n) => n !== 0)
    fc.assert(
      fc.property(price, basisPoints, (before, by) => {
        const after = priceBy(before, by)
        expect(Math.sign(after - before) * Math.sign(by)).toBeGreaterThanOrEqual(0)
        expect(after === before || after % 10 === 0).toBe(true)
      }),
    )
  })
  test('says what would happen, and what stays', () => {
    const plan = planPrices(
      [
        { id: 1, name: 'Pan', priceCentimos: 30 },
        { id: 2, name: 'Queso', priceCentimos: 2000 },
      ],
      300,
    )
    expect(previewText(plan, 300)).toBe(
      'Sube 3\u00a0% el precio de 1 producto, redondeado a S/\u00a00.10. Por ejemplo, Queso pasa de S/\u00a020.00 a S/\u00a020.60. 1 queda igual.',
    )
  })
})

test('the margin is what stays of the price, in words too when it is a loss', () => {
  expect(margin(1500, 1050)).toEqual({ centimos: 450, percent: 30 })
  expect(margin(1500, null)).toBeNull()
  expect(margin(0, 100)).toBeNull()
  expect(marginText(1500, 1050)).toBe('S/\u00a04.50 (30\u00a0%)')
  expect(marginText(1000, 1200)).toContain('pierdes en cada venta')
})

test('an emoji is one sign, of however many code points', () => {
  for (const sign of ['🍗', '🥤', '👨‍👩‍👧', '🇵🇪', '❤️']) expect(isEmoji(sign)).toBe(true)
  for (const text of ['', 'a', '🍗🍗', '<b>', '1', 'pollo']) expect(isEmoji(text)).toBe(false)
})

describe('a part', () => {
  const parts = [
    [1, 2],
    [2, 3],
  ] as const
  test('is never the product itself, nor one that already takes it', () => {
    expect(partProblem(parts, 1, 1)).toBe('itself')
    expect(partProblem(parts, 3, 1)).toBe('cycle')
    expect(partProblem(parts, 2, 1)).toBe('cycle')
  })
  test('goes two levels deep and no further', () => {
    expect(partProblem(parts, 4, 2)).toBeNull()
    expect(partProblem(parts, 4, 1)).toBe('too-deep')
    expect(partProblem(parts, 3, 5)).toBe('too-deep')
    expect(partProblem(parts, 1, 5)).toBeNull()
  })
})

describe('an amount of stock', () => {
  test('is typed as people say it', () => {
    expect(readAmount('2/8', 'ingreso', 125)).toEqual({ ok: true, thousandths: 250 })
    expect(readAmount('0.25', 'merma', 125)).toEqual({ ok: true, thousandths: 250 })
    expect(readAmount('-2', 'ajuste', 1000)).toEqual({ ok: true, thousandths: -2000 })
    expect(readAmount('0', 'conteo', 1000)).toEqual({ ok: true, thousandths: 0 })
  })
  test('has no sign and no zero but where they mean something, and no half bottle', () => {
    expect(readAmount('-2', 'ingreso', 1000)).toEqual({ ok: false, problem: 'not-an-amount' })
    expect(readAmount('0', 'ingreso', 1000)).toEqual({ ok: false, problem: 'not-an-amount' })
    expect(readAmount('1/2', 'ingreso', 1000)).toEqual({ ok: false, problem: 'not-a-multiple' })
  })
  test('comes, goes, or is what was counted', () => {
    expect([
      movedBy('ingreso', 3000, 5000),
      movedBy('merma', 3000, 5000),
      movedBy('conteo', 3000, 5000),
    ]).toEqual([3000, -3000, -2000])
  })
})

test('a picture is known by its bytes, whatever its name says', () => {
  const webp = new TextEncoder().encode('RIFF....WEBPVP8 ....')
  expect(readPicture(webp)).toMatchObject({ ok: true, picture: { type: 'image/webp' } })
  expect(readPicture(new TextEncoder().encode('<svg onload=alert(1)>'))).toEqual({
    ok: false,
    problem: 'not-a-picture',
  })
  const heavy = new Uint8Array(200 * 1024 + 1)
  heavy.set([0xff, 0xd8, 0xff])
  expect(readPicture(heavy)).toEqual({ ok: false, problem: 'too-heavy' })
  expect(readPicture(new Uint8Array())).toEqual({ ok: false, problem: 'no-picture' })
})
