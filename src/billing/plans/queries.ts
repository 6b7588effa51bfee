import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { plans } from '#src/db/admin-schema.ts'
import type { PaidPlanRow } from './plan-row.ts'

export type { PaidPlanRow } from './plan-row.ts'

/** What is sold today, the smallest first. */
export async function listPaidPlans(admin: Admin): Promise<PaidPlanRow[]> {
  const rows = await admin
    .select()
    .from(plans)
    .where(and(eq(plans.kind, 'paid'), isNull(plans.retiredAt)))
    .orderBy(asc(plans.position), asc(plans.code))
  return rows.filter(isPaid)
}

/** A paid plan by its code, retired or not; null for a trial's and for none. */
export async function findPlan(admin: Admin, code: string): Promise<PaidPlanRow | null> {
  const [row] = await admin.select().from(plans).where(eq(plans.code, code))
  return row && isPaid(row) ? row : null
}

export const isPaid = (row: Row): row is Row & PaidPlanRow =>
  row.kind === 'paid' && row.priceMonthlyCentimos !== null

type Row = typeof plans.$inferSelect
