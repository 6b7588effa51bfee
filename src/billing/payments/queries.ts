import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm'
import { trialDaysEnd } from '#src/billing/plan.ts'
import type { PaidPeriod, Standing } from '#src/billing/price.ts'
import type { Numbered } from '#src/billing/reversal.ts'
import type { Admin, AdminTx } from '#src/db/admin.ts'
import { memberships, payments, plans, subscriptions, tenants, users } from '#src/db/admin-schema.ts'
import { type Tenant, toTenant } from '#src/tenants/queries.ts'

export type PaymentRow = typeof payments.$inferSelect
/** `changed` false: it had been decided so before, and nobody is told twice. */
export type Decided<Problem> =
  | { ok: true; payment: PaymentRow; changed: boolean }
  | { ok: false; problem: Problem }

/** Paid, or agreed by the operator. */
export type ConfirmedPeriod = Numbered & { decidedAt: Date }

/** One of this business's; another's is as little there as none. */
export async function findPayment(
  admin: Admin,
  tenantId: number,
  reference: string,
): Promise<PaymentRow | null> {
  const [row] = await admin
    .select()
    .from(payments)
    .where(and(eq(payments.tenantId, tenantId), eq(payments.reference, reference)))
  return row ?? null
}

export async function paymentById(admin: Admin, id: number): Promise<PaymentRow | null> {
  const [row] = await admin.select().from(payments).where(eq(payments.id, id))
  return row ?? null
}

/** The history, newest first: what was begun and left is none of it. */
export const listPayments = (admin: Admin, tenantId: number, most = 60): Promise<PaymentRow[]> =>
  admin
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.tenantId, tenantId),
        inArray(payments.status, ['declared', 'confirmed', 'refused', 'refunded', 'charged_back']),
      ),
    )
    .orderBy(desc(payments.id))
    .limit(most)

/** Of what was declared or decided; its news are told wherever paying would be asked. */
export const lastPayment = async (admin: Admin, tenantId: number): Promise<PaymentRow | undefined> =>
  (await listPayments(admin, tenantId, 1))[0]

/** The one that the operator is looking for. */
export async function declaredPayment(admin: Admin, tenantId: number, notId = 0): Promise<PaymentRow | null> {
  const [row] = await admin
    .select()
    .from(payments)
    .where(and(eq(payments.tenantId, tenantId), eq(payments.status, 'declared'), ne(payments.id, notId)))
    .orderBy(desc(payments.id))
    .limit(1)
  return row ?? null
}

export async function subscriptionOf(admin: Admin, tenantId: number) {
  const [row] = await admin.select().from(subscriptions).where(eq(subscriptions.tenantId, tenantId))
  return row ?? null
}

/** Where a business stands when it pays, from rows that the request has already: one query. */
export async function standingOf(admin: Admin, tenant: Tenant): Promise<Standing> {
  return toStanding(tenant, await confirmedPeriods(admin, tenant.id))
}

/** The same under the lock that every change of plan and period takes first. null: no living business. */
export async function lockStanding(tx: AdminTx, tenantId: number) {
  const [row] = await tx.select().from(tenants).where(eq(tenants.id, tenantId)).for('update')
  if (row?.status !== 'ACTIVO' || row.plan === null) return null
  const [plan] = await tx.select().from(plans).where(eq(plans.code, row.plan))
  if (!plan) return null
  const tenant = toTenant({ tenant: row, plan })
  const periods = await confirmedPeriods(tx, tenantId)
  return { tenant, periods, standing: toStanding(tenant, periods) }
}

function toStanding(tenant: Tenant, periods: readonly PaidPeriod[]): Standing {
  const { paidUntil, extendedUntil, plan } = tenant
  const isOnTrial = plan.kind === 'trial' && !paidUntil
  return {
    plan: plan.code,
    paidUntil,
    extendedUntil,
    trialDaysEnd: isOnTrial ? trialDaysEnd(tenant.trial, tenant.trialStartedAt) : null,
    periods,
  }
}

/** In the order in which they took effect. */
async function confirmedPeriods(admin: Admin, tenantId: number): Promise<ConfirmedPeriod[]> {
  const rows = await admin
    .select()
    .from(payments)
    .where(and(eq(payments.tenantId, tenantId), inArray(payments.status, ['confirmed', 'agreed'])))
    .orderBy(asc(payments.decidedAt), asc(payments.id))
  return rows.flatMap(toPeriod)
}

function toPeriod(row: PaymentRow): ConfirmedPeriod[] {
  const { id, plan, period, priceCentimos, creditCentimos, coversFrom, coversUntil, decidedAt } = row
  if (!coversFrom || !coversUntil || !decidedAt) return []
  const isAgreed = row.status === 'agreed'
  // Nobody paid for what was agreed: its price says what its days are worth.
  const amountCentimos = isAgreed ? priceCentimos - creditCentimos : row.amountCentimos
  const money = { priceCentimos, creditCentimos, amountCentimos }
  return [{ id, plan, period, ...money, coversFrom, coversUntil, decidedAt, isAgreed }]
}

/** Whom mails about money go to: the owner, who is staff 1. */
export async function ownerEmail(admin: Admin, tenantId: number): Promise<string | null> {
  const [row] = await admin
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.staffId, 1)))
    .orderBy(asc(users.id))
    .limit(1)
  return row?.email ?? null
}

/** The business before its payment, always: two decisions about one business wait for each other. */
export async function lockPayment(tx: AdminTx, paymentId: number) {
  const before = await paymentById(tx, paymentId)
  const locked = before && (await lockStanding(tx, before.tenantId))
  const payment = locked && (await paymentById(tx, paymentId))
  return payment ? { ...locked, payment } : null
}

export async function byExternalId(tx: AdminTx, externalId: string): Promise<PaymentRow | null> {
  const [row] = await tx.select().from(payments).where(eq(payments.externalId, externalId))
  return row ?? null
}
