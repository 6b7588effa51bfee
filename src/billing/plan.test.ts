import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type TrialPlan, trialChip, trialDaysEnd, trialState } from './plan.ts'

const at = (lima: string) => new Date(`${lima}-05:00`)
const plan: TrialPlan = { trialDays: 14, trialSales: 100, trialRule: 'last', trialMaxDays: 45 }
const whicheverFirst: TrialPlan = { ...plan, trialRule: 'first', trialMaxDays: null }

/** Rosa signs up on a Monday evening; in UTC it is already Tuesday. */
const signedUp = at('2026-11-23T20:15:00')
const chip = (salesMade: number, now: string, of: TrialPlan = plan) =>
  trialChip(trialState(of, signedUp, salesMade, at(now)))

describe('the days of a trial, in Lima', () => {
  test.each([
    ['2026-11-23T20:15:00', 'Te quedan 14 días de prueba'],
    ['2026-11-23T23:59:59.999', 'Te quedan 14 días de prueba'],
    ['2026-11-24T00:00:00', 'Te quedan 13 días de prueba'],
    ['2026-12-05T12:00:00', 'Te quedan 2 días de prueba'],
    ['2026-12-06T00:00:00', 'Te queda 1 día de prueba'],
    ['2026-12-06T23:59:59.999', 'Te queda 1 día de prueba'],
    ['2026-12-07T00:00:00', 'Hoy es tu último día de prueba'],
    ['2026-12-07T23:59:59.999', 'Hoy es tu último día de prueba'],
  ])('%s: %s', (now, sentence) => {
    expect(chip(0, now)).toBe(sentence)
    expect(chip(0, now, whicheverFirst)).toBe(sentence)
  })

  test('14 days are never less than 14 times 24 hours, whatever the hour of signing up', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2036-01-01'), noInvalidDate: true }),
        (start) => {
          const after14Days = new Date(start.getTime() + 14 * 86_400_000)
          expect(trialState(whicheverFirst, start, 0, after14Days)).toEqual({ kind: 'days', daysLeft: 0 })
          const end = trialDaysEnd(plan, start)
          expect(trialState(whicheverFirst, start, 0, new Date(end.getTime() - 1)).kind).toBe('days')
          expect(trialState(whicheverFirst, start, 0, end).kind).toBe('over')
        },
      ),
    )
  })

  test('a clock that runs behind the sign-up does not make the trial longer', () => {
    expect(chip(0, '2026-11-20T12:00:00')).toBe('Te quedan 14 días de prueba')
  })
})

describe('whichever lasts longer', () => {
  test('a busy Saturday does not end the trial while there are days', () => {
    expect(chip(5000, '2026-12-07T23:00:00')).toBe('Hoy es tu último día de prueba')
  })

  test.each([
    [0, 'Te quedan 100 ventas de prueba'],
    [88, 'Te quedan 12 ventas de prueba'],
    [99, 'Te queda 1 venta de prueba'],
    [100, 'Tu prueba ha terminado'],
    [101, 'Tu prueba ha terminado'],
  ])('after the days, with %i sales made: %s', (salesMade, sentence) => {
    expect(chip(salesMade, '2026-12-08T00:00:00')).toBe(sentence)
  })

  test('never beyond 45 days, with one sale as with none', () => {
    expect(trialState(plan, signedUp, 3, at('2027-01-07T23:59:59.999'))).toEqual({
      kind: 'sales',
      salesLeft: 97,
    })
    expect(trialState(plan, signedUp, 3, at('2027-01-08T00:00:00'))).toEqual({ kind: 'over' })
  })

  test('without a last day the sales alone decide', () => {
    const patient = { ...plan, trialMaxDays: null }
    expect(trialState(patient, signedUp, 99, at('2036-01-01T00:00:00'))).toEqual({
      kind: 'sales',
      salesLeft: 1,
    })
  })

  test('a last day before the days are used up cuts them, and the chip knows it', () => {
    const short = { ...plan, trialMaxDays: 7 }
    expect(trialState(short, signedUp, 0, at('2026-11-30T12:00:00'))).toEqual({ kind: 'days', daysLeft: 0 })
    expect(trialState(short, signedUp, 0, at('2026-12-01T00:00:00'))).toEqual({ kind: 'over' })
    expect(trialDaysEnd(short, signedUp)).toEqual(at('2026-12-01T00:00:00'))
  })
})

describe('whichever comes first', () => {
  test('the hundredth sale ends it, with days left', () => {
    expect(chip(99, '2026-11-25T12:00:00', whicheverFirst)).toBe('Te quedan 12 días de prueba')
    expect(chip(100, '2026-11-25T12:00:00', whicheverFirst)).toBe('Tu prueba ha terminado')
  })

  test('the last day ends it, with sales left', () => {
    expect(chip(0, '2026-12-08T00:00:00', whicheverFirst)).toBe('Tu prueba ha terminado')
  })
})

test('a trial never comes back: more days or more sales only bring its end nearer', () => {
  const rank = { days: 2, sales: 1, over: 0 }
  fc.assert(
    fc.property(
      fc.record({
        trialDays: fc.nat(60),
        trialSales: fc.nat(200),
        trialRule: fc.constantFrom('first' as const, 'last' as const),
        trialMaxDays: fc.option(fc.nat(60)),
      }),
      fc.nat(80),
      fc.nat(80),
      fc.nat(250),
      fc.nat(250),
      (any, days, moreDays, sales, moreSales) => {
        const after = (n: number) => new Date(signedUp.getTime() + n * 86_400_000)
        const before = trialState(any, signedUp, sales, after(days))
        const later = trialState(any, signedUp, sales + moreSales, after(days + moreDays))
        expect(rank[later.kind]).toBeLessThanOrEqual(rank[before.kind])
        if (any.trialMaxDays !== null && days > any.trialMaxDays) expect(before.kind).toBe('over')
      },
    ),
  )
})
