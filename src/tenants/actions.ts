import { eq } from 'drizzle-orm'
import { type Act, audit } from '#src/audit/actions.ts'
import { stopRenewals } from '#src/billing/mercadopago/renewals/stopping/actions.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { extendedFrom, type OperatorAct, plusDays, type StateAct } from './extension.ts'
import { lockTenant } from './locked/queries.ts'

export type { OperatorAct } from './extension.ts'
export { changePlan } from './plan-change/actions.ts'

/** `isRepeat`: it was so already, and nothing was written. */
type Done = { ok: true; isRepeat: boolean }
type Refused<Problem extends string> = { ok: false; problem: Problem }

export type ExtendProblem = 'gone' | 'changed' | 'paused'
export type StateProblem = 'gone'

/**
 * `days` more, counted from `from`: the midnight that the form showed. A second press of the same form finds
 * the days given already; a form that has grown old is refused.
 */
export function extendTenant(
  admin: AdminDb,
  act: OperatorAct & { days: number; from: Date },
  now: Date,
): Promise<(Done & { until: Date }) | Refused<ExtendProblem>> {
  return inTransaction(admin, async (tx) => {
    const found = await lockTenant(tx, act.tenantId)
    if (!found) return refuse('gone')
    const until = plusDays(act.from, act.days)
    const before = found.tenant.extendedUntil
    if (before?.getTime() === until.getTime()) return { ok: true, isRepeat: true, until }
    const from = extendedFrom(found.tenant, found.sales, now)
    if (!from) return refuse('paused')
    if (from.getTime() !== act.from.getTime()) return refuse('changed')
    await tx.update(tenants).set({ extendedUntil: until }).where(eq(tenants.id, act.tenantId))
    await note(tx, act, 'tenant.extended', { days: act.days, from, until }, now)
    return { ok: true, isRepeat: false, until }
  })
}

/** No till is opened any more; what is open may finish. Nothing is deleted. */
export function suspendTenant(admin: AdminDb, act: StateAct, now: Date) {
  return changeState(admin, { ...act, what: 'tenant.suspended' }, now, async (tx, { suspendedAt }) => {
    if (suspendedAt) return null
    await tx.update(tenants).set({ suspendedAt: now }).where(eq(tenants.id, act.tenantId))
    await stopRenewals(tx, act.tenantId, 'suspended', now)
    return {}
  })
}

/** Back to where its days and payments put it: out of the pause only. */
export function reactivateTenant(admin: AdminDb, act: StateAct, now: Date) {
  return changeState(admin, { ...act, what: 'tenant.reactivated' }, now, async (tx, { suspendedAt }) => {
    if (!suspendedAt) return null
    await tx.update(tenants).set({ suspendedAt: null }).where(eq(tenants.id, act.tenantId))
    return { suspendedAt }
  })
}

/** For an owner who closed her account and asks to come back: as long as nothing was deleted. */
export function reopenTenant(admin: AdminDb, act: OperatorAct, now: Date) {
  return changeState(admin, { ...act, what: 'tenant.reopened' }, now, async (tx, { closedAt }) => {
    if (!closedAt) return null
    await tx.update(tenants).set({ closedAt: null }).where(eq(tenants.id, act.tenantId))
    return { closedAt }
  })
}

type Found = NonNullable<Awaited<ReturnType<typeof lockTenant>>>
type Change = (tx: AdminTx, tenant: Found['tenant']) => Promise<NonNullable<Act['detail']> | null>

/** `change` says what the log keeps of it; null: it was so already, and pressing again changes nothing. */
function changeState(admin: AdminDb, act: StateAct & { what: string }, now: Date, change: Change) {
  return inTransaction(admin, async (tx): Promise<Done | Refused<StateProblem>> => {
    const found = await lockTenant(tx, act.tenantId)
    if (!found) return refuse('gone')
    const detail = await change(tx, found.tenant)
    if (!detail) return { ok: true, isRepeat: true }
    await note(tx, act, act.what, detail, now)
    return { ok: true, isRepeat: false }
  })
}

function note(tx: AdminTx, act: StateAct, what: string, detail: NonNullable<Act['detail']>, now: Date) {
  const { operatorId, tenantId, reason, address } = act
  const who = { ...(operatorId === undefined ? {} : { operatorId }), ...(address ? { address } : {}) }
  return audit(tx, { ...who, tenantId, reason, act: what, detail }, now)
}

const refuse = <Problem extends string>(problem: Problem) => ({ ok: false as const, problem })
