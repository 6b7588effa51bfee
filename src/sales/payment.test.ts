import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cashRounding, cashSuggestions, type Method, type Payment, settle } from './payment.ts'

const cash = (receivedCentimos?: number, amountCentimos = 0): Payment => ({
  method: 'efectivo',
  amountCentimos,
  ...(receivedCentimos === undefined ? {} : { receivedCentimos }),
})
const yape = (amountCentimos = 0): Payment => ({ method: 'yape', amountCentimos })

describe('cash', () => {
  test('is rounded down to ten céntimos, in the customer’s favour', () => {
    expect([996, 990, 999, 9, 10, 0, 4356].map(cashRounding)).toEqual([-6, 0, -9, -9, 0, 0, -6])
  })

  test('S/ 50 for S/ 43.56: S/ 43.50 are due, the change is S/ 6.50', () => {
    expect(settle(4356, [cash(5000)])).toEqual({
      ok: true,
      roundingCentimos: -6,
      dueCentimos: 4350,
      payments: [{ method: 'efectivo', amountCentimos: 4350, receivedCentimos: 5000, changeCentimos: 650 }],
    })
  })

  test('without a figure it is exact', () => {
    expect(settle(4356, [cash()])).toMatchObject({
      ok: true,
      dueCentimos: 4350,
      payments: [{ amountCentimos: 4350, receivedCentimos: 4350, changeCentimos: 0 }],
    })
  })

  test('exactly what is due is enough, ten céntimos less are not', () => {
    expect(settle(4356, [cash(4350)])).toMatchObject({ ok: true, payments: [{ changeCentimos: 0 }] })
    expect(settle(4356, [cash(4340)])).toEqual({ ok: false, problem: 'not-enough-cash', missingCentimos: 10 })
    expect(settle(4350, [cash(4000)])).toEqual({
      ok: false,
      problem: 'not-enough-cash',
      missingCentimos: 350,
    })
    expect(settle(4350, [cash(0)])).toMatchObject({ ok: false, problem: 'not-enough-cash' })
  })

  test('an amount that the page names is checked too', () => {
    expect(settle(4356, [cash(undefined, 5000)])).toMatchObject({
      ok: true,
      payments: [{ changeCentimos: 650 }],
    })
    expect(settle(4356, [cash(5000, 4356)])).toMatchObject({
      ok: true,
      payments: [{ amountCentimos: 4350, changeCentimos: 650 }],
    })
    expect(settle(4356, [cash(5000, 4000)])).toEqual({
      ok: false,
      problem: 'not-enough-cash',
      missingCentimos: 350,
    })
  })

  test('nine céntimos in cash are a gift', () => {
    expect(settle(9, [cash(0)])).toMatchObject({ ok: true, dueCentimos: 0, roundingCentimos: -9 })
  })
})

describe('Yape, Plin and card', () => {
  test.each<Method>(['yape', 'plin', 'tarjeta'])('%s pays the exact total and gives no change', (method) => {
    expect(settle(4356, [{ method, amountCentimos: 0, operationNumber: '0123' }])).toEqual({
      ok: true,
      roundingCentimos: 0,
      dueCentimos: 4356,
      payments: [{ method, amountCentimos: 4356, operationNumber: '0123', changeCentimos: 0 }],
    })
  })

  test('more than the total is refused, however it is said', () => {
    expect(settle(4356, [yape(4357)])).toEqual({ ok: false, problem: 'wallet-above-total' })
    expect(settle(4356, [{ ...yape(), receivedCentimos: 5000 }])).toEqual({
      ok: false,
      problem: 'wallet-above-total',
    })
    expect(settle(4356, [{ ...yape(4356), receivedCentimos: 5000 }])).toEqual({
      ok: false,
      problem: 'wallet-above-total',
    })
  })

  test('less than the total is not exact: the rounding is only for cash', () => {
    expect(settle(4356, [yape(4350)])).toEqual({ ok: false, problem: 'wallet-not-exact', missingCentimos: 6 })
    expect(settle(4356, [{ ...yape(), receivedCentimos: 4350 }])).toMatchObject({
      ok: false,
      problem: 'wallet-not-exact',
    })
    expect(settle(4356, [{ ...yape(4356), receivedCentimos: 4000 }])).toMatchObject({
      ok: false,
      problem: 'wallet-not-exact',
    })
  })
})

