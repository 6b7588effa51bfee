import { and, eq, isNull, ne } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { plans } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Plan } from '#src/tenants/queries.ts'
import { type PlanValues, stamp, valuesOf } from './plan.ts'
import type { PlanTableProblem } from './texts.ts'

export type PlanChange = {
  code: string
  values: PlanValues
  /** The stamp of the row that was shown. */
  before: string
  operatorId: number
  reason: string
  address: string
  /** Tells what would be refused, and writes nothing. */
  isRehearsal?: boolean
}

/**
 * What is sold from now on, and how large it may be for everyone who has it. What was paid keeps its own price
 * and days: payments are copies.
 */
export function editPlan(
  admin: AdminDb,
  change: PlanChange,
  now: Date,
): Promise<{ ok: true; isRepeat: boolean } | { ok: false; problem: PlanTableProblem }> {
  return inTransaction(admin, async (tx) => {
    const [plan] = await tx.select().from(plans).where(eq(plans.code, change.code)).for('update')
    if (!plan || plan.kind !== change.values.kind) return { ok: false, problem: 'gone' as const }
    const current = valuesOf(plan)
    if (stamp(current) === stamp(change.values)) return { ok: true, isRepeat: true }
    if (stamp(current) !== change.before) return { ok: false, problem: 'changed' as const }
    if (await isLastSold(tx, plan, change.values)) return { ok: false, problem: 'last-one' as const }
    if (change.isRehearsal) return { ok: true, isRepeat: false }
    await tx
      .update(plans)
      .set(columnsOf(plan, change.values, now))
      .where(eq(plans.code, plan.code))
    const detail = { plan: plan.code, before: current, after: change.values }
    const { operatorId, reason, address } = change
    await audit(tx, { operatorId, reason, address, act: 'plan.edited', detail }, now)
    return { ok: true, isRepeat: false }
  })
}

function columnsOf(plan: Plan, { kind: _, ...values }: PlanValues, now: Date): Partial<Plan> {
  if (!('isSold' in values)) return values
  const { isSold, ...columns } = values
  return { ...columns, retiredAt: isSold ? null : (plan.retiredAt ?? now) }
}

async function isLastSold(tx: AdminTx, plan: Plan, values: PlanValues): Promise<boolean> {
  if (values.kind !== 'paid' || values.isSold) return false
  const others = and(eq(plans.kind, 'paid'), isNull(plans.retiredAt), ne(plans.code, plan.code))
  const rows = await tx.select({ code: plans.code }).from(plans).where(others).limit(1)
  return rows.length === 0
}
