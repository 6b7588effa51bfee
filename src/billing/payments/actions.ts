import { randomUUID } from 'node:crypto'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { fits, type Usage } from '#src/billing/limits.ts'
import {
  type BeginRefusal,
  type Invoice,
  identityCentimos,
  type Method,
  openDays,
} from '#src/billing/payments/payment.ts'
import { declaredPayment, lockStanding, type PaymentRow } from '#src/billing/payments/queries.ts'
import { type PaidPlanRow, priceOf } from '#src/billing/plans/plan-row.ts'
import { findPlan } from '#src/billing/plans/queries.ts'
import { type Period, type Quote, quote } from '#src/billing/price.ts'
import { rememberInvoice } from '#src/billing/subscription/actions.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { payments } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Tenant } from '#src/tenants/queries.ts'

export { refusePayment, reversePayment } from './decisions/actions.ts'
export { declarePayment } from './declaration/actions.ts'
export { settlePayment } from './settlement/actions.ts'

export type Beginning = {
  tenantId: number
  plan: string
  period: Period
  method: Method
  userId: number
  /** What there is, where it must fit (a person chooses); null: a renewal of what she has. */
  usage: Usage | null
} & Invoice

export type Begun = { ok: true; payment: PaymentRow } | BeginRefusal

/**
 * The chosen period at today's price: the browser's amount is never asked. The same choice again within a week is
 * the same payment.
 */
export function beginPayment(admin: AdminDb, asked: Beginning, now: Date): Promise<Begun> {
  return inTransaction(admin, async (tx): Promise<Begun> => {
    const locked = await lockStanding(tx, asked.tenantId)
    if (!locked) return { ok: false, problem: 'closed' }
    const plan = await findPlan(tx, asked.plan)
    const refusal = plan ? refusalFor(locked.tenant, plan, asked) : notSold
    if (!plan || refusal) return refusal ?? notSold
    const waiting = await declaredPayment(tx, asked.tenantId)
    if (waiting) return isWaiting(waiting)
    const priceCentimos = priceOf(plan, asked.period) ?? 0
    const choice = { plan: plan.code, period: asked.period, priceCentimos }
    const quoted = quote(locked.standing, choice, now)
    if (!quoted.ok) return { ...quoted, planName: plan.name }
    if (quoted.amountCentimos > identityCentimos && !asked.documentNumber) {
      return { ok: false, problem: 'identity' }
    }
    await rememberInvoice(tx, asked, now)
    return { ok: true, payment: await openPayment(tx, plan, quoted, asked, now) }
  })
}

const notSold = { ok: false, problem: 'not-sold' } as const

const isWaiting = ({ reference, declaredAt, createdAt }: PaymentRow): BeginRefusal => ({
  ok: false,
  problem: 'declared',
  reference,
  declaredAt: declaredAt ?? createdAt,
})

function refusalFor(tenant: Tenant, plan: PaidPlanRow, { period, usage }: Beginning): BeginRefusal | null {
  if (tenant.closedAt) return { ok: false, problem: 'closed' }
  if (tenant.suspendedAt) return { ok: false, problem: 'suspended' }
  const isOwn = tenant.plan.code === plan.code
  if (!priceOf(plan, period) || (plan.retiredAt && !isOwn)) return notSold
  const over = usage && !isOwn ? fits(plan, usage) : []
  return over.length > 0 ? { ok: false, problem: 'too-small', planName: plan.name, over } : null
}

type Priced = Extract<Quote, { ok: true }>

async function openPayment(
  tx: AdminTx,
  plan: PaidPlanRow,
  { priceCentimos, creditCentimos, amountCentimos }: Priced,
  { tenantId, period, method, userId, ...asked }: Beginning,
  now: Date,
): Promise<PaymentRow> {
  const { document, documentNumber, documentName, documentAddress } = asked
  const invoice = { document, documentNumber, documentName, documentAddress }
  const same = await sameOpen(tx, { tenantId, plan: plan.code, period, method, amountCentimos }, now)
  if (same) {
    await tx
      .update(payments)
      .set({ ...invoice, userId, updatedAt: now })
      .where(eq(payments.id, same.id))
    return { ...same, ...invoice, userId, updatedAt: now }
  }
  const [{ insertId }] = await tx.insert(payments).values({
    ...{ tenantId, period, method, userId, ...invoice },
    ...{ priceCentimos, creditCentimos, amountCentimos },
    reference: randomUUID(),
    plan: plan.code,
    planName: plan.name,
    status: 'open',
    createdAt: now,
    updatedAt: now,
  })
  const [row] = await tx.select().from(payments).where(eq(payments.id, insertId))
  if (!row) throw new Error('the payment that was just begun is not there')
  return row
}

async function sameOpen(
  tx: AdminTx,
  of: Pick<PaymentRow, 'tenantId' | 'plan' | 'period' | 'method' | 'amountCentimos'>,
  now: Date,
): Promise<PaymentRow | undefined> {
  const [row] = await tx
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.tenantId, of.tenantId),
        eq(payments.status, 'open'),
        eq(payments.plan, of.plan),
        eq(payments.period, of.period),
        eq(payments.method, of.method),
        eq(payments.amountCentimos, of.amountCentimos),
        gt(payments.createdAt, longAgo(now)),
        isNull(payments.externalId),
      ),
    )
    .orderBy(desc(payments.id))
    .limit(1)
  return row
}

const longAgo = (now: Date) => new Date(now.getTime() - openDays * 86_400_000)
