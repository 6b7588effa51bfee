import { desc, eq } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { auditLog, operators, payments, subscriptions, users } from '#src/db/admin-schema.ts'

/** Who did what to it and why, the newest first. */
export const historyOf = (admin: Admin, tenantId: number) =>
  admin
    .select({
      id: auditLog.id,
      at: auditLog.at,
      act: auditLog.act,
      reason: auditLog.reason,
      detail: auditLog.detail,
      operator: operators.name,
      user: users.email,
    })
    .from(auditLog)
    .leftJoin(operators, eq(operators.id, auditLog.operatorId))
    .leftJoin(users, eq(users.id, auditLog.userId))
    .where(eq(auditLog.tenantId, tenantId))
    .orderBy(desc(auditLog.id))
    .limit(50)
export type HistoryRow = Awaited<ReturnType<typeof historyOf>>[number]

/** Its payments, the newest first. */
export const paymentsOf = (admin: Admin, tenantId: number) =>
  admin
    .select({
      id: payments.id,
      planName: payments.planName,
      period: payments.period,
      amountCentimos: payments.amountCentimos,
      method: payments.method,
      status: payments.status,
      createdAt: payments.createdAt,
    })
    .from(payments)
    .where(eq(payments.tenantId, tenantId))
    .orderBy(desc(payments.id))
    .limit(24)
export type PaymentLine = Awaited<ReturnType<typeof paymentsOf>>[number]

export async function subscriptionOf(admin: Admin, tenantId: number) {
  const [row] = await admin.select().from(subscriptions).where(eq(subscriptions.tenantId, tenantId))
  return row ?? null
}
