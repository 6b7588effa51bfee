import { describe, expect, test } from 'vitest'
import { type AccountFacts, accountState, type TrialSales, trialLastMidnight } from '#src/billing/account.ts'
import {
  type Accepted,
  clocksAgree,
  deletableFrom,
  dueDeletionNotice,
  dueNotice,
  keptUntil,
  mayBeDue,
} from './notice.ts'

const lima = (text: string) => new Date(`${text}-05:00`)
const trial = { trialDays: 14, trialSales: 100, trialRule: 'last' as const, trialMaxDays: 45 }
/** Rosa signed up on the 23rd of November: her 14 days end with the 7th of December, and nothing after 7 January. */
const rosa: AccountFacts = {
  trial,
  trialStartedAt: lima('2026-11-23T20:15'),
  paidUntil: null,
  provisionalUntil: null,
  extendedUntil: null,
  suspendedAt: null,
  closedAt: null,
}
const none: TrialSales = { made: 0, usedUpAt: null }
const due = (at: Date, more: Partial<AccountFacts> = {}, sales = none) => {
  const facts = { ...rosa, ...more }
  return dueNotice(accountState(facts, sales, at), trialLastMidnight(facts), at)
}

describe('the mails of a trial', () => {
  test.each([
    ['2026-12-03T23:59:59.999', null],
    ['2026-12-04T00:00', { kind: 'trial-3', about: '2026-12-07', daysLeft: 3 }],
    ['2026-12-05T23:59:59.999', { kind: 'trial-3', about: '2026-12-07', daysLeft: 2 }],
    ['2026-12-06T00:00', { kind: 'trial-1', about: '2026-12-07', daysLeft: 1 }],
    ['2026-12-07T00:00', { kind: 'trial-0', about: '2026-12-07', daysLeft: 0 }],
    ['2026-12-07T23:59:59.999', { kind: 'trial-0', about: '2026-12-07', daysLeft: 0 }],
  ])('by the days of Lima: %s', (at, notice) => {
    expect(due(lima(at), {}, { made: 100, usedUpAt: lima('2026-12-01T21:00') })).toEqual(notice)
  })

  test('are silent while sales are what remains, and tell of the day that ends it all the same', () => {
    for (const day of ['2026-12-04', '2026-12-06', '2026-12-07', '2026-12-08'])
      expect(due(lima(`${day}T09:00`))).toBeNull()
    expect(due(lima('2027-01-04T09:00'))).toEqual({ kind: 'trial-3', about: '2027-01-07', daysLeft: 3 })
    expect(due(lima('2027-01-07T23:00'))).toEqual({ kind: 'trial-0', about: '2027-01-07', daysLeft: 0 })
  })

  test('one mail tells of the last ten sales', () => {
    const made = (n: number): TrialSales => ({ made: n, usedUpAt: null })
    expect(due(lima('2026-12-10T09:00'), {}, made(89))).toBeNull()
    const told = due(lima('2026-12-10T09:00'), {}, made(90))
    expect(told).toEqual({ kind: 'trial-sales', about: 'ventas', salesLeft: 10 })
    expect(due(lima('2026-12-12T09:00'), {}, made(97))).toMatchObject({
      kind: 'trial-sales',
      about: 'ventas',
    })
  })

  test('come again for the new end when she has taken three more days', () => {
    const sold = { made: 100, usedUpAt: lima('2026-12-01T21:00') }
    const extendedUntil = lima('2026-12-11T00:00')
    const more = due(lima('2026-12-07T21:00'), { extendedUntil }, sold)
    expect(more).toEqual({ kind: 'trial-3', about: '2026-12-10', daysLeft: 3 })
    expect(due(lima('2026-12-10T09:00'), { extendedUntil }, sold)).toMatchObject({ kind: 'trial-0' })
  })

  test('say that it is over, for a week', () => {
    const sold = { made: 100, usedUpAt: lima('2026-12-01T21:00') }
    const about = '2026-12-08'
    expect(due(lima('2026-12-08T00:00'), {}, sold)).toEqual({ kind: 'locked', about })
    expect(due(lima('2026-12-14T23:00'), {}, sold)).toEqual({ kind: 'locked', about })
    expect(due(lima('2026-12-15T00:00'), {}, sold)).toBeNull()
  })
})

describe('the mails of a plan', () => {
  const paidUntil = lima('2026-11-23T00:00')

  test.each([
    ['2026-11-22T23:59:59.999', null],
    ['2026-11-23T00:00', { kind: 'late', about: '2026-11-23', until: lima('2026-11-30T00:00') }],
    ['2026-11-29T23:59:59.999', { kind: 'late', about: '2026-11-23', until: lima('2026-11-30T00:00') }],
    ['2026-11-30T00:00', { kind: 'locked', about: '2026-11-30' }],
    ['2026-12-07T00:00', null],
  ])('late, then locked: %s', (at, notice) => {
    expect(due(lima(at), { paidUntil })).toEqual(notice)
  })

  test('nobody is written to about a payment that is waiting, a pause or a closed account', () => {
    const at = lima('2026-11-25T10:00')
    expect(due(at, { paidUntil, provisionalUntil: lima('2026-11-26T10:00') })).toBeNull()
    expect(due(at, { paidUntil, suspendedAt: at })).toBeNull()
    expect(due(at, { paidUntil, closedAt: at })).toBeNull()
  })
})

