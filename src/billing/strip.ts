/** What a page says of the account around its own matter: the quiet chip, and the strip above. Pure. */

import { type AccountState, isInLastDays } from '#src/billing/account.ts'
import { trialChip } from '#src/billing/plan.ts'
import { formatShortDay } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'

/** `choose` and `pay` lead to the plans, `resume` to coming back after closing: the owner's alone. */
export type StripWay = 'choose' | 'pay' | 'not-now' | 'write' | 'export' | 'resume'
export type AccountStrip = { tone: 'info' | 'amber'; text: string; ways: StripWay[] }

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
}

/** The quiet chip on every signed-in page; null where there is nothing to tell. Never a price. */
export function accountChip(state: AccountState): string | null {
  switch (state.kind) {
    case 'trial':
      return trialChip(state.left)
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

/** The last days, and the sales after them: the end may come with any Saturday. The strip names a price. */
export const isEnding = (state: AccountState): boolean =>
  isInLastDays(state) || (state.kind === 'trial' && state.left.kind === 'sales')

/** UX.md, section 9. Only for the owner and an encargado: a cashier is never told of plans. */
export function accountStrip(state: AccountState, reader: Reader): AccountStrip | null {
  const isOwner = reader.role === 'dueno'
  if (!isOwner && reader.role !== 'encargado') return null
  const strip = stripOf(state, reader)
  if (!strip || isOwner) return strip
  const ways = strip.ways.filter((way) => way === 'not-now' || way === 'write')
  return { ...strip, ways }
}

function stripOf(state: AccountState, reader: Reader): AccountStrip | null {
  if (isEnding(state)) return reader.isHidden ? null : endingStrip(state, reader)
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

function endingStrip(state: AccountState, { plan, lastMidnight }: Reader): AccountStrip {
  const until =
    state.kind === 'trial' && state.left.kind === 'sales' && lastMidnight
      ? `, hasta el ${lastDayBefore(lastMidnight)}`
      : ''
  const price = plan && formatSoles(plan.priceMonthlyCentimos).replace(/\.00$/, '')
  const offer = plan ? ` Sigue con ${plan.name} desde ${price} al mes.` : ''
  return { tone: 'info', text: `${accountChip(state)}${until}.${offer}`, ways: ['choose', 'not-now'] }
}

/** «Tu plan venció el 22 nov.»: its last day, not the midnight after it. */
export const expired = (paidUntil: Date) => `Tu plan venció el ${lastDayBefore(paidUntil)}.`

export const closedText = (closed: { since: Date; deleteAt: Date }) =>
  `Cerraste tu cuenta el ${formatShortDay(closed.since)}. Puedes volver hasta el ${formatShortDay(closed.deleteAt)}.`

/** `22 nov`, of the midnight with which the 23rd begins. */
export const lastDayBefore = (midnight: Date) => formatShortDay(new Date(midnight.getTime() - 1))

const amber = (text: string, ways: StripWay[]): AccountStrip => ({ tone: 'amber', text, ways })
