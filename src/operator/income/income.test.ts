import { describe, expect, test } from 'vitest'
import { lastMonths } from '#src/charts/periods.ts'
import {
  churnText,
  incomeMonths,
  incomeText,
  monthlyTwelfths,
  mrrCentimos,
  type PaidPeriod,
  paidAt,
  paysFrom,
} from './income.ts'
import { leftText, type OnTrial, runningTrials, trialsChart, trialsText } from './trials.ts'

const midnight = (day: string) => new Date(`${day}T05:00:00Z`)
let payments = 0
const paid = (
  tenantId: number,
  from: string,
  until: string,
  monthly = 6900,
  yearly?: number,
): PaidPeriod => ({
  tenantId,
  paymentId: ++payments,
  monthlyTwelfths: yearly === undefined ? monthlyTwelfths('month', monthly) : monthlyTwelfths('year', yearly),
  from: midnight(from),
  until: midnight(until),
})

describe('what comes in every month', () => {
  test('a yearly plan is a twelfth, and is rounded once for all', () => {
    const three = [1, 2, 3].map((id) => paid(id, '2026-01-01', '2027-01-01', 0, 39_001))
    expect(mrrCentimos(paidAt(three, midnight('2026-06-01')))).toBe(9750)
    expect(mrrCentimos(paidAt([paid(1, '2026-11-01', '2026-12-01')], midnight('2026-11-30')))).toBe(6900)
  })

  test('a change of plan counts from its first day on, and never twice', () => {
    const both = [paid(1, '2026-11-01', '2026-12-01', 3900), paid(1, '2026-11-10', '2026-12-10', 13_900)]
    expect(mrrCentimos(paidAt(both, new Date(midnight('2026-11-10').getTime() - 1)))).toBe(3900)
    expect(mrrCentimos(paidAt(both, midnight('2026-11-10')))).toBe(13_900)
    expect(mrrCentimos(paidAt(both.toReversed(), midnight('2026-11-10')))).toBe(13_900)
  })

  test('the last instant of a period is paid, and its end is not', () => {
    const one = [paid(1, '2026-11-01', '2026-12-01')]
    expect(paidAt(one, new Date(midnight('2026-12-01').getTime() - 1)).size).toBe(1)
    expect(paidAt(one, midnight('2026-12-01')).size).toBe(0)
  })
})

test('whoever pays is counted on that very day, and days that still are a trial are not', () => {
  const paidAt = new Date('2026-11-30T20:00:00-05:00')
  expect(paysFrom(midnight('2026-12-01'), paidAt)).toEqual(paidAt)
  expect(paysFrom(midnight('2026-12-05'), paidAt)).toEqual(midnight('2026-12-05'))
  // Confirmed on the day after: the period runs already.
  expect(paysFrom(midnight('2026-12-01'), midnight('2026-12-02'))).toEqual(midnight('2026-12-01'))
  expect(paysFrom(midnight('2026-12-01'), null)).toEqual(midnight('2026-12-01'))
})

describe('who leaves', () => {
  const now = midnight('2026-11-20')
  const months = lastMonths(now, 2)
  const rows = incomeMonths(
    months,
    [
      // pays all the time
      paid(1, '2026-09-15', '2026-10-15'),
      paid(1, '2026-10-15', '2026-11-15'),
      paid(1, '2026-11-15', '2026-12-15'),
      // there at the beginning of October, gone at its end
      paid(2, '2026-09-15', '2026-10-15'),
      // came and went within October: was at neither end
      paid(3, '2026-10-05', '2026-10-20'),
      // came in October, and is late since the 10th of November
      paid(4, '2026-10-10', '2026-11-10'),
    ],
    now,
  )

  test('is who paid at the beginning of the month and no longer at its end', () => {
    expect(rows).toMatchObject([
      { paidAtStart: 2, lost: 1, gained: 1, paying: 2 },
      { paidAtStart: 2, lost: 1, gained: 0, paying: 1, mrrCentimos: 6900 },
    ])
    expect(rows.map(churnText)).toEqual(['50 %', '50 %'])
  })

  test('is said in one sentence', () => {
    const current = rows[1]
    if (!current) throw new Error('no month')
    expect(incomeText(current)).toBe(
      'S/\u00a069.00 al mes con 1 negocio que paga. De 2 que pagaban al empezar el mes, 1 ya no paga (50 %).',
    )
    expect(incomeText({ ...current, paidAtStart: 0, lost: 0 })).toBe(
      'S/\u00a069.00 al mes con 1 negocio que paga.',
    )
    expect(incomeText({ ...current, paidAtStart: 0, paying: 0 })).toContain('Todavía no hay')
    expect(churnText({ ...current, paidAtStart: 0 })).toBe('—')
  })
})

describe('trials that end', () => {
  const now = new Date('2026-11-25T17:00:00Z')
  const onTrial = (id: number, startedDaysAgo: number, made = 0, over: Partial<OnTrial> = {}): OnTrial => ({
    id,
    businessName: `Negocio ${id}`,
    trial: { trialDays: 14, trialSales: 100, trialRule: 'last', trialMaxDays: 45 },
    trialStartedAt: new Date(now.getTime() - startedDaysAgo * 86_400_000),
    paidUntil: null,
    provisionalUntil: null,
    extendedUntil: null,
    suspendedAt: null,
    closedAt: null,
    sales: { made, usedUpAt: made >= 100 ? now : null },
    ...over,
  })

  test('the first to end stands first; over, suspended and closed ones are not among them', () => {
    const trials = runningTrials(
      [
        onTrial(1, 0),
        onTrial(2, 14, 120),
        onTrial(3, 12, 120),
        onTrial(4, 20, 60),
        onTrial(5, 20, 120),
        onTrial(6, 46),
        onTrial(7, 1, 0, { suspendedAt: now }),
        onTrial(8, 1, 0, { closedAt: now }),
      ],
      now,
    )
    expect(trials.map((trial) => [trial.id, leftText(trial)])).toEqual([
      [4, '40 ventas'],
      [2, 'Termina hoy'],
      [3, '2 días'],
      [1, '14 días'],
    ])
    expect(trialsText(trials)).toBe('4 pruebas en curso; 3 terminan en los próximos 7 días.')
    const chart = trialsChart(trials, now)
    expect(chart.labels.slice(0, 3)).toEqual(['Hoy', '26 nov', '27 nov'])
    expect(chart.series[0]?.values.slice(0, 3)).toEqual([1, 0, 1])
  })
})
