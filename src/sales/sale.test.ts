import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Affectation, lineIgv, lineTotal, type PricedLine, totals } from './sale.ts'

const line = (over: Partial<PricedLine> = {}): PricedLine => ({
  unitPriceCentimos: 1500,
  quantityThousandths: 1000,
  affectation: '10',
  ...over,
})
const rates = [1000, 1050, 1500, 1800]

describe('a line', () => {
  test.each([
    ['two quarters of chicken', 1500, 2000, 3000],
    ['an eighth of a chicken by its own price', 950, 1000, 950],
    ['cheese by weight, to the nearest céntimo', 2890, 335, 968],
    ['half a céntimo goes up', 1, 500, 1],
    ['less than half goes down', 1, 499, 0],
    ['a free cream', 0, 3000, 0],
    ['the most of the dearest', 9_999_999, 9_999_000, 99_989_990_001],
  ])('%s', (_what, unitPriceCentimos, quantityThousandths, total) => {
    expect(lineTotal({ unitPriceCentimos, quantityThousandths })).toBe(total)
  })
})

describe('the tax is inside the price', () => {
  test.each([
    [1500, 1050, 1357, 143],
    [1500, 1800, 1271, 229],
    [5500, 1050, 4977, 523],
    [1180, 1800, 1000, 180],
    [1, 1800, 1, 0],
    [0, 1800, 0, 0],
  ])('%i céntimos at %i: base %i, igv %i', (price, rate, base, igv) => {
    expect(totals([line({ unitPriceCentimos: price })], rate)).toEqual({
      gravadoCentimos: base,
      exoneradoCentimos: 0,
      inafectoCentimos: 0,
      igvCentimos: igv,
      totalCentimos: price,
    })
  })

  test('base and tax add up for every amount up to S/ 1,000.00 at every rate, and the base is the nearest', () => {
    const wrong: string[] = []
    for (const rate of rates) {
      for (let price = 0; price <= 100_000; price++) {
        const t = totals([line({ unitPriceCentimos: price })], rate)
        const off = Math.abs(t.gravadoCentimos * (10_000 + rate) - price * 10_000)
        if (t.gravadoCentimos + t.igvCentimos !== price || off * 2 > 10_000 + rate || t.igvCentimos < 0)
          wrong.push(`${price} at ${rate}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('it is taken out once for the sale, not line by line', () => {
    const three = [
      line({ unitPriceCentimos: 333 }),
      line({ unitPriceCentimos: 333 }),
      line({ unitPriceCentimos: 334 }),
    ]
    expect(totals(three, 1800).igvCentimos).toBe(
      totals([line({ unitPriceCentimos: 1000 })], 1800).igvCentimos,
    )
  })

  test('exonerado and inafecto carry none and stand apart', () => {
    const lines = [
      line(),
      line({ affectation: '20', unitPriceCentimos: 700 }),
      line({ affectation: '30', unitPriceCentimos: 50 }),
    ]
    expect(totals(lines, 1050)).toEqual({
      gravadoCentimos: 1357,
      exoneradoCentimos: 700,
      inafectoCentimos: 50,
      igvCentimos: 143,
      totalCentimos: 2250,
    })
    expect(lineIgv(lines, 1050)).toEqual([143, 0, 0])
  })

  test('for RUS nothing is taken out', () => {
    expect(totals([line()], 0)).toMatchObject({ gravadoCentimos: 1500, igvCentimos: 0, totalCentimos: 1500 })
  })

  test('an empty order costs nothing', () => {
    expect(totals([], 1800).totalCentimos).toBe(0)
    expect(lineIgv([], 1800)).toEqual([])
  })
})

const anyLine = fc.record({
  unitPriceCentimos: fc.oneof(fc.nat(20_000), fc.nat(9_999_999)),
  quantityThousandths: fc.oneof(
    fc.constantFrom(125, 250, 1000, 3000),
    fc.integer({ min: 1, max: 9_999_000 }),
  ),
  affectation: fc.constantFrom<Affectation>('10', '20', '30'),
})

test("the lines' tax adds up to the sale's, none is negative and none is off by more than a céntimo", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), fc.constantFrom(0, ...rates), (lines, rate) => {
      const t = totals(lines, rate)
      const igv = lineIgv(lines, rate)
      expect(igv.reduce((a, b) => a + b, 0)).toBe(t.igvCentimos)
      lines.forEach((one, i) => {
        const alone = totals([one], rate).igvCentimos
        expect(igv[i]).toBeGreaterThanOrEqual(0)
        expect(Math.abs((igv[i] ?? 0) - alone)).toBeLessThanOrEqual(1)
      })
    }),
  )
})

test('the parts of a sale always add up to its total', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), fc.constantFrom(0, ...rates), (lines, rate) => {
      const t = totals(lines, rate)
      const parts = t.gravadoCentimos + t.exoneradoCentimos + t.inafectoCentimos + t.igvCentimos
      expect(parts).toBe(t.totalCentimos)
      expect(t.totalCentimos).toBe(lines.reduce((sum, one) => sum + lineTotal(one), 0))
    }),
  )
})
