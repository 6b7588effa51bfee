import { expect, test } from 'vitest'
import {
  clockProblem,
  doomedKeys,
  doomedLogs,
  doomedNights,
  type Night,
  type Situation,
} from './retention.ts'

const dayMs = 86_400_000
const day = (from: string, days: number) =>
  new Date(Date.parse(`${from}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
/** One whole night a day, ending with `last`. */
const daily = (last: string, count: number): Night[] =>
  Array.from({ length: count }, (_, i) => ({ night: day(last, -i), isWhole: true }))
const today = '2026-11-23' // a Monday
const situation: Situation = {
  keep: { daily: 7, weekly: 5, monthly: 12 },
  today,
  needed: new Set([today]),
  mostAtOnce: 1_000,
}
const doomed = (nights: readonly Night[], changes: Partial<Situation> = {}) => {
  const answer = doomedNights(nights, { ...situation, ...changes })
  if (!answer.ok) throw new Error(answer.problem)
  return answer.nights
}
const kept = (nights: readonly Night[], changes: Partial<Situation> = {}) => {
  const gone = new Set(doomed(nights, changes))
  return nights.map(({ night }) => night).filter((night) => !gone.has(night))
}

test('seven nights stay, and the eighth goes unless it ends a week or a month', () => {
  expect(doomed(daily(today, 7))).toEqual([])
  const onlyDays = { keep: { daily: 7, weekly: 0, monthly: 0 } }
  expect(doomed(daily(today, 8), onlyDays)).toEqual(['2026-11-16'])
  expect(kept(daily(today, 20), onlyDays)).toHaveLength(7)
})

test('five weeks stay by their newest night, this one counted', () => {
  const onlyWeeks = { keep: { daily: 1, weekly: 5, monthly: 0 } }
  expect(kept(daily(today, 60), onlyWeeks)).toEqual([
    '2026-11-23', // Monday: this week's newest
    '2026-11-22', // Sundays
    '2026-11-15',
    '2026-11-08',
    '2026-11-01',
  ])
})

test('twelve months stay by their newest night, and the thirteenth goes', () => {
  const onlyMonths = { keep: { daily: 1, weekly: 0, monthly: 12 } }
  const months = kept(daily(today, 800), onlyMonths)
  expect(months).toHaveLength(12)
  expect(months.slice(0, 3)).toEqual(['2026-11-23', '2026-10-31', '2026-09-30'])
  expect(months.at(-1)).toBe('2025-12-31')
})

test('as configured: two years of nights come down to what the three rules keep, and stay so', () => {
  const nights = daily(today, 730)
  const left = kept(nights)
  expect(left).toHaveLength(7 + 3 + 11) // this week and month, and the newest Sunday, are in the seven days
  expect(kept(left.map((night) => ({ night, isWhole: true })))).toEqual(left)
})

test('pruned night by night for a year, every day finds what was promised', () => {
  let nights: Night[] = []
  for (let i = 0; i < 400; i++) {
    const now = day('2025-10-20', i)
    nights = [...nights, { night: now, isWhole: true }]
    const left = new Set(kept(nights, { today: now, needed: new Set([now]), mostAtOnce: 3 }))
    nights = nights.filter(({ night }) => left.has(night))
  }
  const left = nights.map(({ night }) => night)
  const last = left.at(-1) ?? ''
  for (let i = 0; i < 7; i++) expect(left).toContain(day(last, -i))
  expect(new Set(left.map((night) => night.slice(0, 7))).size).toBe(12)
  expect(left.length).toBeLessThanOrEqual(24)
})

test('the night of the newest verified copy never goes, however old it is', () => {
  const nights = [
    ...daily(today, 60),
    { night: '2024-02-01', isWhole: true },
    { night: '2024-02-02', isWhole: true },
  ]
  const needed = new Set(['2024-02-01', today])
  expect(doomed(nights, { needed })).not.toContain('2024-02-01')
  expect(doomed(nights, { needed, keep: { daily: 1, weekly: 0, monthly: 0 } })).toContain('2024-02-02')
  expect(doomedNights(nights, { ...situation, needed: new Set() })).toEqual({
    ok: false,
    problem: 'nothing-verified',
  })
})

test('a clock that leaps ahead deletes nothing: what counts is the nights that are there', () => {
  const left = kept(daily(today, 730)).map((night) => ({ night, isWhole: true }))
  expect(doomed(left, { today: '2031-05-01' })).toEqual([])
  // … also when a night was made under it: it takes the place of one day, one week and one month.
  expect(doomed([{ night: '2031-05-01', isWhole: true }, ...left], { today: '2031-05-01' }).length).toBe(3)
})

test('nights of the future stay where they are, and push nobody out', () => {
  const wrong = ['2031-05-01', '2031-05-02', '2031-05-03'].map((night) => ({ night, isWhole: true }))
  expect(doomed([...wrong, ...daily(today, 7)])).toEqual([])
  // The next day has begun in Lima while the job runs.
  expect(doomed([...daily('2026-11-24', 8)], { keep: { daily: 7, weekly: 0, monthly: 0 } })).toEqual([
    '2026-11-17',
  ])
})

test('after days without a copy nothing goes: the newest are the newest', () => {
  expect(doomed(daily('2026-10-01', 7), { needed: new Set(['2026-10-01']) })).toEqual([])
})

test('never more than so many at once, the oldest first', () => {
  const answer = doomedNights(daily(today, 20), {
    ...situation,
    keep: { daily: 7, weekly: 0, monthly: 0 },
    mostAtOnce: 3,
  })
  expect(answer).toEqual({ ok: true, nights: ['2026-11-04', '2026-11-05', '2026-11-06'], later: 10 })
})

test("half a night takes nobody's place, and goes once a week of whole ones came after it", () => {
  const half = { night: '2026-11-20', isWhole: false }
  const others = daily(today, 8).filter(({ night }) => night !== half.night)
  expect(doomed([half, ...others], { keep: { daily: 7, weekly: 0, monthly: 0 } })).toEqual([])
  const old = { night: '2026-11-10', isWhole: false }
  expect(doomed([old, ...daily(today, 6)])).toEqual([])
  expect(doomed([old, ...daily(today, 7)])).toEqual(['2026-11-10'])
  expect(doomed([old, ...daily(today, 7)], { needed: new Set(['2026-11-10']) })).toEqual([])
})

test('lists of keys stay for eight nights, so that a destroyed key is gone after as many', () => {
  const nights = daily(today, 10).map(({ night }) => night)
  expect(doomedKeys(nights)).toEqual(['2026-11-15', '2026-11-14'])
  expect(doomedKeys(nights.slice(0, 8))).toEqual([])
})

test('a binary log goes after nine days, unless it is needed from the newest verified copy on', () => {
  const storeNow = new Date('2026-11-23T12:00:00Z')
  const ago = (days: number) => new Date(storeNow.getTime() - days * dayMs)
  const logs = [8.9, 9.1, 20].map((days) => ({ key: String(days), storedAt: ago(days) }))
  expect(doomedLogs(logs, { storeNow, verifiedFrom: ago(1) })).toEqual(['9.1', '20'])
  expect(doomedLogs(logs, { storeNow, verifiedFrom: ago(15) })).toEqual(['20'])
  expect(doomedLogs(logs, { storeNow, verifiedFrom: null })).toEqual([])
})

test('clocks may differ by five minutes, and no job may have been silent for two days', () => {
  const now = new Date('2026-11-23T12:00:00Z')
  const minutes = (n: number) => new Date(now.getTime() + n * 60_000)
  const problem = (database: Date, store: Date, lastBeat: Date | null = minutes(-70)) =>
    clockProblem({ app: now, database, store, lastBeat })
  expect(problem(now, minutes(5))).toBeNull()
  expect(problem(now, minutes(5.1))).toBe('clocks-differ')
  expect(problem(minutes(-3), minutes(3))).toBe('clocks-differ')
  expect(problem(now, now, minutes(-48 * 60))).toBeNull()
  expect(problem(now, now, minutes(-48 * 60 - 1))).toBe('clock-leapt')
  expect(problem(now, now, null)).toBeNull()
})
