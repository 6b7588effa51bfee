import { and, asc, desc, eq, gte } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { operators, payments, queueMarks, tenants } from '#src/db/admin-schema.ts'
import { limaDayBounds } from '#src/lib/lima.ts'
import type { WaitingPayment } from './waiting.ts'

/** «Ya pagué», and nobody has looked yet. */
export async function declaredPayments(admin: Admin): Promise<WaitingPayment[]> {
  const rows = await admin
    .select({
      id: payments.id,
      tenantId: payments.tenantId,
      amountCentimos: payments.amountCentimos,
      method: payments.method,
      operationNumber: payments.operationNumber,
      declaredAt: payments.declaredAt,
      createdAt: payments.createdAt,
    })
    .from(payments)
    .where(eq(payments.status, 'declared'))
    .orderBy(asc(payments.declaredAt), asc(payments.id))
    .limit(500)
  return rows.map(({ createdAt, ...row }) => ({ ...row, declaredAt: row.declaredAt ?? createdAt }))
}

/** Every «Hecho» of living businesses: small rows, one for each time that somebody was written to. */
export const listMarks = (admin: Admin) =>
  admin
    .select({ tenantId: queueMarks.tenantId, queue: queueMarks.queue, about: queueMarks.about })
    .from(queueMarks)
    .innerJoin(tenants, and(eq(tenants.id, queueMarks.tenantId), eq(tenants.status, 'ACTIVO')))

/** What was done today, by whom: the newest first. */
export const marksOfToday = (admin: Admin, now: Date) =>
  admin
    .select({
      tenantId: queueMarks.tenantId,
      queue: queueMarks.queue,
      about: queueMarks.about,
      markedAt: queueMarks.markedAt,
      business: tenants.businessName,
      operator: operators.name,
    })
    .from(queueMarks)
    .innerJoin(tenants, eq(tenants.id, queueMarks.tenantId))
    .innerJoin(operators, eq(operators.id, queueMarks.operatorId))
    .where(gte(queueMarks.markedAt, limaDayBounds(now).from))
    .orderBy(desc(queueMarks.markedAt))
    .limit(100)
export type DoneRow = Awaited<ReturnType<typeof marksOfToday>>[number]

export async function isBusiness(admin: Admin, tenantId: number): Promise<boolean> {
  const [row] = await admin
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(eq(tenants.id, tenantId), eq(tenants.status, 'ACTIVO')))
  return row !== undefined
}
