import { describe, expect, test } from 'vitest'
import {
  type PaidPlan,
  planLimits,
  priceText,
  type TrialOffer,
  trialText,
  waysToPayText,
  yearlyText,
} from './offer.ts'

const puesto: PaidPlan = {
  name: 'Puesto',
  priceMonthlyCentimos: 3900,
  priceYearlyCentimos: 39000,
  branches: 1,
  registers: 1,
  staff: 3,
  products: 500,
}
const trial: TrialOffer = { trialDays: 14, trialSales: 100, trialRule: 'last', trialMaxDays: 45 }

describe('what a size holds', () => {
  test('one of a thing and many of it are said differently', () => {
    expect(planLimits(puesto)).toEqual(['1 local', '1 caja', '3 personas', '500 productos'])
    expect(planLimits({ ...puesto, branches: 5, products: 20_000 })).toEqual([
      '5 locales',
      '1 caja',
      '3 personas',
      '20,000 productos',
    ])
  })

  test('no limit is said, not shown as nothing', () => {
    expect(planLimits({ ...puesto, products: null })).toContain('Sin límite de productos')
  })

  test('a whole price has no céntimos', () => {
    expect(priceText(3900)).toBe('S/\u00a039')
    expect(priceText(3990)).toBe('S/\u00a039.90')
  })
})

describe('paying by the year', () => {
  test('is said in months when every size agrees', () => {
    const cadena = { ...puesto, priceMonthlyCentimos: 13900, priceYearlyCentimos: 139000 }
    expect(yearlyText([puesto, cadena])).toBe('Al año pagas 10 meses.')
  })

  test('and not said when one size has another rule, or no yearly price', () => {
    expect(yearlyText([puesto, { ...puesto, priceYearlyCentimos: 42900 }])).toBeNull()
    expect(yearlyText([puesto, { ...puesto, priceYearlyCentimos: null }])).toBeNull()
    expect(yearlyText([])).toBeNull()
  })
})

describe('what a plan is paid with', () => {
  const byHand = { yape: '987654321', plin: '987654321', bankAccount: 'BCP 191' }

  test('is what the operator takes, and nothing else', () => {
    expect(waysToPayText({ payByHand: byHand, mercadoPago: {} })).toBe('Yape, Plin, transferencia o tarjeta')
    expect(waysToPayText({ payByHand: { ...byHand, plin: null }, mercadoPago: null })).toBe(
      'Yape o transferencia',
    )
    expect(waysToPayText({ payByHand: null, mercadoPago: {} })).toBe('tarjeta')
    expect(waysToPayText({ payByHand: null, mercadoPago: null })).toBeNull()
  })
})

describe('how long the trial lasts', () => {
  test('whichever lasts longer, with its last day', () => {
    expect(trialText(trial)).toBe(
      'La prueba dura 14 días o 100 ventas, lo que dure más, como máximo 45 días.',
    )
  })

  test('whichever comes first', () => {
    expect(trialText({ ...trial, trialRule: 'first' })).toBe(
      'La prueba dura 14 días o 100 ventas, lo que llegue primero.',
    )
  })
})
