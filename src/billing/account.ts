/** Where a business stands with us. Pure: the clock and what decides of the sales come in. */

import { type TrialPlan, type TrialState, trialDaysEnd, trialState } from '#src/billing/plan.ts'
import { limaDayBounds, limaDaysBetween } from '#src/lib/lima.ts'

/** What is asked of a business's row. Instants; `paidUntil` and `extendedUntil` are midnights in Lima. */
export type AccountFacts = {
  trial: TrialPlan
  trialStartedAt: Date
  paidUntil: Date | null
  provisionalUntil: Date | null
  extendedUntil: Date | null
  suspendedAt: Date | null
  closedAt: Date | null
}

/** Counted up to the trial's own number, and the instant of the sale that used it up. */
export type TrialSales = { made: number; usedUpAt: Date | null }

export type AccountState =
  | { kind: 'trial'; left: Exclude<TrialState, { kind: 'over' }> }
  | { kind: 'paid'; until: Date }
  /** A payment by hand that the operator has not seen yet. */
  | { kind: 'provisional'; until: Date }
  /** The period is over; works on until `until`. */
  | { kind: 'late'; since: Date; until: Date }
  | { kind: 'trial-over'; since: Date }
  | { kind: 'locked'; since: Date }
  | { kind: 'suspended'; since: Date }
  /** By the owner. From `deleteAt` on it may be deleted. */
  | { kind: 'closed'; since: Date; deleteAt: Date }

const hour = 3_600_000
const day = 24 * hour
export const lateDays = 7
/** A service that was open when the lock came may finish, for so long. */
export const serviceHours = 24
export const closedDays = 30

/** Sales are asked of the database only when they decide. */
export function salesDecide(facts: AccountFacts, now: Date): boolean {
  if (facts.closedAt || facts.suspendedAt || facts.paidUntil) return false
  if (facts.provisionalUntil && now < facts.provisionalUntil) return false
  return (
    facts.trial.trialRule === 'first' || trialState(facts.trial, facts.trialStartedAt, 0, now).kind !== 'days'
  )
}

/** Closed before suspended before everything that money decides. `sales` may be zero where they do not decide. */
export function accountState(facts: AccountFacts, sales: TrialSales, now: Date): AccountState {
  const { closedAt, suspendedAt, paidUntil, provisionalUntil } = facts
  if (closedAt) {
    return { kind: 'closed', since: closedAt, deleteAt: new Date(closedAt.getTime() + closedDays * day) }
  }
  if (suspendedAt) return { kind: 'suspended', since: suspendedAt }
  if (paidUntil && now < paidUntil) return { kind: 'paid', until: paidUntil }
  if (provisionalUntil && now < provisionalUntil) return { kind: 'provisional', until: provisionalUntil }
  return paidUntil ? afterPaid(facts, paidUntil, now) : onTrial(facts, sales, now)
}

function afterPaid(facts: AccountFacts, paidUntil: Date, now: Date): AccountState {
  const until = latest(new Date(paidUntil.getTime() + lateDays * day), facts.extendedUntil)
  if (now < until) return { kind: 'late', since: paidUntil, until }
  return { kind: 'locked', since: latest(until, facts.provisionalUntil) }
}

function onTrial(facts: AccountFacts, sales: TrialSales, now: Date): AccountState {
  const { extendedUntil, provisionalUntil, trial, trialStartedAt } = facts
  const left = trialState(trial, trialStartedAt, sales.made, now)
  const more = extendedUntil && now < extendedUntil ? limaDaysBetween(now, extendedUntil) - 1 : -1
  if (left.kind === 'days') {
    return { kind: 'trial', left: { kind: 'days', daysLeft: Math.max(left.daysLeft, more) } }
  }
  if (more >= 0) return { kind: 'trial', left: { kind: 'days', daysLeft: more } }
  if (left.kind === 'sales') return { kind: 'trial', left }
  const since = latest(latest(trialEnd(facts, sales), extendedUntil), provisionalUntil)
  // A clock that was put back must not make a lock begin in the future.
  return { kind: 'trial-over', since: since < now ? since : now }
}

/** The instant in which days and sales, joined by the plan's rule, were over. Asked only once they are. */
export function trialEnd(facts: AccountFacts, { usedUpAt }: TrialSales): Date {
  const days = trialDaysEnd(facts.trial, facts.trialStartedAt)
  if (facts.trial.trialRule === 'first') return usedUpAt && usedUpAt < days ? usedUpAt : days
  const last = trialLastMidnight(facts)
  if (!usedUpAt) return last ?? days
  const both = latest(days, usedUpAt)
  return last && last < both ? last : both
}

/** In which no till is opened. */
export type LockedState = Extract<AccountState, { kind: LockKind }>
export type LockKind = 'trial-over' | 'locked' | 'suspended' | 'closed'
export type Lock = { kind: LockKind; since: Date }

/** Why and from when on no till is opened; null while selling is allowed. */
export function lockOf(state: AccountState): LockedState | null {
  switch (state.kind) {
    case 'trial-over':
    case 'locked':
    case 'suspended':
    case 'closed':
      return state
    default:
      return null
  }
}

export const lockedSince = (state: AccountState): Date | null => lockOf(state)?.since ?? null

/**
 * The lock takes hold when a till is opened: a service that was open before may finish within 24 hours. One
 * that seems to begin in the future was opened before our clock was put back.
 */
export function maySell(lockedAt: Date | null, session: { openedAt: Date } | null, now: Date): boolean {
  if (!lockedAt) return true
  if (!session || now >= serviceEnd(lockedAt)) return false
  return session.openedAt < lockedAt || session.openedAt > now
}

export const serviceEnd = (lockedAt: Date) => new Date(lockedAt.getTime() + serviceHours * hour)

/** How many days from the end on the strip shows the price: 3, 2, 1 and the last one. */
export const lastDays = 3

export const isInLastDays = (state: AccountState) =>
  state.kind === 'trial' && state.left.kind === 'days' && state.left.daysLeft <= lastDays

/** The day after which a trial that still has sales ends all the same; null: none. A midnight in Lima. */
export function trialLastMidnight({ trial, trialStartedAt }: AccountFacts): Date | null {
  if (trial.trialMaxDays === null) return null
  return new Date(limaDayBounds(trialStartedAt).to.getTime() + trial.trialMaxDays * day)
}

function latest(one: Date, other: Date | null): Date {
  return other && other > one ? other : one
}
