/** A payment, as its owner and the operator talk about it. */

import type { Limited } from '#src/billing/limits.ts'

export const methods = ['yape', 'plin', 'transfer', 'mercadopago'] as const
export type Method = (typeof methods)[number]
export type HandMethod = Exclude<Method, 'mercadopago'>
export type PaymentStatus =
  | 'open'
  | 'declared'
  | 'confirmed'
  | 'refused'
  | 'refunded'
  | 'charged_back'
  | 'expired'
  /** No payment: what the operator has set by word, so that no refund takes it away. */
  | 'agreed'

/** Whom the operator's own boleta or factura is made out to. */
export type Invoice = {
  document: 'boleta' | 'factura'
  documentNumber: string | null
  documentName: string | null
  documentAddress: string | null
}

/** What may be chosen here: where the operator takes money, by hand first. */
export function offeredMethods(config: {
  payByHand: { yape: string | null; plin: string | null; bankAccount: string | null } | null
  mercadoPago: object | null
}): Method[] {
  const { payByHand, mercadoPago } = config
  return [
    ...(payByHand?.yape ? (['yape'] as const) : []),
    ...(payByHand?.plin ? (['plin'] as const) : []),
    ...(payByHand?.bankAccount ? (['transfer'] as const) : []),
    ...(mercadoPago ? (['mercadopago'] as const) : []),
  ]
}

/** Above this a boleta names its buyer (PERU.md, section 3). */
export const identityCentimos = 70_000

const hour = 3_600_000
/** A payment by hand works at once, for so long, while the operator looks for it. */
export const provisionalHours = 48
/** What was begun and never declared is over after so long: the price may be another by then. */
export const openDays = 7

export const provisionalEnd = (declaredAt: Date) => new Date(declaredAt.getTime() + provisionalHours * hour)

/**
 * From when its days count: from the declaration, as the page said, if the operator keeps his 48 hours; later than
 * that from the confirmation, since meanwhile nothing could be sold.
 */
export function effectiveAt(declaredAt: Date | null, now: Date): Date {
  return declaredAt && declaredAt <= now && now < provisionalEnd(declaredAt) ? declaredAt : now
}

export type BeginRefusal =
  /** No such plan, none for that period, or no longer sold (and not her own). */
  | { ok: false; problem: 'not-sold' | 'suspended' | 'closed' }
  /** A boleta above S/ 700 without its buyer. */
  | { ok: false; problem: 'identity' }
  /** What there is does not fit. */
  | { ok: false; problem: 'too-small'; planName: string; over: Limited[] }
  /** What is left of her plan is worth more than the new one. */
  | { ok: false; problem: 'covered'; planName: string; creditCentimos: number; since: Date | null }
  /** One is being looked for already. */
  | { ok: false; problem: 'declared'; reference: string; declaredAt: Date }

export type DeclareProblem = 'decided' | 'not-by-hand' | 'declared' | 'number-used'
export type SettleProblem = 'not-found' | 'reversed' | 'external-taken'
export type RefuseProblem = 'not-found' | 'confirmed' | 'reversed'
export type ReverseProblem = 'not-found'

/** What a person types of it: `Op. 0012-3456` becomes `00123456`; letters stay, banks use them. */
export const tidyOperationNumber = (typed: string) => typed.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
