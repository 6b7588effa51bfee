import { and, desc, eq, inArray, ne } from 'drizzle-orm'
import { accountState, lockOf } from '#src/billing/account.ts'
import { type DeclareProblem, openDays, provisionalEnd } from '#src/billing/payments/payment.ts'
import { dropPicture, keepPicture } from '#src/billing/payments/pictures/actions.ts'
import { declaredPayment, findPayment, lockStanding, type PaymentRow } from '#src/billing/payments/queries.ts'
import { priceOf } from '#src/billing/plans/plan-row.ts'
import { findPlan } from '#src/billing/plans/queries.ts'
import { creditOf, worksUntil } from '#src/billing/price.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { payments, tenants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Picture } from '#src/files/picture.ts'
import { lockTenant } from '#src/tenants/locked/queries.ts'

export type Declaration = {
  tenantId: number
  reference: string
  operationNumber: string
  /** null leaves the one that was sent before. */
  picture?: Picture | null
}

/** `isNew`: the operator is told once, however often the form is sent. */
export type Declared =
  | { ok: true; payment: PaymentRow; isNew: boolean; provisionalUntil: Date | null }
  | { ok: false; problem: DeclareProblem; payment: PaymentRow }
  | { ok: false; problem: 'not-found'; payment: null }

/**
 * «Ya pagué»: works at once for 48 hours, once a period, while the operator looks for it. Sent again it corrects the
 * number and the picture, and gives no more time.
 */
export function declarePayment(admin: AdminDb, said: Declaration, now: Date): Promise<Declared> {
  return inTransaction(admin, async (tx): Promise<Declared> => {
    const locked = await lockStanding(tx, said.tenantId)
    const payment = locked && (await findPayment(tx, said.tenantId, said.reference))
    if (!locked || !payment) return { ok: false, problem: 'not-found', payment: null }
    const refusal = await refusalFor(tx, payment, said.operationNumber)
    if (refusal) return { ok: false, ...refusal }
    const { provisionalUntil } = locked.tenant
    if (payment.status === 'confirmed') return { ok: true, payment, isNew: false, provisionalUntil }
    const isNew = payment.status !== 'declared'
    const changes = {
      operationNumber: said.operationNumber,
      updatedAt: now,
      ...(said.picture ? { pictureId: await keepPicture(tx, said.picture, now) } : {}),
      ...(isNew ? { ...declared, declaredAt: now, ...(await pricedAnew(tx, payment, locked, now)) } : {}),
    }
    await tx.update(payments).set(changes).where(eq(payments.id, payment.id))
    const old = said.picture ? payment.pictureId : null
    if (old) await dropPicture(tx, old)
    const lent = (await mayTrust(tx, locked, now)) ? provisionalEnd(now) : null
    if (lent) await tx.update(tenants).set({ provisionalUntil: lent }).where(eq(tenants.id, said.tenantId))
    const after = { ...payment, ...changes }
    return { ok: true, payment: after, isNew, provisionalUntil: lent ?? provisionalUntil }
  })
}

/** What it is worth today: after a week the price may be another, and the credit of then is used up. */
async function pricedAnew(tx: AdminTx, { plan, period, createdAt }: PaymentRow, locked: Locked, now: Date) {
  if (now.getTime() - createdAt.getTime() <= openDays * 86_400_000) return null
  const row = await findPlan(tx, plan)
  const priceCentimos = row && priceOf(row, period)
  const creditCentimos = creditOf(locked.standing, plan, now)
  return { creditCentimos, ...(priceCentimos ? { priceCentimos } : {}) }
}

type Locked = NonNullable<Awaited<ReturnType<typeof lockStanding>>>

const declared = { status: 'declared', reason: null, decidedAt: null, operatorId: null } as const

/** One that was not found may be declared again with its right number: she has paid. */
const mayBeDeclared = ({ status }: PaymentRow) => ['open', 'declared', 'refused'].includes(status)

type Refusal = { problem: DeclareProblem; payment: PaymentRow }

async function refusalFor(tx: AdminTx, payment: PaymentRow, number: string): Promise<Refusal | null> {
  if (payment.method === 'mercadopago') return { problem: 'not-by-hand', payment }
  if (payment.status === 'confirmed') return null
  if (!mayBeDeclared(payment)) return { problem: 'decided', payment }
  const other = await declaredPayment(tx, payment.tenantId, payment.id)
  if (other) return { problem: 'declared', payment: other }
  const before = await paidWith(tx, payment, number)
  return before ? { problem: 'number-used', payment: before } : null
}

/** One operation of hers pays one period: last month's number is a slip of the finger, or no payment at all. */
async function paidWith(
  tx: AdminTx,
  { id, tenantId, method }: PaymentRow,
  number: string,
): Promise<PaymentRow | undefined> {
  const [row] = await tx
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.tenantId, tenantId),
        ne(payments.id, id),
        eq(payments.method, method),
        eq(payments.operationNumber, number),
        inArray(payments.status, ['confirmed', 'refunded', 'charged_back']),
      ),
    )
    .orderBy(desc(payments.id))
    .limit(1)
  return row
}

/**
 * Once a period: a confirmed payment wipes `provisional_until`, and nothing else does. Whoever works anyway for so
 * long keeps these hours for when she needs them.
 */
async function mayTrust(tx: AdminTx, { tenant, standing }: Locked, now: Date): Promise<boolean> {
  if (tenant.provisionalUntil !== null) return false
  if (worksUntil(standing) < provisionalEnd(now)) return true
  const found = await lockTenant(tx, tenant.id)
  // Sales may end a trial before its days do.
  return found !== null && lockOf(accountState(found.tenant, found.sales, now)) !== null
}