describe('several ways at once', () => {
  test('only the cash part is rounded', () => {
    expect(settle(4356, [yape(2000), cash(3000)])).toEqual({
      ok: true,
      roundingCentimos: -6,
      dueCentimos: 4350,
      payments: [
        { method: 'yape', amountCentimos: 2000, changeCentimos: 0 },
        { method: 'efectivo', amountCentimos: 2350, receivedCentimos: 3000, changeCentimos: 650 },
      ],
    })
    expect(settle(4356, [yape(2356), cash(2000)])).toMatchObject({ ok: true, roundingCentimos: 0 })
  })

  test('the rest may be the wallet’s', () => {
    expect(settle(4356, [cash(undefined, 2000), yape()])).toMatchObject({
      ok: true,
      roundingCentimos: 0,
      payments: [{ amountCentimos: 2000 }, { amountCentimos: 2356 }],
    })
  })

  test('two wallets that are one céntimo off do not pay', () => {
    expect(settle(4356, [yape(2000), { method: 'plin', amountCentimos: 2355 }])).toEqual({
      ok: false,
      problem: 'wallet-not-exact',
      missingCentimos: 1,
    })
    expect(settle(4356, [yape(2000), { method: 'plin', amountCentimos: 2357 }])).toMatchObject({
      problem: 'wallet-above-total',
    })
  })

  test('wallets above the total are refused although there is cash', () => {
    expect(settle(4356, [yape(5000), cash(1000)])).toMatchObject({ ok: false, problem: 'wallet-above-total' })
  })

  test('a payment of nothing, two that are both open, or a negative one are not a payment', () => {
    for (const payments of [
      [],
      [yape(), cash()],
      [yape(4356), cash(1000)],
      [yape(-1), cash()],
      [cash(), cash()],
      [yape(Number.NaN)],
      [yape(0.5), cash()],
    ])
      expect(settle(4356, payments)).toMatchObject({ ok: false, problem: 'nothing-paid' })
  })
})

test('a courtesy costs nothing and can still be rung up', () => {
  expect(settle(0, [cash()])).toMatchObject({ ok: true, dueCentimos: 0, payments: [{ changeCentimos: 0 }] })
  expect(settle(0, [yape()])).toMatchObject({ ok: true, dueCentimos: 0 })
})

test('what is settled adds up to what is due, and the change to what was handed over', () => {
  const amount = fc.nat(100_000)
  const payment = fc.record({
    method: fc.constantFrom<Method>('efectivo', 'yape', 'plin', 'tarjeta'),
    amountCentimos: fc.oneof(fc.constant(0), amount),
    receivedCentimos: fc.option(amount, { nil: undefined }),
  })
  fc.assert(
    fc.property(amount, fc.array(payment, { maxLength: 3 }), (total, payments) => {
      const settled = settle(total, payments)
      if (!settled.ok) {
        expect(settled.missingCentimos ?? 1).toBeGreaterThan(0)
        return
      }
      const paid = settled.payments.reduce((sum, one) => sum + one.amountCentimos, 0)
      expect(paid).toBe(settled.dueCentimos)
      expect(settled.dueCentimos).toBe(total + settled.roundingCentimos)
      expect(settled.roundingCentimos > -10 && settled.roundingCentimos <= 0).toBe(true)
      for (const one of settled.payments) {
        if (one.method !== 'efectivo') expect(one.changeCentimos).toBe(0)
        else expect((one.receivedCentimos ?? 0) - one.changeCentimos).toBe(one.amountCentimos)
      }
    }),
    { numRuns: 1000 },
  )
})

describe('the notes that the customer is likely to hand over', () => {
  test.each([
    [4350, [4500, 5000, 6000, 10_000, 20_000]],
    [12_000, [15_000, 20_000]],
    [300, [500, 1000, 2000, 5000, 10_000]],
    [5000, [6000, 10_000, 20_000]],
    [20_000, []],
    [20_010, [20_500, 21_000, 22_000, 25_000, 30_000]],
    [0, []],
  ])('for %i: %j', (due, notes) => {
    expect(cashSuggestions(due)).toEqual(notes)
  })

  test('are at most five, all above what is due, all different, from small to large', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (due) => {
        const notes = cashSuggestions(due)
        expect(notes.length).toBeLessThanOrEqual(5)
        expect([...new Set(notes)].sort((a, b) => a - b)).toEqual(notes)
        for (const note of notes) expect(note).toBeGreaterThan(due)
      }),
    )
  })
})
