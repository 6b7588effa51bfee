import { describe, expect, test } from 'vitest'
import { keptUntil } from '#src/notices/notice.ts'
import { dueClosingNotice, isDue, type Leaving, leavingOf, mayGoFrom } from '../leaving.ts'
import { type DeletionFacts, deletionProblems, type RunFacts, runProblems } from './deletion.ts'

const day = 86_400_000
const hour = 3_600_000
const at = (lima: string) => new Date(`${lima}-05:00`)
const plus = (from: Date, ms: number) => new Date(from.getTime() + ms)

describe('Rosa closed her account', () => {
  const closedAt = at('2026-09-01T22:30:00')
  const end = plus(closedAt, 30 * day)
  const warned = plus(end, -7 * day)
  const leaving: Leaving = {
    why: 'closed',
    since: closedAt,
    accepted: { closed: closedAt, 'closed-7': warned },
  }
  const copy = {
    takenAt: plus(closedAt, 5 * hour),
    verifiedAt: plus(closedAt, 6 * hour),
    isWhole: true,
    isKept: true,
  }
  const facts: DeletionFacts = {
    leaving,
    lastChangeAt: plus(closedAt, hour),
    copies: [copy],
    paidUntil: null,
    hasPaymentWaiting: false,
  }

  test('after her 30 days, two mails and a verified copy nothing speaks against it', () => {
    expect(deletionProblems(facts, end)).toEqual([])
  })

  test('an instant before the 30 days are over it stays', () => {
    expect(deletionProblems(facts, plus(end, -1))).toEqual(['not-yet'])
  })

  test('she came back, or paid: it stays', () => {
    expect(deletionProblems({ ...facts, leaving: null }, plus(end, 400 * day))).toEqual(['not-leaving'])
  })

  test.each([
    ['none was taken', {}],
    ['the last one was not', { closed: closedAt }],
    ['the first one was not', { 'closed-7': warned }],
    ['they came on two days in a row', { closed: plus(warned, -day), 'closed-7': warned }],
    ['the clock was put back between them', { closed: plus(warned, day), 'closed-7': warned }],
  ])('of the mails %s: it stays', (_, accepted) => {
    const changed = { ...facts, leaving: { ...leaving, accepted } as Leaving }
    expect(deletionProblems(changed, plus(end, 90 * day))).toEqual(['notices-missing'])
  })

  test('a last mail that was taken late still gives her its seven days', () => {
    const late = plus(end, 3 * day)
    const changed = {
      ...facts,
      leaving: { ...leaving, accepted: { closed: closedAt, 'closed-7': late } } as Leaving,
    }
    expect(deletionProblems(changed, plus(late, 7 * day - 1))).toEqual(['not-yet'])
    expect(deletionProblems(changed, plus(late, 7 * day))).toEqual([])
  })

  test.each([
    ['there is none', []],
    ['it was never restored', [{ ...copy, verifiedAt: null }]],
    ['it is broken', [{ ...copy, isWhole: false }]],
    ['something changed after it', [{ ...copy, takenAt: plus(closedAt, hour) }]],
    ['it is older than the closing', [{ ...copy, takenAt: plus(closedAt, -1) }]],
    ['it was verified in the future', [{ ...copy, verifiedAt: plus(end, hour) }]],
    ['it was never uploaded and its file is gone', [{ ...copy, isKept: false }]],
  ])('of the copy: %s, so it stays', (_, copies) => {
    expect(deletionProblems({ ...facts, copies }, end)).toEqual(['no-verified-copy'])
  })

  test('a copy from before the closing proves nothing, however long nothing had changed', () => {
    const quiet = { ...facts, lastChangeAt: plus(closedAt, -10 * day) }
    const before = { ...copy, takenAt: plus(closedAt, -day), verifiedAt: plus(closedAt, -day) }
    expect(deletionProblems({ ...quiet, copies: [before] }, end)).toEqual(['no-verified-copy'])
    expect(deletionProblems({ ...quiet, copies: [{ ...before, takenAt: closedAt }] }, end)).toEqual([
      'no-verified-copy',
    ])
    expect(deletionProblems(quiet, end)).toEqual([])
  })

  test('days that she has paid for are kept for her to the last', () => {
    const paidUntil = plus(end, 200 * day)
    expect(deletionProblems({ ...facts, paidUntil }, plus(paidUntil, -1))).toEqual(['paid-ahead'])
    expect(deletionProblems({ ...facts, paidUntil }, paidUntil)).toEqual([])
  })

  test('a payment that waits for the operator keeps it, for as long as that takes', () => {
    expect(deletionProblems({ ...facts, hasPaymentWaiting: true }, plus(end, 90 * day))).toEqual([
      'payment-waiting',
    ])
  })

  test('overdue is also what was never warned: somebody must hear of it', () => {
    const unwarned: Leaving = { why: 'closed', since: closedAt, accepted: {} }
    expect(isDue(unwarned, plus(end, -1))).toBe(false)
    expect(isDue(unwarned, end)).toBe(true)
    expect(isDue(leaving, plus(end, -1))).toBe(false)
    expect(isDue(leaving, end)).toBe(true)
    const late: Leaving = {
      why: 'closed',
      since: closedAt,
      accepted: { closed: closedAt, 'closed-7': plus(end, -day) },
    }
    expect(isDue(late, end)).toBe(false)
  })

  test('one good copy among broken ones is enough', () => {
    expect(deletionProblems({ ...facts, copies: [{ ...copy, isWhole: false }, copy] }, end)).toEqual([])
  })

  test('the mails: one at once, one a week before the end, and then no more', () => {
    expect(dueClosingNotice(closedAt, {}, closedAt)).toBe('closed')
    expect(dueClosingNotice(closedAt, { closed: closedAt }, plus(warned, -1))).toBeNull()
    expect(dueClosingNotice(closedAt, { closed: closedAt }, warned)).toBe('closed-7')
    expect(dueClosingNotice(closedAt, { closed: closedAt, 'closed-7': warned }, end)).toBeNull()
    const late = plus(closedAt, 5 * day)
    expect(dueClosingNotice(closedAt, { closed: late }, plus(late, 20 * day - 1))).toBeNull()
    expect(dueClosingNotice(closedAt, { closed: late }, plus(late, 20 * day))).toBe('closed-7')
  })
})

