import { describe, expect, test } from 'vitest'
import { breaksDownTax, formatRate, igvBasisPoints, legends, type Regime, restaurantRateEnds } from './igv.ts'

const at = (lima: string) => new Date(`${lima}-05:00`)
const regimes: Regime[] = ['none', 'unknown', 'rus', 'rer', 'mype', 'general']

describe('the rate of a sale', () => {
  test.each([
    ['2022-08-31T23:59:59.999', 1800],
    ['2022-09-01T00:00:00', 1000],
    ['2025-12-31T23:59:59.999', 1000],
    ['2026-01-01T00:00:00', 1050],
    ['2026-11-23T20:15:00', 1050],
    ['2026-12-31T23:59:59.999', 1050],
    ['2027-01-01T00:00:00', 1500],
    ['2027-12-31T23:59:59.999', 1500],
    ['2028-01-01T00:00:00', 1800],
    ['2040-06-01T12:00:00', 1800],
  ])('of a restaurant at %s in Lima is %i', (lima, basisPoints) => {
    expect(igvBasisPoints('mype', 'restaurant', at(lima))).toBe(basisPoints)
    expect(igvBasisPoints('mype', 'general', at(lima))).toBe(1800)
  })

  test("on New Year's Eve it changes at Lima's midnight, not five hours earlier", () => {
    expect(igvBasisPoints('rer', 'restaurant', new Date('2027-01-01T04:59:59.999Z'))).toBe(1050)
    expect(igvBasisPoints('rer', 'restaurant', new Date('2027-01-01T05:00:00Z'))).toBe(1500)
  })

  test('is nothing for RUS, without RUC, or while the regime is not known', () => {
    for (const regime of ['none', 'unknown', 'rus'] as const)
      for (const kind of ['general', 'restaurant'] as const)
        expect(igvBasisPoints(regime, kind, at('2026-11-23T12:00:00'))).toBe(0)
    expect(regimes.filter(breaksDownTax)).toEqual(['rer', 'mype', 'general'])
  })
})

test('the special rate is offered with its last day, until it is no longer special', () => {
  const today = at('2026-11-23T12:00:00')
  expect(restaurantRateEnds(today)).toEqual({ basisPoints: 1050, lastDay: '2026-12-31' })
  expect(restaurantRateEnds(at('2026-12-31T23:59:00'))).toEqual({ basisPoints: 1050, lastDay: '2026-12-31' })
  expect(restaurantRateEnds(at('2027-01-01T00:00:00'))).toEqual({ basisPoints: 1500, lastDay: '2027-12-31' })
  expect(restaurantRateEnds(at('2028-01-01T00:00:00'))).toBeNull()
  expect(restaurantRateEnds(at('2022-01-01T00:00:00'))).toBeNull()
})

test('a rate is written with its unit', () => {
  expect([1800, 1050, 1000].map(formatRate)).toEqual(['18\u00a0%', '10.5\u00a0%', '10\u00a0%'])
})

test('every ticket says that it is not a comprobante, and for what it can be exchanged', () => {
  const not = 'ESTE DOCUMENTO NO ES UN COMPROBANTE DE PAGO'
  expect(legends('none')).toEqual([not])
  for (const regime of ['rus', 'unknown'] as const)
    expect(legends(regime)).toEqual([not, 'Canjear por boleta'])
  for (const regime of ['rer', 'mype', 'general'] as const)
    expect(legends(regime)).toEqual([not, 'Canjear por boleta o factura'])
})
