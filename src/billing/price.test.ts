import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limaDate } from '#src/lib/lima.ts'
import { addPeriod, type Choice, coverage, type PaidPeriod, quote, type Standing } from './price.ts'
import { withoutPeriod } from './reversal.ts'

const at = (lima: string) => new Date(`${lima}-05:00`)
const midnight = (date: string) => at(`${date}T00:00:00`)

const puesto: Choice = { plan: 'PUESTO', period: 'month', priceCentimos: 3900 }
const local: Choice = { plan: 'LOCAL', period: 'month', priceCentimos: 6900 }
const puestoYear: Choice = { plan: 'PUESTO', period: 'year', priceCentimos: 39_000 }

/** Rosa, whose trial is over and who has never paid. */
const locked: Standing = {
  plan: 'TRIAL_POLLERIA',
  paidUntil: null,
  extendedUntil: null,
  trialDaysEnd: midnight('2026-11-20'),
  periods: [],
}

const period = (
  plan: string,
  amountCentimos: number,
  from: string,
  until: string,
  creditCentimos = 0,
): PaidPeriod => ({
  plan,
  amountCentimos,
  creditCentimos,
  coversFrom: midnight(from),
  coversUntil: midnight(until),
})

/** Rosa with these periods behind her. */
const having = (...periods: PaidPeriod[]): Standing => ({
  ...locked,
  plan: periods.at(-1)?.plan ?? '',
  paidUntil: periods.at(-1)?.coversUntil ?? null,
  trialDaysEnd: null,
  periods,
})

const days = (standing: Standing, choice: Choice, now: string) => {
  const quoted = quote(standing, choice, at(now))
  return quoted.ok ? `${limaDate(quoted.from)} – ${limaDate(quoted.until)}` : quoted.problem
}
const amount = (standing: Standing, choice: Choice, now: string) => {
  const quoted = quote(standing, choice, at(now))
  return quoted.ok ? quoted.amountCentimos : quoted.problem
}

const lastDay = (quoted: ReturnType<typeof quote>) =>
  quoted.ok ? limaDate(new Date(quoted.until.getTime() - 1)) : quoted.problem

