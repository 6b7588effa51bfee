import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limaDate } from '#src/lib/lima.ts'
import { type Choice, coverage, creditCentimos, quote, type Standing } from './price.ts'
import { agreement } from './price-agreed.ts'
import { type Numbered, withoutPeriod } from './reversal.ts'

const day = 86_400_000
const midnight = (date: string) => new Date(`${date}T00:00:00-05:00`)
const monday = new Date('2026-11-23T20:00:00-05:00')
const paid = (id: number, plan: string, amountCentimos: number, days: string[], credit = 0): Numbered => ({
  ...{ id, plan, amountCentimos, creditCentimos: credit },
  coversFrom: midnight(days[0] ?? ''),
  coversUntil: midnight(days[1] ?? ''),
})

describe('a change that is given back, or what it was paid with', () => {
  const month = ['2026-11-24', '2026-12-24']

  test('a credit whose money went back is credited no more', () => {
    const both = [paid(1, 'LOCAL', 6900, month), paid(2, 'CADENA', 7000, month, 6900)]
    const { moved } = withoutPeriod(both, 1, monday)
    expect(moved).toMatchObject([{ id: 2, creditCentimos: 0, coversUntil: midnight('2026-12-09') }])
    expect(creditCentimos([{ ...both[1], ...moved[0] } as Numbered], monday)).toBe(7000)
  })

  test('the year before it lives on in the period after it', () => {
    const year = ['2026-11-24', '2027-11-24']
    const three = [
      paid(1, 'LOCAL', 69_000, year),
      paid(2, 'CADENA', 70_000, year, 69_000),
      paid(3, 'CADENA', 13_900, ['2027-11-24', '2027-12-24']),
    ]
    const { plan, paidUntil, moved } = withoutPeriod(three, 2, monday)
    expect([plan, paidUntil && limaDate(paidUntil)]).toEqual(['CADENA', '2027-05-21'])
    expect(moved).toMatchObject([{ id: 3, creditCentimos: 69_000 }])
  })

  test('what the change has used of its credit is used', () => {
    const two = [paid(1, 'LOCAL', 6900, month), paid(2, 'CADENA', 7000, month, 6900)]
    // 15 of 30 days later half of it is left.
    const later = new Date(monday.getTime() + 15 * day)
    expect(withoutPeriod(two, 2, later)).toMatchObject({
      plan: 'LOCAL',
      paidUntil: midnight('2026-12-24'),
    })
  })
})

const prices: Record<string, { month: number; year: number }> = {
  PUESTO: { month: 3900, year: 39_000 },
  LOCAL: { month: 6900, year: 69_000 },
  CADENA: { month: 13_900, year: 139_000 },
}
const plan = fc.constantFrom('PUESTO', 'LOCAL', 'CADENA')
const period = fc.constantFrom('month' as const, 'year' as const)
const step = (wait: number) =>
  fc.record({
    act: fc.constantFrom('pay' as const, 'pay' as const, 'agree' as const, 'refund' as const),
    ...{ plan, period },
    which: fc.nat(5),
    wait: fc.nat(wait),
    days: fc.integer({ min: 1, max: 500 }),
  })
type Step = { act: string; plan: string; period: 'month' | 'year'; which: number; wait: number; days: number }

