import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limaDayBounds } from '#src/lib/lima.ts'
import {
  type AccountFacts,
  accountState,
  isInLastDays,
  lockedSince,
  lockOf,
  maySell,
  salesDecide,
  type TrialSales,
  trialEnds,
  trialLastMidnight,
} from './account.ts'

const at = (lima: string) => new Date(`${lima}-05:00`)
const some = (made: number): TrialSales => ({ made, usedUpAt: null })
const usedUp = (when: string): TrialSales => ({ made: 100, usedUpAt: at(when) })

/** Rosa signs up on a Monday evening; in UTC it is already Tuesday. Her days end with the 7th of December. */
const rosa: AccountFacts = {
  trial: { trialDays: 14, trialSales: 100, trialRule: 'last', trialMaxDays: 45 },
  trialStartedAt: at('2026-11-23T20:15:00'),
  paidUntil: null,
  provisionalUntil: null,
  extendedUntil: null,
  suspendedAt: null,
  closedAt: null,
}
const whicheverFirst: AccountFacts = {
  ...rosa,
  trial: { ...rosa.trial, trialRule: 'first', trialMaxDays: null },
}
const state = (change: Partial<AccountFacts>, now: string, sales = some(0)) =>
  accountState({ ...rosa, ...change }, sales, at(now))

describe('on trial, by days', () => {
  test.each([
    ['2026-11-23T23:59:59.999', 14],
    ['2026-11-24T00:00:00', 13],
    ['2026-12-07T00:00:00', 0],
    ['2026-12-07T23:59:59.999', 0],
  ])('%s: %i days are left', (now, daysLeft) => {
    expect(state({}, now, usedUp('2026-11-25T22:00:00'))).toEqual({
      kind: 'trial',
      left: { kind: 'days', daysLeft },
    })
  })

  test.each([
    ['2026-12-03T23:59:59.999', undefined],
    ['2026-12-04T00:00:00', 60],
    ['2026-12-07T23:59:59.999', 60],
  ])('%s: the sales that go on after the days, %s', (now, salesLeft) => {
    const found = state({}, now, some(40))
    expect(found.kind === 'trial' && found.left.kind === 'days' ? found.left.salesLeft : 0).toBe(salesLeft)
  })

  test('across the end of a month and of a year', () => {
    const trialStartedAt = at('2026-12-31T23:59:59')
    expect(state({ trialStartedAt }, '2027-01-14T23:59:59.999')).toMatchObject({ left: { daysLeft: 0 } })
    expect(state({ trialStartedAt }, '2027-01-15T00:00:00')).toMatchObject({ left: { kind: 'sales' } })
    const february = at('2028-02-15T00:00:00')
    expect(state({ trialStartedAt: february }, '2028-02-29T23:59:59')).toMatchObject({
      left: { daysLeft: 0 },
    })
    expect(state({ trialStartedAt: february }, '2028-03-01T00:00:00')).toMatchObject({
      left: { kind: 'sales' },
    })
  })
})