describe('which days a payment covers', () => {
  test.each(['2026-11-23T00:00:00', '2026-11-23T18:59:59', '2026-11-23T19:00:00', '2026-11-23T23:59:59.999'])(
    'paying at %s, when the trial is over: the last day is 23 December',
    (now) => {
      expect(days(locked, puesto, now)).toBe('2026-11-24 – 2026-12-24')
      expect(days(locked, puestoYear, now)).toBe('2026-11-24 – 2027-11-24')
    },
  )

  test('a trial that still has days keeps them all', () => {
    const onTrial = { ...locked, trialDaysEnd: midnight('2026-12-01') }
    expect(days(onTrial, puesto, '2026-11-23T20:00:00')).toBe('2026-12-01 – 2027-01-01')
    expect(days(onTrial, puesto, '2026-11-30T23:59:59.999')).toBe('2026-12-01 – 2027-01-01')
    expect(days(onTrial, puesto, '2026-12-01T00:00:00')).toBe('2026-12-02 – 2027-01-02')
    expect(days(onTrial, puesto, '2026-12-02T00:00:00')).toBe('2026-12-03 – 2027-01-03')
  })

  test('the 3 days more are hers as well', () => {
    const extended = { ...locked, extendedUntil: midnight('2026-11-26') }
    expect(days(extended, puesto, '2026-11-23T20:00:00')).toBe('2026-11-26 – 2026-12-26')
  })

  test('paying early begins where the paid days end', () => {
    const paid = having(period('PUESTO', 3900, '2026-11-10', '2026-12-10'))
    expect(days(paid, puesto, '2026-11-23T20:00:00')).toBe('2026-12-10 – 2027-01-10')
  })

  test('paying late begins where the old period ended, and locked begins tomorrow', () => {
    const paid = having(period('PUESTO', 3900, '2026-10-16', '2026-11-16'))
    expect(days(paid, puesto, '2026-11-16T00:00:00')).toBe('2026-11-16 – 2026-12-16')
    expect(days(paid, puesto, '2026-11-22T23:59:59.999')).toBe('2026-11-16 – 2026-12-16')
    expect(days(paid, puesto, '2026-11-23T00:00:00')).toBe('2026-11-24 – 2026-12-24')
  })

  test('days that the operator gave are not charged: what is paid begins after them', () => {
    const given = {
      ...having(period('PUESTO', 3900, '2026-09-01', '2026-10-01')),
      extendedUntil: midnight('2026-12-01'),
    }
    expect(days(given, puesto, '2026-11-23T20:00:00')).toBe('2026-12-01 – 2027-01-01')
    expect(days(given, puesto, '2026-12-02T20:00:00')).toBe('2026-12-03 – 2027-01-03')
  })

  test('nor are they lost when she pays while late', () => {
    const given = {
      ...having(period('PUESTO', 3900, '2026-10-23', '2026-11-23')),
      extendedUntil: midnight('2026-12-30'),
    }
    expect(days(given, puesto, '2026-11-25T12:00:00')).toBe('2026-12-30 – 2027-01-30')
    expect(days(given, puesto, '2026-12-01T12:00:00')).toBe('2026-12-30 – 2027-01-30')
  })

  test.each([
    ['2027-01-27', '2027-02-27'],
    ['2027-01-28', '2027-02-28'],
    ['2027-01-29', '2027-02-28'],
    ['2027-01-30', '2027-02-28'],
    ['2027-01-31', '2027-02-28'],
    ['2027-03-30', '2027-04-30'],
    ['2027-03-31', '2027-04-30'],
  ])('a month paid on %s works up to the end of %s', (paid, last) => {
    expect(lastDay(quote(locked, puesto, at(`${paid}T12:00:00`)))).toBe(last)
  })

  test('a year paid on 28 February works up to the 28th, the leap day not lost', () => {
    expect(lastDay(quote(locked, puestoYear, at('2028-02-28T12:00:00')))).toBe('2029-02-28')
    expect(lastDay(quote(locked, puestoYear, at('2027-02-28T12:00:00')))).toBe('2028-02-29')
    expect(limaDate(addPeriod(midnight('2027-01-01'), 'month', 31))).toBe('2027-02-01')
  })

  test.each([
    ['2027-01-30', ['2027-02-28', '2027-03-30', '2027-04-30', '2027-05-30']],
    ['2027-01-31', ['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']],
  ])('a chain that was begun on %s comes back to its day', (paid, lasts) => {
    const chain: PaidPeriod[] = []
    for (const last of lasts) {
      const quoted = quote(chain.length > 0 ? having(...chain) : locked, puesto, at(`${paid}T12:00:00`))
      if (!quoted.ok) throw new Error(quoted.problem)
      expect(lastDay(quoted)).toBe(last)
      chain.push(period('PUESTO', 3900, limaDate(quoted.from), limaDate(quoted.until)))
    }
  })
})

