/** The rows of «Hoy»: who stands in which queue, and what is to be said to them. Pure. */

import type { Method } from '#src/billing/payments/payment.ts'
import { formatShortDay, limaDaysBetween } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'
import { type Business, daysLeft } from '../businesses/business.ts'
import { methodNames } from '../payments-queue/texts.ts'
import { messageFor } from './messages.ts'
import { placesOf, type Queue, queues, trialLastDay } from './queues.ts'

export type WaitingPayment = {
  id: number
  tenantId: number
  amountCentimos: number
  method: Method
  operationNumber: string | null
  declaredAt: Date
}

export type Waiting = {
  queue: Queue
  about: string
  business: Business
  /** Only of the queue of payments. */
  payment: WaitingPayment | null
  detail: string
  /** A payment that waits with a closed till. */
  isLocked: boolean
  /** null: she never agreed to be written to. */
  message: string | null
}

export type Mark = { tenantId: number; queue: string; about: string }
export type Queues = Record<Queue, Waiting[]>

export const markKey = ({ tenantId, queue, about }: Mark) => `${tenantId} ${queue} ${about}`

type Facts = {
  businesses: readonly Business[]
  payments: readonly WaitingPayment[]
  marks: readonly Mark[]
  operatorName: string
}

export function waitingIn({ businesses, payments, marks, operatorName }: Facts, now: Date): Queues {
  const marked = new Set(marks.map(markKey))
  const found = Object.fromEntries(queues.map((queue) => [queue, []])) as unknown as Queues
  const add = (
    business: Business,
    place: { queue: Queue; about: string },
    payment: WaitingPayment | null,
  ) => {
    if (marked.has(markKey({ tenantId: business.id, ...place }))) return
    const text = messageFor(place.queue, business, { operatorName }, now, payment ?? undefined)
    found[place.queue].push({
      ...place,
      business,
      payment,
      detail: payment ? paymentDetail(payment, now) : detailOf(place.queue, business, now),
      isLocked: payment !== null && waitsLocked(business),
      message: business.stats.whatsapp ? text : null,
    })
  }
  for (const business of businesses) for (const place of placesOf(business, now)) add(business, place, null)
  const byId = new Map(businesses.map((business) => [business.id, business]))
  for (const payment of payments) {
    const business = byId.get(payment.tenantId)
    if (business) add(business, { queue: 'pagos', about: `pago ${payment.id}` }, payment)
  }
  return sorted(found, now)
}

/** Her 48 hours are used up, or were refused before: until somebody looks she sells nothing. */
const waitsLocked = ({ account }: Business) => account?.kind === 'trial-over' || account?.kind === 'locked'

/** Whoever can still be helped comes first: the newest sign-up, the nearest end, the payment that waits longest. */
function sorted(found: Queues, now: Date): Queues {
  const newest = (a: Waiting, b: Waiting) => b.business.signedUpAt.getTime() - a.business.signedUpAt.getTime()
  const left = ({ business }: Waiting) => daysLeft(business.account, now).days
  found.configuracion.sort(newest)
  found['primera-venta'].sort(newest)
  found['fin-de-prueba'].sort((a, b) => left(a) - left(b))
  const declared = ({ payment }: Waiting) => payment?.declaredAt.getTime() ?? 0
  found.pagos.sort((a, b) => Number(b.isLocked) - Number(a.isLocked) || declared(a) - declared(b))
  found.vencidos.sort((a, b) => left(b) - left(a))
  return found
}

function detailOf(queue: Queue, business: Business, now: Date): string {
  const { stats, signedUpAt, account } = business
  const signedUp = `se registró ${ago(signedUpAt, now)}`
  const sold = `${count(stats.salesMade, 'venta', 'ventas')} por ${formatSoles(stats.salesCentimos)}`
  switch (queue) {
    case 'configuracion':
      return `Paso ${stats.setupStep + 1} de 4 · ${signedUp}`
    case 'primera-venta':
      return `${count(stats.products, 'producto', 'productos')} · ${signedUp}`
    case 'fin-de-prueba':
      return `${trialEnd(business, now)} · ${sold}`
    default: {
      const since = account && 'since' in account ? account.since : now
      const what = account?.kind === 'trial-over' ? 'Terminó su prueba' : 'Venció su plan'
      const until = account?.kind === 'late' ? ` · vende hasta el ${shortDayBefore(account.until)}` : ''
      return `${what} ${ago(since, now)}${until} · ${sold}`
    }
  }
}

function trialEnd(business: Business, now: Date): string {
  const day = trialLastDay(business, now)
  if (!day) return `Le quedan ${count(business.trialEnd?.salesLeft ?? 0, 'venta', 'ventas')}`
  return limaDaysBetween(now, day) === 0 ? 'Termina hoy' : `Termina el ${formatShortDay(day)}`
}

function paymentDetail({ amountCentimos, method, operationNumber, declaredAt }: WaitingPayment, now: Date) {
  const number = operationNumber ? ` · operación ${operationNumber}` : ''
  const hours = Math.floor((now.getTime() - declaredAt.getTime()) / 3_600_000)
  const waited = hours < 1 ? 'hace menos de una hora' : `hace ${count(hours, 'hora', 'horas')}`
  return `${formatSoles(amountCentimos)} por ${methodNames[method]}${number} · ${waited}`
}

const shortDayBefore = (midnight: Date) => formatShortDay(new Date(midnight.getTime() - 1))

function ago(at: Date, now: Date): string {
  const days = limaDaysBetween(at, now)
  if (days <= 0) return 'hoy'
  return days === 1 ? 'ayer' : `hace ${count(days, 'día', 'días')}`
}