describe('the three mails before a deletion', () => {
  const lockedAt = lima('2026-11-30T00:00')
  const at = (text: string) => ({ now: lima(text), databaseNow: lima(text) })
  const next = (text: string, accepted: Accepted) =>
    dueDeletionNotice(lockedAt, accepted, at(text))?.kind ?? null

  test('everything is kept for twelve months, to the end of that day', () => {
    expect(keptUntil(lockedAt)).toEqual(lima('2027-12-01T00:00'))
    // A lock on 29 February is kept to 28 February, whose midnight is the first of March.
    expect(keptUntil(lima('2028-02-29T10:00'))).toEqual(lima('2029-03-01T00:00'))
  })

  test('each is due on its day, to the instant', () => {
    expect(next('2027-10-01T23:59:59.999', {})).toBeNull()
    expect(next('2027-10-02T00:00', {})).toBe('delete-60')
    expect(mayBeDue(lockedAt, lima('2027-10-01T23:59:59.999'))).toBe(false)
    expect(mayBeDue(lockedAt, lima('2027-10-02T00:00'))).toBe(true)
    const first = { 'delete-60': lima('2027-10-02T00:00') }
    expect(next('2027-10-31T23:59:59.999', first)).toBeNull()
    expect(next('2027-11-01T00:00', first)).toBe('delete-30')
    const second = { ...first, 'delete-30': lima('2027-11-01T00:00') }
    expect(next('2027-11-23T23:59:59.999', second)).toBeNull()
    expect(next('2027-11-24T00:00', second)).toBe('delete-7')
    expect(next('2027-11-30T00:00', { ...second, 'delete-7': lima('2027-11-24T00:00') })).toBeNull()
  })

  test('none comes before the one ahead of it was taken, however late it is', () => {
    expect(next('2027-11-30T00:00', {})).toBe('delete-60')
    expect(next('2028-11-30T00:00', { 'delete-30': lima('2027-11-01T00:00') })).toBe('delete-60')
  })

  test('thirty and twenty days lie between them, also when the first went out late', () => {
    const first = { 'delete-60': lima('2027-11-20T08:05') }
    expect(next('2027-12-20T08:04:59.999', first)).toBeNull()
    expect(next('2027-12-20T08:05', first)).toBe('delete-30')
    const second = { ...first, 'delete-30': lima('2027-12-20T08:05') }
    expect(next('2028-01-09T08:04:59.999', second)).toBeNull()
    expect(next('2028-01-09T08:05', second)).toBe('delete-7')
  })

  test('by the slower of the two clocks: one that runs ahead brings nothing forward', () => {
    const first = { 'delete-60': lima('2027-10-02T08:05') }
    const [behind, ahead] = [lima('2027-10-20T08:05'), lima('2027-11-02T08:05')]
    expect(dueDeletionNotice(lockedAt, first, { now: ahead, databaseNow: behind })).toBeNull()
    expect(dueDeletionNotice(lockedAt, first, { now: behind, databaseNow: ahead })).toBeNull()
    expect(dueDeletionNotice(lockedAt, first, { now: ahead, databaseNow: ahead })).not.toBeNull()
    expect(clocksAgree(lima('2027-11-01T10:05'), lima('2027-11-01T10:00'))).toBe(true)
    expect(clocksAgree(lima('2027-11-01T10:00'), lima('2027-11-01T10:05:00.001'))).toBe(false)
  })

  test('a late one promises as many days as its name says', () => {
    const late = dueDeletionNotice(lockedAt, {}, at('2027-11-20T08:05'))
    expect(late).toMatchObject({ keptUntil: lima('2028-01-20T00:00') })
    expect(dueDeletionNotice(lockedAt, {}, at('2027-10-02T00:00'))).toMatchObject({
      keptUntil: lima('2027-12-02T00:00'),
    })
  })

  test('only when all three were taken, and lay apart, is there a first instant for deleting', () => {
    const three = {
      'delete-60': lima('2027-10-02T08:05'),
      'delete-30': lima('2027-11-01T08:05'),
      'delete-7': lima('2027-11-24T08:05'),
    }
    expect(deletableFrom(lockedAt, three)).toEqual(lima('2027-12-02T00:00'))
    expect(deletableFrom(lockedAt, { ...three, 'delete-7': lima('2027-12-20T08:05') })).toEqual(
      lima('2027-12-28T00:00'),
    )
    for (const kind of ['delete-60', 'delete-30', 'delete-7'] as const) {
      const { [kind]: _, ...two } = three
      expect(deletableFrom(lockedAt, two)).toBeNull()
    }
    expect(deletableFrom(lockedAt, { ...three, 'delete-30': lima('2027-10-31T08:05') })).toBeNull()
    expect(deletableFrom(lockedAt, { ...three, 'delete-7': lima('2027-11-21T08:04') })).toBeNull()
  })
})
