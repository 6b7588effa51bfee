import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { note } from '#src/billing/payments/notes/actions.ts'
import { effectiveAt, type SettleProblem } from '#src/billing/payments/payment.ts'
import {
  byExternalId,
  type ConfirmedPeriod,
  type Decided,
  lockPayment,
  type PaymentRow,
} from '#src/billing/payments/queries.ts'
import { coverage, creditOf } from '#src/billing/price.ts'
import { followPayment } from '#src/billing/subscription/actions.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { payments, tenants } from '#src/db/admin-schema.ts'

/** `subscriptionId`: charged by itself under it; any other payment ends a renewal that it does not fit. */
export type Settlement = {
  externalId?: string | undefined
  subscriptionId?: string | undefined
  operatorId?: number | undefined
  /** Of an operator: how she knows. */
  reason?: string | undefined
}

/**
 * The money is there: the only place that sets a business's plan and the end of its paid days. Honours what was sold,
 * whenever it comes: after the lock, after a refusal, for a plan that is no longer sold. A second payment extends; a
 * second one of the other service under the same reference becomes a payment of its own.
 */
export async function settlePayment(
  tx: AdminTx,
  paymentId: number,
  by: Settlement,
  now: Date,
): Promise<Decided<SettleProblem>> {
  const found = await lockPayment(tx, paymentId)
  if (!found) return { ok: false, problem: 'not-found' }
  const known = by.externalId ? await byExternalId(tx, by.externalId) : null
  if (known && known.tenantId !== found.tenant.id) return { ok: false, problem: 'external-taken' }
  const told = known ?? found.payment
  const payment = isAnother(told, by) ? await copyOf(tx, told, now) : told
  if (payment.status === 'agreed') return { ok: false, problem: 'not-found' }
  if (payment.status === 'refunded' || payment.status === 'charged_back') {
    return { ok: false, problem: 'reversed' }
  }
  if (payment.status === 'confirmed') return { ok: true, payment, changed: false }
  return { ok: true, payment: await takeEffect(tx, payment, found, by, now), changed: true }
}

type Found = NonNullable<Awaited<ReturnType<typeof lockPayment>>>

async function takeEffect(
  tx: AdminTx,
  payment: PaymentRow,
  { standing, periods }: Found,
  { externalId, subscriptionId, operatorId, reason }: Settlement,
  now: Date,
): Promise<PaymentRow> {
  const at = afterAll(periods, effectiveAt(payment.declaredAt, now))
  // What is left by now, whatever was promised: that money may be used up, given back, or her plan already.
  const creditCentimos = creditOf(standing, payment.plan, at)
  const worth = payment.amountCentimos + creditCentimos
  const { from, until } = coverage(standing, payment, worth, at)
  const changes = {
    status: 'confirmed' as const,
    creditCentimos,
    coversFrom: from,
    coversUntil: until,
    decidedAt: now,
    updatedAt: now,
    operatorId: operatorId ?? null,
    reason: null,
    ...(externalId ? { externalId } : {}),
  }
  await tx.update(payments).set(changes).where(eq(payments.id, payment.id))
  await tx
    .update(tenants)
    .set({ plan: payment.plan, paidUntil: until, provisionalUntil: null })
    .where(eq(tenants.id, payment.tenantId))
  await followPayment(tx, payment, subscriptionId ?? null, now)
  await note(tx, 'payment.confirmed', payment, { operatorId, reason, until }, now)
  return { ...payment, ...changes }
}

/** Never before another period began to count: its days would be credited and used. */
const afterAll = (periods: readonly ConfirmedPeriod[], at: Date) =>
  periods.reduce((last, { decidedAt }) => (decidedAt > last ? decidedAt : last), at)

/** Paid twice under one reference: their number is another than the one that is written here. */
const isAnother = ({ externalId, status }: PaymentRow, by: Settlement) =>
  by.externalId !== undefined &&
  externalId !== null &&
  externalId !== by.externalId &&
  ['confirmed', 'refunded', 'charged_back'].includes(status)

async function copyOf(tx: AdminTx, payment: PaymentRow, now: Date): Promise<PaymentRow> {
  const { id: _, externalId: __, ...row } = payment
  const copy = {
    ...row,
    reference: randomUUID(),
    status: 'open' as const,
    coversFrom: null,
    coversUntil: null,
    decidedAt: null,
    invoiceNumber: null,
    checkoutUrl: null,
    createdAt: now,
    updatedAt: now,
  }
  const [{ insertId }] = await tx.insert(payments).values(copy)
  return { ...copy, id: insertId, externalId: null }
}
