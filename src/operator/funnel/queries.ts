import { and, eq, gte, inArray, min, sql } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { dailyCounts, payments, tenantStats, tenants } from '#src/db/admin-schema.ts'
import { limaDate } from '#src/lib/lima.ts'
import type { SignUp } from '#src/operator/funnel/funnel.ts'

export async function listVisits(admin: AdminDb, from: Date): Promise<{ day: string; count: number }[]> {
  return admin
    .select({ day: dailyCounts.day, count: dailyCounts.count })
    .from(dailyCounts)
    .where(
      and(eq(dailyCounts.name, 'visit'), eq(dailyCounts.tenantId, 0), gte(dailyCounts.day, limaDate(from))),
    )
}

/** Everybody who signed up since then, those who have left again included. */
export async function listSignUps(admin: AdminDb, from: Date): Promise<SignUp[]> {
  const paid = admin
    .select({ tenantId: payments.tenantId, firstAt: min(payments.decidedAt).as('first_at') })
    .from(payments)
    .where(eq(payments.status, 'confirmed'))
    .groupBy(payments.tenantId)
    .as('paid')
  const rows = await admin
    .select({
      signedUpAt: tenants.trialStartedAt,
      setupStep: sql<number>`coalesce(${tenantStats.setupStep}, 0)`.mapWith(Number),
      firstSaleAt: tenantStats.firstSaleAt,
      paidBy: paid.tenantId,
    })
    .from(tenants)
    .leftJoin(tenantStats, eq(tenantStats.tenantId, tenants.id))
    .leftJoin(paid, eq(paid.tenantId, tenants.id))
    .where(and(inArray(tenants.status, ['ACTIVO', 'BORRADO']), gte(tenants.trialStartedAt, from)))
  return rows.flatMap(({ signedUpAt, setupStep, firstSaleAt, paidBy }) =>
    signedUpAt ? [{ signedUpAt, setupStep, hasSold: firstSaleAt !== null, hasPaid: paidBy !== null }] : [],
  )
}
