import { describe, expect, test } from 'vitest'
import { accountState } from '#src/billing/account.ts'
import { extendedFrom, plusDays } from './extension.ts'

/** Monday 23 November, 23:30 in Lima: already the 24th in UTC. */
const now = new Date('2026-11-24T04:30:00Z')
const midnight = (day: string) => new Date(`${day}T05:00:00Z`)
const none = { made: 0, usedUpAt: null }
const facts = {
  trial: { trialDays: 14, trialSales: 100, trialRule: 'last' as const, trialMaxDays: 45 },
  trialStartedAt: midnight('2026-11-20'),
  paidUntil: null,
  provisionalUntil: null,
  extendedUntil: null,
  suspendedAt: null,
  closedAt: null,
}
const usedUp = { made: 100, usedUpAt: midnight('2026-11-10') }

describe('days are counted from where selling ends', () => {
  test('a trial: from the end of its last day', () => {
    const from = extendedFrom(facts, none, now)
    expect(from).toEqual(midnight('2026-12-05'))
    const more = { ...facts, extendedUntil: plusDays(from ?? now, 3) }
    const before = accountState(facts, none, now)
    const after = accountState(more, none, now)
    expect(before).toEqual({ kind: 'trial', left: { kind: 'days', daysLeft: 11 } })
    expect(after).toEqual({ kind: 'trial', left: { kind: 'days', daysLeft: 14 } })
  })

  test('a trial that is over, and a locked plan: from tonight in Lima', () => {
    const over = { ...facts, trialStartedAt: midnight('2026-11-01') }
    expect(extendedFrom(over, usedUp, now)).toEqual(midnight('2026-11-24'))
    const again = { ...over, extendedUntil: midnight('2026-11-27') }
    expect(accountState(again, usedUp, now)).toEqual({ kind: 'trial', left: { kind: 'days', daysLeft: 3 } })
    const locked = { ...facts, paidUntil: midnight('2026-11-01') }
    expect(extendedFrom(locked, none, now)).toEqual(midnight('2026-11-24'))
  })

  test('late and paid: on top of the seven days', () => {
    const late = { ...facts, paidUntil: midnight('2026-11-20') }
    expect(extendedFrom(late, none, now)).toEqual(midnight('2026-11-27'))
    const paid = { ...facts, paidUntil: midnight('2026-12-20') }
    expect(extendedFrom(paid, none, now)).toEqual(midnight('2026-12-27'))
  })

  test('a payment that waits is not counted on', () => {
    const waiting = { ...facts, provisionalUntil: midnight('2026-11-25') }
    expect(extendedFrom(waiting, none, now)).toEqual(midnight('2026-12-05'))
  })

  test('in pause and closed: nowhere', () => {
    expect(extendedFrom({ ...facts, suspendedAt: now }, none, now)).toBeNull()
    expect(extendedFrom({ ...facts, closedAt: now }, none, now)).toBeNull()
  })
})
