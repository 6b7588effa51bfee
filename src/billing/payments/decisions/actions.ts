import { eq } from 'drizzle-orm'
import { renewalAfterReversal } from '#src/billing/mercadopago/renewals/stopping/actions.ts'
import { note } from '#src/billing/payments/notes/actions.ts'
import type { RefuseProblem, ReverseProblem } from '#src/billing/payments/payment.ts'
import {
  byExternalId,
  type Decided,
  declaredPayment,
  lockPayment,
  type PaymentRow,
} from '#src/billing/payments/queries.ts'
import { worksUntil } from '#src/billing/price.ts'
import { withoutPeriod } from '#src/billing/reversal.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { payments, tenants } from '#src/db/admin-schema.ts'
import { rubroOf } from '#src/tenants/rubro.ts'

/** The operator did not find it: its 48 hours are over, and what is open may finish its service. */
export async function refusePayment(
  tx: AdminTx,
  paymentId: number,
  { operatorId, reason }: { operatorId: number; reason: string },
  now: Date,
): Promise<Decided<RefuseProblem>> {
  const found = await lockPayment(tx, paymentId)
  if (!found) return { ok: false, problem: 'not-found' }
  const { payment, tenant } = found
  if (payment.status === 'agreed') return { ok: false, problem: 'not-found' }
  if (payment.status === 'refused') return { ok: true, payment, changed: false }
  if (payment.status === 'confirmed') return { ok: false, problem: 'confirmed' }
  if (payment.status === 'refunded' || payment.status === 'charged_back') {
    return { ok: false, problem: 'reversed' }
  }
  const changes = { status: 'refused' as const, operatorId, reason, decidedAt: now, updatedAt: now }
  await tx.update(payments).set(changes).where(eq(payments.id, payment.id))
  const { provisionalUntil } = tenant
  if (provisionalUntil && provisionalUntil > now && !(await declaredPayment(tx, tenant.id, payment.id))) {
    await tx.update(tenants).set({ provisionalUntil: now }).where(eq(tenants.id, tenant.id))
  }
  await note(tx, 'payment.refused', payment, { operatorId, reason }, now)
  return { ok: true, payment: { ...payment, ...changes }, changed: true }
}

export type Reversal = {
  externalId?: string | undefined
  operatorId?: number | undefined
  reason?: string | undefined
}

/** The money went back: so do its days. Whoever is locked by that finishes the service that is open (24 hours). */
export async function reversePayment(
  tx: AdminTx,
  paymentId: number,
  kind: 'refunded' | 'charged_back',
  { externalId, operatorId, reason }: Reversal,
  now: Date,
): Promise<Decided<ReverseProblem>> {
  const found = await lockPayment(tx, paymentId)
  const known = found && externalId ? await byExternalId(tx, externalId) : null
  const payment = known?.tenantId === found?.tenant.id ? (known ?? found?.payment) : found?.payment
  if (!found || !payment) return { ok: false, problem: 'not-found' }
  if (payment.status === 'agreed') return { ok: false, problem: 'not-found' }
  if (payment.status === kind) return { ok: true, payment, changed: false }
  const wasConfirmed = payment.status === 'confirmed'
  const changes = {
    ...{ status: kind, decidedAt: now, updatedAt: now },
    ...(externalId ? { externalId } : {}),
    ...(operatorId ? { operatorId } : {}),
    ...(reason ? { reason } : {}),
  }
  await tx.update(payments).set(changes).where(eq(payments.id, payment.id))
  if (wasConfirmed) {
    await takeBack(tx, payment, found, now)
    await renewalAfterReversal(tx, payment.tenantId, kind, now)
  }
  await note(tx, `payment.${kind}`, payment, { operatorId, reason }, now)
  return { ok: true, payment: { ...payment, ...changes }, changed: true }
}

async function takeBack(tx: AdminTx, { id }: PaymentRow, { tenant, periods, standing }: Found, now: Date) {
  const { plan, paidUntil, moved } = withoutPeriod(periods, id, now)
  for (const { id, ...days } of moved) {
    const agreed = periods.find((row) => row.id === id && row.isAgreed)
    const price = agreed && { priceCentimos: agreed.amountCentimos + days.creditCentimos }
    await tx
      .update(payments)
      .set({ ...days, ...price })
      .where(eq(payments.id, id))
  }
  const { provisionalUntil, extendedUntil } = tenant
  const isTrusted = provisionalUntil !== null && provisionalUntil > now
  const trialDays = plan === null ? standing.trialDaysEnd : null
  const works = worksUntil({ ...standing, paidUntil, extendedUntil, trialDaysEnd: trialDays }) > now
  await tx
    .update(tenants)
    .set({
      plan: plan ?? rubroOf(tenant.rubro).trialPlan,
      paidUntil,
      // The lock begins now, not in the past: an open service keeps its 24 hours. Who works keeps her 48 hours.
      ...(isTrusted || works ? {} : { provisionalUntil: now }),
    })
    .where(eq(tenants.id, tenant.id))
}

type Found = NonNullable<Awaited<ReturnType<typeof lockPayment>>>
