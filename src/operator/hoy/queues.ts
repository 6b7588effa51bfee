/** «Hoy»: whom somebody should write to, and about what. Pure: our own rows and the clock come in. */

import { lastDays, lockedSince, trialEnds } from '#src/billing/account.ts'
import { limaDate, limaDaysBetween } from '#src/lib/lima.ts'
import { steps } from '#src/onboarding/onboarding.ts'
import type { Business } from '../businesses/business.ts'

export const queues = ['configuracion', 'primera-venta', 'fin-de-prueba', 'pagos', 'vencidos'] as const
export type Queue = (typeof queues)[number]

/** `about` is the reason: once it is another one, «Hecho» no longer hides it. */
export type Place = { queue: Exclude<Queue, 'pagos'>; about: string }

const hour = 3_600_000
const setupHours = 24
const firstSaleHours = 48
/** What ended longer ago is found in «Negocios»: a queue of everyone who ever left is nobody's work. */
const expiredDays = 30

/** The queues that a business stands in now. A payment to confirm is a row of its own. */
export function placesOf(business: Business, now: Date): Place[] {
  const { account } = business
  if (!account) return []
  const found: Place[] = []
  if (lockedSince(account) === null) found.push(...beginnings(business, now))
  const end = trialEnding(business, now)
  if (end) found.push({ queue: 'fin-de-prueba', about: end })
  const since = endedSince(business)
  if (since && limaDaysBetween(since, now) <= expiredDays)
    found.push({ queue: 'vencidos', about: `${account.kind} ${limaDate(since)}` })
  return found
}

/** Stuck in the wizard for over a day; or past it, and after two days without a sale. */
function beginnings({ stats, signedUpAt }: Business, now: Date): Place[] {
  if (stats.refreshedAt === null || stats.salesMade > 0 || stats.firstSaleAt) return []
  const age = now.getTime() - signedUpAt.getTime()
  if (stats.setupStep < steps.length) {
    return age > setupHours * hour ? [{ queue: 'configuracion', about: `paso ${stats.setupStep + 1}` }] : []
  }
  return age >= firstSaleHours * hour ? [{ queue: 'primera-venta', about: 'sin venta' }] : []
}

/** The day on which a trial ends that ends within three days: by the calendar, or at the pace of its last week. */
function trialEnding(business: Business, now: Date): string | null {
  const day = trialLastDay(business, now)
  if (day) return limaDate(day)
  const { account, trialEnd, stats } = business
  if (!trialEnd || trialEnd.salesLeft === null) return null
  if (account && trialEnds(account, trialEnd.lastMidnight, now)?.by === 'sales') return 'últimas ventas'
  return trialEnd.salesLeft * 7 <= lastDays * stats.sales7Days ? 'últimas ventas' : null
}

/** An instant of the last day of a trial, where the calendar ends it within three days: not days that sales outlast. */
export function trialLastDay({ account, trialEnd }: Business, now: Date): Date | null {
  const end = account && trialEnds(account, trialEnd?.lastMidnight ?? null, now)
  return end?.by === 'days' ? new Date(now.getTime() + end.daysLeft * 24 * hour) : null
}

/** Since when it is late or locked for want of a payment. */
function endedSince({ account }: Business): Date | null {
  switch (account?.kind) {
    case 'late':
    case 'locked':
    case 'trial-over':
      return account.since
    default:
      return null
  }
}
