/** What a page says of the account around its own matter: the quiet chip, and the strip above. Pure. */

import { type AccountState, type TrialEnd, trialEnds } from '#src/billing/account.ts'
import { declaredText, type PaymentNews, refusedText } from '#src/billing/payments/news.ts'
import { trialChip } from '#src/billing/plan.ts'
import { formatShortDay } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'

/** `choose` and `pay` lead to the plans, `resume` to coming back after closing: the owner's alone. */
export type StripWay = 'choose' | 'pay' | 'review' | 'not-now' | 'write' | 'export' | 'resume'
/** `reference` is the payment that `review` leads to. */
export type AccountStrip = { tone: 'info' | 'amber'; text: string; ways: StripWay[]; reference?: string }

/** The smallest plan that is sold. */
export type FirstPlan = { name: string; priceMonthlyCentimos: number }

export function firstPlan(
  plans: readonly { name: string; priceMonthlyCentimos: number | null }[],
): FirstPlan | null {
  const sold = plans.flatMap(({ name, priceMonthlyCentimos }) =>
    priceMonthlyCentimos === null ? [] : [{ name, priceMonthlyCentimos }],
  )
  return sold.sort((one, other) => one.priceMonthlyCentimos - other.priceMonthlyCentimos)[0] ?? null
}

type Reader = {
  role: string
  /** null while none is sold. */
  plan: FirstPlan | null
  /** «Ahora no» was pressed today. */
  isHidden: boolean
  /** Of a trial that lives on its sales: the midnight that ends it all the same. */
  lastMidnight: Date | null
  /** Her last payment, while it is being looked for or was not found. */
  news: PaymentNews | null
}

/**
 * The quiet chip on every signed-in page; null where there is nothing to tell. Never a price. A trial that lives
 * on its sales ends at its last midnight all the same: on that day chip and strip say so.
 */
export function accountChip(state: AccountState, ends: TrialEnd | null = null): string | null {
  switch (state.kind) {
    case 'trial':
      return trialChip(
        ends?.by === 'days' && ends.daysLeft === 0 ? { kind: 'days', daysLeft: 0 } : state.left,
      )
    case 'trial-over':
      return trialChip({ kind: 'over' })
    case 'late':
      return `Puedes vender hasta el ${lastDayBefore(state.until)}`
    case 'locked':
      return 'Tu plan venció'
    case 'suspended':
      return 'Cuenta en pausa'
    case 'closed':
      return 'Cuenta cerrada'
    default:
      return null
  }
}

/** UX.md, section 9. Only for the owner and an encargado: a cashier is never told of plans. */
export function accountStrip(state: AccountState, reader: Reader, now: Date): AccountStrip | null {
  const isOwner = reader.role === 'dueno'
  if (!isOwner && reader.role !== 'encargado') return null
  const strip = newsStrip(state, reader.news) ?? stripOf(state, reader, now)
  if (!strip || isOwner) return strip
  const ways = strip.ways.filter((way) => way === 'not-now' || way === 'write')
  return { ...strip, ways }
}

/** Whoever has said that she paid is not asked to pay; what was not found is told until it is put right. */
function newsStrip(state: AccountState, news: PaymentNews | null): AccountStrip | null {
  if (!news || state.kind === 'suspended' || state.kind === 'closed') return null
  if (news.status === 'refused') {
    return { ...amber(refusedText(news), ['review', 'write']), reference: news.reference }
  }
  const works = state.kind === 'paid' || state.kind === 'provisional' || state.kind === 'trial'
  return works ? null : amber(declaredText(news), ['write'])
}

function stripOf(state: AccountState, reader: Reader, now: Date): AccountStrip | null {
  const end = trialEnds(state, reader.lastMidnight, now)
  if (end) return reader.isHidden || reader.news ? null : endingStrip(end, state, reader)
  switch (state.kind) {
    case 'late':
      return amber(`${expired(state.since)} Puedes vender hasta el ${lastDayBefore(state.until)}.`, ['pay'])
    case 'trial-over':
      return amber('Tu prueba ha terminado. Elige un plan para seguir vendiendo.', ['choose'])
    case 'locked':
      return amber('Tu plan venció. Elige un plan para seguir vendiendo.', ['choose'])
    case 'suspended':
      return amber('Tu cuenta está en pausa. Escríbenos para activarla.', ['write', 'export'])
    case 'closed':
      return amber(closedText(state), ['resume', 'export'])
    default:
      return null
  }
}

function endingStrip(end: TrialEnd, state: AccountState, { plan, lastMidnight }: Reader): AccountStrip {
  const price = plan && formatSoles(plan.priceMonthlyCentimos).replace(/\.00$/, '')
  const offer = plan ? ` Sigue con ${plan.name} desde ${price} al mes.` : ''
  const text = `${endText(end, state, lastMidnight)}.${offer}`
  return { tone: 'info', text, ways: ['choose', 'not-now'] }
}

/** «Te quedan 12 ventas de prueba, hasta el 7 ene», and on that day that it is the last. */
function endText(end: TrialEnd, state: AccountState, lastMidnight: Date | null): string {
  const bySales = state.kind === 'trial' && state.left.kind === 'sales' ? state.left : null
  if (end.by === 'days' && !(bySales && end.daysLeft > 0))
    return trialChip({ kind: 'days', daysLeft: end.daysLeft })
  const left = trialChip({ kind: 'sales', salesLeft: bySales?.salesLeft ?? salesOf(end) })
  return lastMidnight ? `${left}, hasta el ${lastDayBefore(lastMidnight)}` : left
}

const salesOf = (end: TrialEnd) => (end.by === 'sales' ? end.salesLeft : 0)

/** «Tu plan venció el 22 nov.»: its last day, not the midnight after it. */
export const expired = (paidUntil: Date) => `Tu plan venció el ${lastDayBefore(paidUntil)}.`

export const closedText = (closed: { since: Date; deleteAt: Date }) =>
  `Cerraste tu cuenta el ${formatShortDay(closed.since)}. Puedes volver hasta el ${formatShortDay(closed.deleteAt)}.`

/** `22 nov`, of the midnight with which the 23rd begins. */
export const lastDayBefore = (midnight: Date) => formatShortDay(new Date(midnight.getTime() - 1))

const amber = (text: string, ways: StripWay[]): AccountStrip => ({ tone: 'amber', text, ways })