/** Rosa's business while she pays and Olga decides. */
class Business {
  rows: Numbered[] = []
  standing: Standing = {
    ...{ plan: 'TRIAL', paidUntil: null, extendedUntil: null, trialDaysEnd: null },
    periods: [],
  }
  now = monday
  ids = 0
  left = () => creditCentimos(this.rows, this.now)
  wait(days: number) {
    this.now = new Date(this.now.getTime() + days * day)
  }
  stands(plan: string, paidUntil: Date | null) {
    this.standing = { ...this.standing, plan, paidUntil, periods: this.rows }
  }
  /** What she paid of her own; null: it is covered. */
  pay(choice: Choice): number | null {
    const quoted = quote(this.standing, choice, this.now)
    if (!quoted.ok) return null
    const { from, until } = coverage(this.standing, choice, choice.priceCentimos, this.now)
    const { creditCentimos, amountCentimos } = quoted
    const row = { id: ++this.ids, ...choice, creditCentimos, amountCentimos, decidedAt: this.now }
    this.rows = [...this.rows, { ...row, coversFrom: from, coversUntil: until }]
    this.stands(choice.plan, until)
    return amountCentimos
  }
  agree(plan: string, days: number): number {
    const { month = 0, year = 0 } = prices[plan] ?? {}
    const until = new Date(midnight(limaDate(this.now)).getTime() + (days + 1) * day)
    const asked = { until, priceMonthlyCentimos: month, priceYearlyCentimos: year }
    const agreed = agreement(this.standing, asked, this.now)
    const amountCentimos = agreed.priceCentimos - agreed.creditCentimos
    this.rows = [
      ...this.rows,
      { id: ++this.ids, plan, ...agreed, amountCentimos, isAgreed: true, decidedAt: this.now },
    ]
    this.stands(plan, until)
    return agreed.priceCentimos
  }
  refund(which: number): Numbered | undefined {
    const paid = this.rows.filter(({ isAgreed }) => !isAgreed)
    const gone = paid[which % Math.max(1, paid.length)]
    if (!gone) return
    const { plan, paidUntil, moved } = withoutPeriod(this.rows, gone.id, this.now)
    this.rows = this.rows
      .filter(({ id }) => id !== gone.id)
      .map((row) => ({ ...row, ...moved.find(({ id }) => id === row.id) }))
    this.stands(plan ?? 'TRIAL', paidUntil)
    return gone
  }
}

/** A dear day, and the céntimos of each period: so much is lost at most where days are made whole. */
const rounding = (rows: readonly Numbered[]) => (rows.length + 1) * (Math.ceil(13_900 / 28) + 2)

function check(steps: readonly Step[], after: (shop: Business) => void) {
  const shop = new Business()
  for (const { act, plan, period, which, wait, days } of steps) {
    shop.wait(wait)
    const before = shop.left()
    const { paidUntil } = shop.standing
    const slack = rounding(shop.rows)
    if (act === 'pay') {
      const own = shop.pay({ plan, period, priceCentimos: prices[plan]?.[period] ?? 0 })
      expect(shop.left()).toBeLessThanOrEqual(before + (own ?? 0) + shop.rows.length)
      // Late days are charged, and are over.
      if (!paidUntil || paidUntil > shop.now) {
        expect(shop.left()).toBeGreaterThanOrEqual(before + (own ?? 0) - shop.rows.length)
      }
    } else if (act === 'agree') {
      expect(Math.abs(shop.agree(plan, days) - shop.left())).toBeLessThanOrEqual(1)
    } else {
      const gone = shop.refund(which)
      expect(shop.left()).toBeLessThanOrEqual(before + shop.rows.length)
      expect(shop.left()).toBeGreaterThanOrEqual(before - (gone?.amountCentimos ?? 0) - slack)
    }
    after(shop)
  }
}

describe('whatever is paid, changed, agreed and given back, in any order', () => {
  test('what is left is never more than was paid and not used, nor less but for a rounded day', () => {
    fc.assert(
      fc.property(fc.array(step(40), { maxLength: 9 }), (steps) =>
        check(steps, ({ rows, left }) => {
          const own = rows.reduce((sum, { amountCentimos }) => sum + amountCentimos, 0)
          expect(left()).toBeLessThanOrEqual(own + rows.length)
        }),
      ),
      { numRuns: 400 },
    )
  })

  test('on one day nothing is used: all that was not given back is left', () => {
    const pays = step(0).map((one) => ({ ...one, act: one.act === 'agree' ? 'pay' : one.act }))
    fc.assert(
      fc.property(fc.array(pays, { maxLength: 9 }), (steps) => {
        let lost = 0
        check(steps, ({ rows, left }) => {
          lost += rounding(rows)
          const own = rows.reduce((sum, { amountCentimos }) => sum + amountCentimos, 0)
          expect(left()).toBeLessThanOrEqual(own + rows.length)
          expect(left()).toBeGreaterThanOrEqual(own - lost)
        })
      }),
      { numRuns: 400 },
    )
  })
})
