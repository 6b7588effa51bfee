import { type Lock, type LockedState, type LockKind, serviceEnd } from '#src/billing/account.ts'
import type { ExtensionProblem } from '#src/billing/lock/lock.ts'
import { closedText, expired } from '#src/billing/strip.ts'
import { formatHour, formatShortDay, limaDaysBetween } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'

/** What the business has made so far. */
export type Built = { products: number; sales: number; soldCentimos: number }

/** The page's one title, for who can do something about it. `paidUntil` of a plan that has expired. */
export function lockTitle(state: LockedState, paidUntil: Date | null): string {
  switch (state.kind) {
    case 'trial-over':
      return 'Tu prueba ha terminado. ¡Elige un plan para continuar donde lo dejaste!'
    case 'locked':
      return `${paidUntil ? expired(paidUntil) : 'Tu plan venció.'} ¡Elige un plan para continuar donde lo dejaste!`
    case 'suspended':
      return 'Tu cuenta está en pausa. Escríbenos para activarla.'
    case 'closed':
      return closedText(state)
  }
}

/** «Ya tienes 64 productos y 412 ventas por S/ 9,870.50.»; a business with nothing yet is not told of zeros. */
export function builtText({ products, sales, soldCentimos }: Built): string {
  const parts = [
    products > 0 ? count(products, 'producto', 'productos') : '',
    sales > 0 ? `${count(sales, 'venta', 'ventas')} por ${formatSoles(soldCentimos)}` : '',
  ].filter(Boolean)
  const has = parts.length > 0 ? `Ya tienes ${parts.join(' y ')}. ` : ''
  return `${has}Todo está guardado: puedes verlo y descargarlo cuando quieras.`
}

export const cashierTitle = 'Hoy no se puede abrir la caja.'

/** A cashier hears whom to tell, never of plans and prices. */
export function cashierText(kind: LockKind, owner: string): string {
  const why: Record<LockKind, string> = {
    'trial-over': 'para que elija un plan',
    locked: 'para que elija un plan',
    suspended: 'para que nos escriba',
    closed: 'para que vuelva a abrir la cuenta',
  }
  return `Avísale ${owner ? `a ${owner}` : 'al dueño'} ${why[kind]}; tu pedido está guardado.`
}

/** What the cashier sends, with the address where it is put right. */
export function cashierMessage(kind: LockKind, owner: string, address: string): string {
  const greeting = owner ? `Hola ${owner}` : 'Hola'
  const why: Record<LockKind, string> = {
    'trial-over': 'la prueba de SmartKet terminó',
    locked: 'el plan de SmartKet venció',
    suspended: 'la cuenta de SmartKet está en pausa',
    closed: 'la cuenta de SmartKet está cerrada',
  }
  return `${greeting}, no puedo abrir la caja: ${why[kind]}. Entra aquí para seguir: ${address}`
}

const problems: Record<ExtensionProblem, string> = {
  taken: 'Ya usaste tus 3 días más. Elige un plan para seguir.',
  'not-for-this': 'Esta cuenta no espera un pago. Escríbenos y lo vemos contigo.',
}
export const extensionText = (problem: ExtensionProblem) => problems[problem]

const saleTexts: Record<LockKind, string> = {
  'trial-over': 'La prueba terminó: hoy esta caja ya no puede cobrar. Tu pedido está guardado.',
  locked: 'El plan venció: hoy esta caja ya no puede cobrar. Tu pedido está guardado.',
  suspended: 'La cuenta está en pausa: hoy esta caja no puede cobrar. Tu pedido está guardado.',
  closed: 'La cuenta está cerrada: esta caja no puede cobrar. Tu pedido está guardado.',
}
/** A charge that came to a locked door. */
export const lockedSaleText = (kind: LockKind | undefined) => saleTexts[kind ?? 'trial-over']

/** On the till while a service that was open before finishes. */
export function serviceText({ since }: Lock, now: Date): string {
  const end = serviceEnd(since)
  const hour = formatHour(end)
  const days = limaDaysBetween(now, end)
  if (days === 0) return `Vende hasta hoy, ${hour}`
  return days === 1 ? `Vende hasta mañana, ${hour}` : `Vende hasta el ${formatShortDay(end)}, ${hour}`
}
