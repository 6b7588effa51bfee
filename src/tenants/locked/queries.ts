import { and, eq } from 'drizzle-orm'
import type { AdminTx } from '#src/db/admin.ts'
import { plans, tenantStats, tenants } from '#src/db/admin-schema.ts'
import { toTenant } from '../queries.ts'

/** The living business with its row locked, and what was counted of its sales. */
export async function lockTenant(tx: AdminTx, id: number) {
  const isHere = and(eq(tenants.id, id), eq(tenants.status, 'ACTIVO'))
  const [tenant] = await tx.select().from(tenants).where(isHere).for('update')
  const [plan] = tenant?.plan ? await tx.select().from(plans).where(eq(plans.code, tenant.plan)) : []
  if (!tenant || !plan) return null
  const [stats] = await tx.select().from(tenantStats).where(eq(tenantStats.tenantId, id))
  const sales = { made: stats?.salesMade ?? 0, usedUpAt: stats?.trialSalesUsedUpAt ?? null }
  return { tenant: toTenant({ tenant, plan }), sales }
}