describe('another plan in mid-period', () => {
  const paid = having(period('PUESTO', 3900, '2026-11-08', '2026-12-08'))

  test('begins tomorrow, and what is left after today is credited by days', () => {
    // 14 of 30 days are left after the 23rd.
    expect(quote(paid, local, at('2026-11-23T20:00:00'))).toEqual({
      ok: true,
      priceCentimos: 6900,
      creditCentimos: 1820,
      amountCentimos: 5080,
      from: midnight('2026-11-24'),
      until: midnight('2026-12-24'),
    })
  })

  test('the credit changes at midnight in Lima and not before', () => {
    expect(amount(paid, local, '2026-11-23T23:59:59.999')).toBe(6900 - 1820)
    expect(amount(paid, local, '2026-11-24T00:00:00')).toBe(6900 - 1690)
    expect(amount(paid, local, '2026-12-06T23:59:59.999')).toBe(6900 - 130)
    expect(amount(paid, local, '2026-12-07T00:00:00')).toBe(6900)
    expect(amount(paid, local, '2026-12-08T00:00:00')).toBe(6900)
  })

  test('the same plan for a year is no change: nothing is credited, it begins after', () => {
    expect(amount(paid, puestoYear, '2026-11-23T20:00:00')).toBe(39_000)
    expect(days(paid, puestoYear, '2026-11-23T20:00:00')).toBe('2026-12-08 – 2027-12-08')
  })

  test('periods paid ahead are credited whole', () => {
    const ahead = having(
      period('PUESTO', 3900, '2026-11-08', '2026-12-08'),
      period('PUESTO', 3900, '2026-12-08', '2027-01-08'),
    )
    expect(amount(ahead, local, '2026-11-23T20:00:00')).toBe(6900 - 1820 - 3900)
  })

  test('what a change replaced is not credited again', () => {
    const changed = having(
      period('PUESTO', 3900, '2026-11-08', '2026-12-08'),
      period('LOCAL', 5080, '2026-11-24', '2026-12-24', 1820),
    )
    // The whole 69 soles of the day's own plan are left, nothing of the old 39.
    const cadena: Choice = { plan: 'CADENA', period: 'month', priceCentimos: 13_900 }
    expect(amount(changed, cadena, '2026-11-23T21:00:00')).toBe(13_900 - 6900)
  })

  test('worth more than the new one: says from which day on it no longer is', () => {
    const paidLocal = having(period('LOCAL', 6900, '2026-11-24', '2026-12-24'))
    expect(quote(paidLocal, puesto, at('2026-11-23T20:00:00'))).toEqual({
      ok: false,
      problem: 'covered',
      creditCentimos: 6900,
      // 16 of 30 days lie after it: S/ 36.80.
      since: midnight('2026-12-07'),
    })
    expect(amount(paidLocal, puesto, '2026-12-06T23:59:59')).toBe('covered')
    expect(amount(paidLocal, puesto, '2026-12-07T00:00:00')).toBe(3900 - 3680)
  })

  test('the days of a trial that the first period waits for are not lost', () => {
    const waiting = having(period('PUESTO', 3900, '2026-12-01', '2027-01-01'))
    expect(days(waiting, local, '2026-11-23T20:00:00')).toBe('2026-12-01 – 2027-01-01')
    expect(amount(waiting, local, '2026-11-23T20:00:00')).toBe(3000)
  })

  test('days bought in proportion: half the worth is half the days, more is more', () => {
    const now = at('2026-11-23T20:00:00')
    expect(limaDate(coverage(locked, local, 3450, now).until)).toBe('2026-12-09')
    expect(limaDate(coverage(locked, local, 10_350, now).until)).toBe('2027-01-08')
  })

  test('credit is whole céntimos, never more than was paid, and falls as days pass', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(40), fc.nat(40), (price, one, other) => {
        const standing = having(period('PUESTO', price, '2026-11-08', '2026-12-08'))
        const [early, late] = [Math.min(one, other), Math.max(one, other)].map((n) => {
          const quoted = quote(
            standing,
            { ...local, priceCentimos: 1_000_000 },
            new Date(midnight('2026-11-08').getTime() + n * 86_400_000),
          )
          return quoted.ok ? quoted.creditCentimos : Number.NaN
        })
        expect(Number.isInteger(early)).toBe(true)
        expect(early).toBeLessThanOrEqual(price)
        expect(late).toBeLessThanOrEqual(early ?? 0)
      }),
    )
  })
})

describe('a payment that is given back', () => {
  const numbered = (...periods: PaidPeriod[]) => periods.map((row, at) => ({ ...row, id: at + 1 }))
  const first = period('PUESTO', 3900, '2026-11-08', '2026-12-08')
  const now = at('2026-11-23T20:00:00')

  test('the only one: back to where she was', () => {
    expect(withoutPeriod(numbered(first), 1, now)).toEqual({ plan: null, paidUntil: null, moved: [] })
  })

  test('the last one of two: the first one stands', () => {
    const two = numbered(first, period('PUESTO', 3900, '2026-12-08', '2027-01-08'))
    expect(withoutPeriod(two, 2, now)).toMatchObject({ plan: 'PUESTO', paidUntil: midnight('2026-12-08') })
  })

  test('the first one of two: its unused days go, and the second comes forward', () => {
    const two = numbered(first, period('PUESTO', 3900, '2026-12-08', '2027-01-08'))
    expect(withoutPeriod(two, 1, now)).toEqual({
      plan: 'PUESTO',
      paidUntil: midnight('2026-12-25'),
      moved: [
        { id: 2, creditCentimos: 0, coversFrom: midnight('2026-11-24'), coversUntil: midnight('2026-12-25') },
      ],
    })
  })

  test('a change of plan: the old plan is back with what it had', () => {
    const two = numbered(first, period('LOCAL', 4950, '2026-11-23', '2026-12-23', 1950))
    expect(withoutPeriod(two, 2, now)).toMatchObject({ plan: 'PUESTO', paidUntil: midnight('2026-12-08') })
  })

  test('the one whose credit paid part of a change: that part goes', () => {
    const two = numbered(first, period('LOCAL', 3450, '2026-11-23', '2026-12-23', 3450))
    expect(withoutPeriod(two, 1, now)).toMatchObject({ plan: 'LOCAL', paidUntil: midnight('2026-12-08') })
  })
})