describe('what ends a trial, and when it is told', () => {
  const sold = usedUp('2026-11-25T22:00:00')
  const ends = (now: string, sales = some(0), change: Partial<AccountFacts> = {}) => {
    const facts = { ...rosa, ...change }
    const last = trialLastMidnight(facts)
    const end = trialEnds(accountState(facts, sales, at(now)), last, at(now))
    expect(isInLastDays(accountState(facts, sales, at(now)), last, at(now))).toBe(end !== null)
    return end
  }

  test.each([
    ['2026-12-03T23:59:59.999', null],
    ['2026-12-04T00:00:00', { by: 'days', daysLeft: 3 }],
    ['2026-12-07T00:00:00', { by: 'days', daysLeft: 0 }],
    ['2026-12-07T23:59:59.999', { by: 'days', daysLeft: 0 }],
    ['2026-12-08T00:00:00', null],
  ])('the days, where no sales are left: %s', (now, end) => {
    expect(ends(now, sold)).toEqual(end)
  })

  test.each([
    ['2026-12-04T00:00:00', null],
    ['2026-12-07T23:59:59.999', null],
    ['2026-12-08T00:00:00', null],
    ['2027-01-03T23:59:59.999', null],
    ['2027-01-04T00:00:00', { by: 'days', daysLeft: 3 }],
    ['2027-01-07T23:59:59.999', { by: 'days', daysLeft: 0 }],
    ['2027-01-08T00:00:00', null],
  ])('the last midnight, where sales go on after the days: %s', (now, end) => {
    expect(ends(now)).toEqual(end)
  })

  test('few sales, once they are what remains', () => {
    expect(ends('2026-12-06T23:59:59.999', some(90))).toBeNull()
    expect(ends('2026-12-07T00:00:00', some(89))).toBeNull()
    expect(ends('2026-12-07T00:00:00', some(90))).toEqual({ by: 'sales', salesLeft: 10 })
    expect(ends('2026-12-20T12:00:00', some(89))).toBeNull()
    expect(ends('2026-12-20T12:00:00', some(99))).toEqual({ by: 'sales', salesLeft: 1 })
    expect(ends('2026-12-20T12:00:00', some(90), { trial: { ...rosa.trial, trialMaxDays: null } })).toEqual({
      by: 'sales',
      salesLeft: 10,
    })
  })

  test('three more days after the last midnight are days again; before it sales outlast them', () => {
    expect(ends('2027-01-08T12:00:00', some(0), { extendedUntil: at('2027-01-12T00:00:00') })).toEqual({
      by: 'days',
      daysLeft: 3,
    })
    expect(ends('2026-12-09T12:00:00', some(0), { extendedUntil: at('2026-12-11T00:00:00') })).toBeNull()
  })

  test('whichever comes first: the days end it, however many sales are left', () => {
    const now = at('2026-12-07T12:00:00')
    const found = accountState(whicheverFirst, some(3), now)
    expect(trialEnds(found, trialLastMidnight(whicheverFirst), now)).toEqual({ by: 'days', daysLeft: 0 })
  })
})

describe('on trial, by sales', () => {
  const after = '2026-12-08T00:00:00'

  test('after the days the sales decide, and the hundredth is the last', () => {
    expect(state({}, after, some(99))).toEqual({ kind: 'trial', left: { kind: 'sales', salesLeft: 1 } })
    const lastSale = usedUp('2026-12-10T21:30:00')
    expect(state({}, '2026-12-10T21:30:01', lastSale)).toEqual({
      kind: 'trial-over',
      since: at('2026-12-10T21:30:00'),
    })
  })

  test('a hundred sales in two days leave the fortnight; then it is over at that midnight, not before', () => {
    const busy = usedUp('2026-11-25T22:00:00')
    expect(state({}, '2026-12-07T23:59:59.999', busy)).toMatchObject({ left: { daysLeft: 0 } })
    expect(state({}, after, busy)).toEqual({ kind: 'trial-over', since: at(after) })
  })

  test('never beyond 45 days, at a midnight in Lima', () => {
    expect(trialLastMidnight(rosa)).toEqual(at('2027-01-08T00:00:00'))
    expect(state({}, '2027-01-07T23:59:59.999', some(3)).kind).toBe('trial')
    expect(state({}, '2027-01-08T00:00:00', some(3))).toEqual({
      kind: 'trial-over',
      since: at('2027-01-08T00:00:00'),
    })
  })

  test('whichever comes first: the sale that uses it up ends it in that instant', () => {
    const busy = usedUp('2026-11-25T22:00:00')
    expect(accountState(whicheverFirst, some(99), at('2026-11-25T21:59:59')).kind).toBe('trial')
    expect(accountState(whicheverFirst, busy, at('2026-11-25T22:00:00'))).toEqual({
      kind: 'trial-over',
      since: at('2026-11-25T22:00:00'),
    })
    expect(accountState(whicheverFirst, some(3), at(after))).toEqual({ kind: 'trial-over', since: at(after) })
  })

  test('sales are asked for only where they decide', () => {
    const asked = (change: Partial<AccountFacts>, now: string) => salesDecide({ ...rosa, ...change }, at(now))
    expect(asked({}, '2026-12-03T23:59:59.999')).toBe(false)
    expect(asked({}, '2026-12-04T00:00:00')).toBe(true)
    expect(asked({}, after)).toBe(true)
    expect(salesDecide(whicheverFirst, at('2026-11-24T00:00:00'))).toBe(true)
    for (const change of [
      { paidUntil: at('2026-12-01T00:00:00') },
      { suspendedAt: at('2026-12-01T00:00:00') },
      { closedAt: at('2026-12-01T00:00:00') },
      { provisionalUntil: at('2026-12-08T00:00:01') },
    ])
      expect(asked(change, after)).toBe(false)
  })
})

