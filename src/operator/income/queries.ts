import { and, eq, gte, isNull } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { payments, tenantStats, tenants } from '#src/db/admin-schema.ts'
import { monthlyTwelfths, type PaidPeriod, paysFrom } from '#src/operator/income/income.ts'
import type { OnTrial } from '#src/operator/income/trials.ts'
import { listTenants } from '#src/tenants/queries.ts'

/** What was paid for any time since `from`. A business that is closed or suspended pays no longer. */
export async function listPaidPeriods(admin: AdminDb, from: Date): Promise<PaidPeriod[]> {
  const rows = await admin
    .select({ payment: payments, closedAt: tenants.closedAt, suspendedAt: tenants.suspendedAt })
    .from(payments)
    .innerJoin(tenants, eq(tenants.id, payments.tenantId))
    .where(and(eq(payments.status, 'confirmed'), gte(payments.coversUntil, from)))
  return rows.flatMap(({ payment, closedAt, suspendedAt }) => {
    const { id, tenantId, coversFrom, coversUntil, decidedAt, period, priceCentimos } = payment
    if (!coversFrom || !coversUntil) return []
    const until = [coversUntil, closedAt, suspendedAt].reduce<Date>(
      (first, at) => (at && at < first ? at : first),
      coversUntil,
    )
    return [
      {
        tenantId,
        paymentId: id,
        monthlyTwelfths: monthlyTwelfths(period, priceCentimos),
        from: paysFrom(coversFrom, decidedAt),
        until,
      },
    ]
  })
}

/** Those who have never paid, with the sales that their trial counts. */
export async function listOnTrial(admin: AdminDb): Promise<OnTrial[]> {
  const [businesses, stats] = await Promise.all([
    listTenants(admin),
    admin
      .select({
        tenantId: tenantStats.tenantId,
        made: tenantStats.salesMade,
        usedUpAt: tenantStats.trialSalesUsedUpAt,
      })
      .from(tenantStats)
      .innerJoin(tenants, eq(tenants.id, tenantStats.tenantId))
      .where(isNull(tenants.paidUntil)),
  ])
  const sales = new Map(stats.map(({ tenantId, ...row }) => [tenantId, row]))
  return businesses
    .filter(({ paidUntil }) => paidUntil === null)
    .map((business) => ({ ...business, sales: sales.get(business.id) ?? { made: 0, usedUpAt: null } }))
}