describe('a lock that nobody paid for', () => {
  const since = at('2025-10-15T00:00:00')
  const end = keptUntil(since)
  const accepted = {
    'delete-60': plus(end, -60 * day - hour),
    'delete-30': plus(end, -30 * day - hour),
    'delete-7': plus(end, -7 * day - hour),
  }
  const of = (taken: object): Leaving => ({ why: 'locked', since, accepted: taken })

  test('goes after 12 months and three mails', () => {
    expect(mayGoFrom(of(accepted))).toEqual(end)
  })

  test('with two of the three it stays, and is overdue', () => {
    const two = of({ ...accepted, 'delete-30': undefined })
    expect(mayGoFrom(two)).toBeNull()
    expect([plus(end, -1), end].map((now) => isDue(two, now))).toEqual([false, true])
  })

  test('suspended by the operator, paid, late and on trial go nowhere', () => {
    expect(leavingOf({ kind: 'suspended', since })).toBeNull()
    expect(leavingOf({ kind: 'paid', until: end })).toBeNull()
    expect(leavingOf({ kind: 'late', since, until: end })).toBeNull()
    expect(leavingOf({ kind: 'trial', left: { kind: 'sales', salesLeft: 2 } })).toBeNull()
    expect(leavingOf({ kind: 'locked', since })).toEqual({ why: 'locked', since })
    expect(leavingOf({ kind: 'trial-over', since })).toEqual({ why: 'locked', since })
  })
})

describe('the run', () => {
  const now = at('2026-11-23T04:20:00')
  const nightly = Array.from({ length: 8 }, (_, night) => plus(now, -(night + 1) * day))
  const facts: RunFacts = {
    clocks: { app: now, database: plus(now, 2_000), store: null },
    heartbeats: nightly,
    deletedToday: 0,
    hasOperatorsYes: false,
    canWarn: true,
  }

  test('where mails reach nobody nothing is deleted, whatever the rows say', () => {
    expect(runProblems({ ...facts, canWarn: false })).toEqual(['no-mail-server'])
  })

  test('with clocks that agree and a steady week it goes on', () => {
    expect(runProblems(facts)).toEqual([])
  })

  test.each([
    ["the database's is six minutes ahead", { database: plus(now, 6 * 60_000) }],
    ["the database's is six minutes behind", { database: plus(now, -6 * 60_000) }],
    ["the store's is an hour behind", { store: plus(now, -hour) }],
  ])('of the clocks %s: nothing is deleted', (_, clocks) => {
    expect(runProblems({ ...facts, clocks: { ...facts.clocks, ...clocks } })).toEqual(['clocks-differ'])
  })

  test.each([
    ['it never ran before', []],
    ['it stood still for three days', nightly.filter((_, night) => night < 2 || night > 4)],
    ['its last run was more than 48 hours ago', nightly.slice(2)],
    ['it has run for three days only', nightly.slice(0, 3)],
    ['a run lies in the future: the clock was put back', [...nightly, plus(now, day)]],
  ])('of its heartbeat: %s, so nothing is deleted', (_, heartbeats) => {
    expect(runProblems({ ...facts, heartbeats })).toEqual(['heartbeat-missing'])
  })

  test('one night left out is no reason', () => {
    expect(runProblems({ ...facts, heartbeats: nightly.filter((_, night) => night !== 3) })).toEqual([])
  })

  test('the fourth of a day waits for an operator', () => {
    expect(runProblems({ ...facts, deletedToday: 2 })).toEqual([])
    expect(runProblems({ ...facts, deletedToday: 3 })).toEqual(['enough-today'])
    expect(runProblems({ ...facts, deletedToday: 3, hasOperatorsYes: true })).toEqual([])
  })
})