describe('three more days', () => {
  const extendedUntil = at('2026-12-14T00:00:00')
  const busy = usedUp('2026-11-25T22:00:00')

  test.each([
    ['2026-12-10T12:00:00', 3],
    ['2026-12-13T23:59:59.999', 0],
  ])('%s: %i days are left', (now, daysLeft) => {
    expect(state({ extendedUntil }, now, busy)).toEqual({ kind: 'trial', left: { kind: 'days', daysLeft } })
  })

  test('and they end at their own midnight', () => {
    expect(state({ extendedUntil }, '2026-12-14T00:00:00', busy)).toEqual({
      kind: 'trial-over',
      since: extendedUntil,
    })
  })

  test('a paid plan that expired works on with them too', () => {
    const paidUntil = at('2026-11-23T00:00:00')
    const facts = { paidUntil, extendedUntil }
    expect(state(facts, '2026-12-13T23:59:59')).toEqual({
      kind: 'late',
      since: paidUntil,
      until: extendedUntil,
    })
    expect(state(facts, '2026-12-14T00:00:00')).toEqual({ kind: 'locked', since: extendedUntil })
  })
})

describe('paid, late, locked', () => {
  const paidUntil = at('2026-11-23T00:00:00')

  test('paid up to the last instant of its last day', () => {
    expect(state({ paidUntil }, '2026-11-22T23:59:59.999')).toEqual({ kind: 'paid', until: paidUntil })
  })

  test('then seven days late, working, and at the eighth midnight locked', () => {
    const until = at('2026-11-30T00:00:00')
    expect(state({ paidUntil }, '2026-11-23T00:00:00')).toEqual({ kind: 'late', since: paidUntil, until })
    expect(state({ paidUntil }, '2026-11-29T23:59:59.999')).toEqual({ kind: 'late', since: paidUntil, until })
    expect(state({ paidUntil }, '2026-11-30T00:00:00')).toEqual({ kind: 'locked', since: until })
  })

  test('across the end of a year', () => {
    const newYear = { paidUntil: at('2026-12-29T00:00:00') }
    expect(state(newYear, '2027-01-04T23:59:59.999').kind).toBe('late')
    expect(state(newYear, '2027-01-05T00:00:00').kind).toBe('locked')
  })

  test('paying after the lock opens it at once, whatever the trial was', () => {
    const facts = { paidUntil: at('2027-01-08T00:00:00') }
    expect(state(facts, '2026-12-08T10:00:00', usedUp('2026-12-01T10:00:00')).kind).toBe('paid')
  })

  test('a payment by hand works for 48 hours, on a trial that is over as after a plan', () => {
    const provisionalUntil = at('2026-12-12T10:00:00')
    const busy = usedUp('2026-11-25T22:00:00')
    for (const facts of [{ provisionalUntil }, { provisionalUntil, paidUntil }]) {
      const kind = 'paidUntil' in facts ? 'locked' : 'trial-over'
      expect(state(facts, '2026-12-12T09:59:59.999', busy)).toEqual({
        kind: 'provisional',
        until: provisionalUntil,
      })
      expect(state(facts, '2026-12-12T10:00:00', busy)).toEqual({ kind, since: provisionalUntil })
    }
  })
})

