import { count, eq } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { plans, tenants } from '#src/db/admin-schema.ts'

export async function findPlanRow(admin: Admin, code: string) {
  const [row] = await admin.select().from(plans).where(eq(plans.code, code))
  return row ?? null
}

/** How many living businesses have each plan. */
export async function countByPlan(admin: Admin): Promise<Map<string, number>> {
  const rows = await admin
    .select({ plan: tenants.plan, n: count() })
    .from(tenants)
    .where(eq(tenants.status, 'ACTIVO'))
    .groupBy(tenants.plan)
  return new Map(rows.map(({ plan, n }) => [plan ?? '', n]))
}
