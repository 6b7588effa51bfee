import { describe, expect, test } from 'vitest'
import { lastWeeks } from '#src/charts/periods.ts'
import { funnelText, funnelTotals, funnelWeeks, type SignUp, stepsChart, weeksChart } from './funnel.ts'

const now = new Date('2026-11-25T17:00:00Z')
const weeks = lastWeeks(now, 2)
const signUp = (at: string, over: Partial<SignUp> = {}): SignUp => ({
  signedUpAt: new Date(at),
  setupStep: 0,
  hasSold: false,
  hasPaid: false,
  ...over,
})

describe('the funnel', () => {
  const rows = funnelWeeks(weeks, {
    visits: [
      { day: '2026-11-15', count: 99 },
      { day: '2026-11-16', count: 10 },
      { day: '2026-11-22', count: 5 },
      { day: '2026-11-23', count: 7 },
    ],
    signUps: [
      signUp('2026-11-16T05:00:00Z', { setupStep: 4, hasSold: true, hasPaid: true }),
      // The last second of Sunday in Lima
      signUp('2026-11-23T04:59:59Z', { setupStep: 2 }),
      signUp('2026-11-23T05:00:00Z', { setupStep: 3, hasSold: true }),
    ],
  })

  test('a week is Monday to Sunday in Lima, and follows those who signed up in it', () => {
    expect(rows).toMatchObject([
      { visits: 15, signUps: 2, steps: [2, 2, 1, 1], sold: 1, paid: 1 },
      { visits: 7, signUps: 1, steps: [1, 1, 1, 0], sold: 1, paid: 0 },
    ])
  })

  test('is said in one sentence, with its charts in the same figures', () => {
    const totals = funnelTotals(rows)
    const sentence = funnelText(2, totals)
    expect(sentence).toBe(
      'En 2 semanas: 22 visitas, 3 registros, 2 con su primera venta (67 %) y 1 que pagó (33 %).',
    )
    expect(stepsChart(totals, sentence).series[0]?.values).toEqual([3, 3, 3, 2, 1, 2, 1])
    expect(weeksChart(rows, '').series.map(({ values }) => values)).toEqual([
      [2, 1],
      [1, 1],
      [1, 0],
    ])
  })

  test('without anybody says that', () => {
    expect(funnelText(8, funnelTotals(funnelWeeks(weeks, { visits: [], signUps: [] })))).toContain(
      'Todavía no hay',
    )
  })
})
