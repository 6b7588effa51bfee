/**
 * What a payment costs and which days it covers. Pure. Periods run from midnight to midnight in Lima, the first
 * instant paid to the first that is not. The day of paying is not counted, as the day of signing up is not (Código
 * Civil, art. 183): paying on 23 November for a month, the last day is 23 December.
 */

import { lateDays } from '#src/billing/account.ts'
import { addPeriod, anchorBefore, anchorOf, type Period } from '#src/billing/period.ts'
import { limaDayBounds, limaDaysBetween } from '#src/lib/lima.ts'
import { mulDiv } from '#src/lib/money.ts'

export { addPeriod, type Period } from '#src/billing/period.ts'

/** A confirmed payment, as far as days and credit go. What it bought is worth both amounts. */
export type PaidPeriod = {
  plan: string
  amountCentimos: number
  creditCentimos: number
  coversFrom: Date
  coversUntil: Date
  /** Set by the operator without a payment: `amountCentimos` is what its days are worth beyond the credit. */
  isAgreed?: boolean
}

/** Where a business stands when it pays. */
export type Standing = {
  plan: string
  paidUntil: Date | null
  extendedUntil: Date | null
  /** The midnight in which the days of its trial end; null once a period was paid. */
  trialDaysEnd: Date | null
  /** Confirmed payments in the order in which they took effect; those that were given back are not among them. */
  periods: readonly PaidPeriod[]
}

export type Choice = { plan: string; period: Period; priceCentimos: number }

export type Coverage = { from: Date; until: Date }

/** `covered`: what is left is worth more than the new plan; from `since` on it no longer is (null: not by itself). */
export type Quote =
  | ({ ok: true; priceCentimos: number; creditCentimos: number; amountCentimos: number } & Coverage)
  | { ok: false; problem: 'covered'; creditCentimos: number; since: Date | null }

const day = 86_400_000

/** What choosing this costs now, and up to when it lasts. */
export function quote(standing: Standing, choice: Choice, now: Date): Quote {
  const creditCentimos = creditOf(standing, choice.plan, now)
  const amountCentimos = choice.priceCentimos - creditCentimos
  if (amountCentimos <= 0) {
    return { ok: false, problem: 'covered', creditCentimos, since: affordableFrom(standing, choice, now) }
  }
  const price = { priceCentimos: choice.priceCentimos, creditCentimos, amountCentimos }
  return { ok: true, ...price, ...coverage(standing, choice, choice.priceCentimos, now) }
}

/**
 * Which days a payment covers once it takes effect. `valueCentimos` is what was paid with what was left of the plan
 * before: the whole price buys the whole period, and otherwise it buys days in proportion, so that no céntimo of an
 * owner is lost and no credit is spent twice.
 */
export function coverage(standing: Standing, choice: Choice, valueCentimos: number, now: Date): Coverage {
  const { from, anchorDay } = periodFrom(standing, choice.plan, now)
  const whole = addPeriod(from, choice.period, anchorDay)
  if (valueCentimos === choice.priceCentimos) return { from, until: whole }
  const days = mulDiv(limaDaysBetween(from, whole), valueCentimos, choice.priceCentimos)
  return { from, until: new Date(from.getTime() + Math.max(1, days) * day) }
}

/**
 * When a period begins: after what is paid already (another plan: at once, what is left is credited); while late,
 * where the old period ended; in a trial, or in days that were given, when these end, late or not; when locked, with
 * the next day: the rest of today is a present.
 */
export function periodFrom(standing: Standing, plan: string, now: Date): { from: Date; anchorDay: number } {
  const { paidUntil, extendedUntil } = standing
  const tomorrow = limaDayBounds(now).to
  if (paidUntil && now < paidUntil && plan !== standing.plan) return on(changeFrom(standing, now))
  if (paidUntil && now < lateEnd(paidUntil)) {
    if (extendedUntil && extendedUntil > paidUntil) return on(extendedUntil)
    return { from: paidUntil, anchorDay: anchorOf(standing.periods, paidUntil) }
  }
  const free = latest(standing.trialDaysEnd, extendedUntil)
  return on(free && free > tomorrow ? free : tomorrow)
}

/** What is left, by days, of the periods that another plan would replace. Nothing for the same plan: it extends. */
export function creditOf(standing: Standing, plan: string, now: Date): number {
  if (plan === standing.plan || !standing.paidUntil || now >= standing.paidUntil) return 0
  return creditCentimos(standing.periods, now)
}

/** Each period's price for the days after today: today was the old plan's, and the new one begins with tomorrow. */
export function creditCentimos(periods: readonly PaidPeriod[], now: Date): number {
  const tomorrow = limaDayBounds(now).to
  let sum = 0
  for (const period of living(periods, now)) {
    sum += valueFrom(period, tomorrow)
  }
  return sum
}

/** What the days from this midnight on are worth: the worth of the period, by days. */
export function valueFrom(period: PaidPeriod, midnight: Date): number {
  const { coversFrom, coversUntil } = period
  if (coversUntil <= midnight || coversUntil <= coversFrom) return 0
  const left = limaDaysBetween(coversFrom > midnight ? coversFrom : midnight, coversUntil)
  return mulDiv(worthOf(period), left, limaDaysBetween(coversFrom, coversUntil))
}

export const worthOf = ({ amountCentimos, creditCentimos }: PaidPeriod) => amountCentimos + creditCentimos

/** Everything before it that still had days has become its credit. */
export const replaces = ({ creditCentimos, isAgreed }: PaidPeriod) => creditCentimos > 0 || isAgreed === true

/** Periods with days left: a change of plan replaced everything before it. */
function living(periods: readonly PaidPeriod[], now: Date): PaidPeriod[] {
  const change = periods.findLastIndex(replaces)
  const tomorrow = limaDayBounds(now).to
  return periods.slice(Math.max(0, change)).filter((period) => period.coversUntil > tomorrow)
}

/** At once; but not before the free days of a trial that the first paid period waits for. */
function changeFrom({ periods }: Standing, now: Date): Date {
  const tomorrow = limaDayBounds(now).to
  const first = Math.min(...living(periods, now).map(({ coversFrom }) => coversFrom.getTime()))
  return Number.isFinite(first) && first > tomorrow.getTime() ? new Date(first) : tomorrow
}

/** The first day on which the new plan costs something again; null when another period still lies ahead of today's. */
function affordableFrom(standing: Standing, choice: Choice, now: Date): Date | null {
  const end = standing.paidUntil ?? now
  const today = limaDayBounds(now).from
  for (let at = today.getTime() + day; at < end.getTime(); at += day) {
    if (creditOf(standing, choice.plan, new Date(at)) < choice.priceCentimos) return new Date(at)
  }
  return null
}

const lateEnd = (paidUntil: Date) => new Date(paidUntil.getTime() + lateDays * day)

/** Up to when days alone keep her selling, late ones among them; the sales of a trial are not counted on. */
export function worksUntil(standing: Standing): Date {
  const { paidUntil, trialDaysEnd, extendedUntil } = standing
  return latest(paidUntil ? lateEnd(paidUntil) : trialDaysEnd, extendedUntil) ?? new Date(0)
}

const on = (from: Date) => ({ from, anchorDay: anchorBefore(from) })
const latest = (one: Date | null, other: Date | null) =>
  one && other ? (one > other ? one : other) : (one ?? other)
