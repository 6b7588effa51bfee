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
  if (facts.trial.trialRule === 'first') return true
  const left = trialState(facts.trial, facts.trialStartedAt, 0, now)
  return left.kind !== 'days' || left.daysLeft <= lastDays
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
  const daysLeft = left.kind === 'days' ? Math.max(left.daysLeft, more) : more
  if (daysLeft >= 0) return { kind: 'trial', left: withSales(facts, sales, daysLeft, now) }
  if (left.kind === 'sales') return { kind: 'trial', left }
  const since = latest(latest(trialEnd(facts, sales), extendedUntil), provisionalUntil)
  // A clock that was put back must not make a lock begin in the future.
  return { kind: 'trial-over', since: since < now ? since : now }
}

/** In the last days it matters whether they are the end: sales may go on after them. */
function withSales({ trial, trialStartedAt }: AccountFacts, sales: TrialSales, daysLeft: number, now: Date) {
  const days = { kind: 'days' as const, daysLeft }
  if (daysLeft > lastDays) return days
  const after = new Date(limaDayBounds(now).to.getTime() + daysLeft * day)
  const then = trialState(trial, trialStartedAt, sales.made, after)
  return then.kind === 'sales' ? { ...days, salesLeft: then.salesLeft } : days
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
/** With so few sales left a trial that lives on them is about to end. */
export const fewSales = 10

export type TrialEnd = { by: 'days'; daysLeft: number } | { by: 'sales'; salesLeft: number }

/**
 * What is about to end a trial; null while nothing is. Days end it only where no sales go on after them; otherwise
 * its last midnight (`trialLastMidnight`) does, or the sales themselves, once they are what remains.
 */
export function trialEnds(state: AccountState, lastMidnight: Date | null, now: Date): TrialEnd | null {
  if (state.kind !== 'trial') return null
  const { left } = state
  if (left.kind === 'days' && left.salesLeft === undefined) return endsByDays(left.daysLeft)
  const last = lastMidnight && endsByDays(limaDaysBetween(now, lastMidnight) - 1)
  if (last) return last
  const remaining = left.kind === 'sales' || left.daysLeft === 0 ? left.salesLeft : undefined
  return remaining !== undefined && remaining <= fewSales ? { by: 'sales', salesLeft: remaining } : null
}

const endsByDays = (daysLeft: number): TrialEnd | null =>
  daysLeft <= lastDays ? { by: 'days', daysLeft } : null

export const isInLastDays = (state: AccountState, lastMidnight: Date | null, now: Date) =>
  trialEnds(state, lastMidnight, now) !== null

/** The day after which a trial that still has sales ends all the same; null: none. A midnight in Lima. */
export function trialLastMidnight({ trial, trialStartedAt }: AccountFacts): Date | null {
  if (trial.trialMaxDays === null) return null
  return new Date(limaDayBounds(trialStartedAt).to.getTime() + trial.trialMaxDays * day)
}

function latest(one: Date, other: Date | null): Date {
  return other && other > one ? other : one
}