describe('suspended by the operator, closed by the owner', () => {
  const suspendedAt = at('2026-11-25T12:00:00')
  const closedAt = at('2026-11-25T18:00:00')
  const paidUntil = at('2027-11-23T00:00:00')

  test('paid or not, suspended; closed is said before suspended', () => {
    expect(state({ suspendedAt, paidUntil }, '2026-11-26T00:00:00')).toEqual({
      kind: 'suspended',
      since: suspendedAt,
    })
    expect(state({ suspendedAt, closedAt, paidUntil }, '2026-11-26T00:00:00')).toEqual({
      kind: 'closed',
      since: closedAt,
      deleteAt: at('2026-12-25T18:00:00'),
    })
  })
})

describe('a service in progress', () => {
  const lockedAt = at('2026-12-08T00:00:00')
  const before = { openedAt: at('2026-12-07T23:59:59.999') }

  test.each([
    ['2026-12-08T00:00:00', true],
    ['2026-12-08T23:59:59.999', true],
    ['2026-12-09T00:00:00', false],
  ])('opened a moment before the lock, at %s it may sell: %s', (now, may) => {
    expect(maySell(lockedAt, before, at(now))).toBe(may)
  })

  test('opened with the lock or after it, or not at all: never', () => {
    const now = at('2026-12-08T10:00:00')
    expect(maySell(lockedAt, { openedAt: lockedAt }, now)).toBe(false)
    expect(maySell(lockedAt, { openedAt: at('2026-12-08T09:00:00') }, now)).toBe(false)
    expect(maySell(lockedAt, null, now)).toBe(false)
    expect(maySell(null, null, now)).toBe(true)
  })

  test('the clock is put back an hour: the lock is not in the future, and the service goes on', () => {
    const now = at('2026-12-10T20:30:00')
    const over = accountState(rosa, usedUp('2026-12-10T21:30:00'), now)
    expect(over).toEqual({ kind: 'trial-over', since: now })
    expect(maySell(lockedSince(over), { openedAt: at('2026-12-10T20:45:00') }, now)).toBe(true)
  })
})

test('whatever happened, a lock begins in the past, and what was paid or given is never taken away', () => {
  const instant = fc.date({
    min: at('2026-11-01T00:00:00'),
    max: at('2027-03-01T00:00:00'),
    noInvalidDate: true,
  })
  const midnight = instant.map((any) => limaDayBounds(any).from)
  const sometimes = <T>(of: fc.Arbitrary<T>) => fc.option(of)
  fc.assert(
    fc.property(
      fc.record({
        paidUntil: sometimes(midnight),
        provisionalUntil: sometimes(instant),
        extendedUntil: sometimes(midnight),
      }),
      fc.record({ made: fc.nat(120), usedUpAt: instant }),
      fc.constantFrom(rosa, whicheverFirst),
      instant,
      (change, { made, usedUpAt }, facts, now) => {
        const sales = { made, usedUpAt: made >= 100 ? usedUpAt : null }
        const found = accountState({ ...facts, ...change }, sales, now)
        const locked = lockOf(found)
        if (locked) expect(locked.since.getTime()).toBeLessThanOrEqual(now.getTime())
        if ('until' in found) expect(found.until.getTime()).toBeGreaterThan(now.getTime())
        const isGiven = [change.paidUntil, change.provisionalUntil, change.extendedUntil].some(
          (until) => until !== null && now < until,
        )
        if (isGiven) expect(locked).toBeNull()
      },
    ),
  )
})
