import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import { lockStanding } from '#src/billing/payments/queries.ts'
import { agreement } from '#src/billing/price-agreed.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { payments, plans, subscriptions, tenants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { OperatorAct } from '../extension.ts'
import { lockTenant } from '../locked/queries.ts'
import type { Plan } from '../queries.ts'

export type PlanProblem =
  | 'gone'
  | 'same'
  | 'changed'
  | 'no-plan'
  | 'needs-date'
  | 'not-ahead'
  | 'renews-itself'

export type PlanChange = OperatorAct & {
  plan: string
  paidUntil: Date | null
  from: { plan: string; paidUntil: Date | null }
  isRehearsal?: boolean
}

const mostPaidAheadDays = 731

/**
 * Another size, and until when it is paid: the day that the form showed, unless another was typed. Without a
 * payment: an agreement by word, or a present. `from` is what the form showed, so that a second press changes
 * nothing and an old form is refused. A rehearsal tells what would be refused, and writes nothing.
 */
export function changePlan(
  admin: AdminDb,
  act: PlanChange,
  now: Date,
): Promise<{ ok: true; isRepeat: boolean } | { ok: false; problem: PlanProblem }> {
  return inTransaction(admin, async (tx) => {
    const found = await lockTenant(tx, act.tenantId)
    if (!found) return refuse('gone')
    const { plan, paidUntil } = found.tenant
    // «local» finds LOCAL too: what is stored is the row's own code.
    const [chosen] = await tx.select().from(plans).where(eq(plans.code, act.plan))
    const next = { plan: chosen?.code ?? act.plan, paidUntil: act.paidUntil }
    if (next.plan === act.from.plan && isSame(next.paidUntil, act.from.paidUntil)) return refuse('same')
    if (plan.code === next.plan && isSame(paidUntil, next.paidUntil)) return { ok: true, isRepeat: true }
    if (plan.code !== act.from.plan || !isSame(paidUntil, act.from.paidUntil)) return refuse('changed')
    const problem = await planProblem(tx, act, { chosen, planBefore: plan.code, paidBefore: paidUntil }, now)
    if (problem) return refuse(problem)
    if (act.isRehearsal || !chosen) return { ok: true, isRepeat: false }
    await keepAgreement(tx, act, chosen, now)
    await tx.update(tenants).set(next).where(eq(tenants.id, act.tenantId))
    await tx
      .update(subscriptions)
      .set({ plan: next.plan, updatedAt: now })
      .where(and(eq(subscriptions.tenantId, act.tenantId), eq(subscriptions.provider, 'hand')))
    const detail = { before: { plan: plan.code, paidUntil }, after: next }
    const { operatorId, tenantId, reason, address } = act
    await audit(tx, { operatorId, tenantId, reason, address, act: 'tenant.plan', detail }, now)
    return { ok: true, isRepeat: false }
  })
}

/** Kept beside the payments: what is refunded later takes its own days only. */
async function keepAgreement(tx: AdminTx, act: PlanChange, plan: Plan, now: Date): Promise<void> {
  const found = await lockStanding(tx, act.tenantId)
  if (!found || !act.paidUntil) return
  const { priceMonthlyCentimos, priceYearlyCentimos } = plan
  const prices = { priceMonthlyCentimos: priceMonthlyCentimos ?? 0, priceYearlyCentimos }
  await tx.insert(payments).values({
    ...agreement(found.standing, { until: act.paidUntil, ...prices }, now),
    amountCentimos: 0,
    tenantId: act.tenantId,
    reference: randomUUID(),
    plan: plan.code,
    planName: plan.name,
    // Nobody asks for either: nothing was paid.
    method: 'transfer',
    document: 'boleta',
    status: 'agreed',
    decidedAt: now,
    operatorId: act.operatorId,
    reason: act.reason,
    createdAt: now,
    updatedAt: now,
  })
}

async function planProblem(
  tx: AdminTx,
  act: { tenantId: number; paidUntil: Date | null },
  {
    chosen,
    planBefore,
    paidBefore,
  }: { chosen: Plan | undefined; planBefore: string; paidBefore: Date | null },
  now: Date,
): Promise<PlanProblem | null> {
  if (chosen?.kind !== 'paid' || (chosen.retiredAt && chosen.code !== planBefore)) return 'no-plan'
  if (!act.paidUntil) return 'needs-date'
  const isNewDay = !isSame(act.paidUntil, paidBefore)
  const most = now.getTime() + mostPaidAheadDays * 86_400_000
  if (isNewDay && (act.paidUntil <= now || act.paidUntil.getTime() > most)) return 'not-ahead'
  const [renewal] = await tx
    .select({ provider: subscriptions.provider, status: subscriptions.status })
    .from(subscriptions)
    .where(eq(subscriptions.tenantId, act.tenantId))
  const renewsItself = renewal?.provider === 'mercadopago' && renewal.status === 'active'
  return renewsItself && chosen.code !== planBefore ? 'renews-itself' : null
}

const refuse = (problem: PlanProblem) => ({ ok: false as const, problem })

const isSame = (one: Date | null, other: Date | null) => one?.getTime() === other?.getTime()
