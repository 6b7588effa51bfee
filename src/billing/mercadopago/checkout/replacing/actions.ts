import { randomUUID } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { PaymentRow } from '#src/billing/payments/queries.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { payments, tenants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { endBegun } from '../../renewals/begun/actions.ts'
import { begunUnder } from '../../renewals/begun/queries.ts'

/**
 * The open payment whose checkout charges as it is wished now: this one, or the one that takes its place when its
 * checkout was begun the other way. Under a reference of its own, since the service creates each checkout once. A
 * subscription that was begun is ended. null: it is not open any more.
 */
export async function payableAs(
  admin: AdminDb,
  asked: PaymentRow,
  renews: boolean,
  now: Date,
): Promise<PaymentRow | null> {
  if (!asked.checkoutUrl) return asked
  const answer = await inTransaction(admin, async (tx) => {
    await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, asked.tenantId)).for('update')
    const [payment] = await tx.select().from(payments).where(eq(payments.id, asked.id))
    if (payment?.status !== 'open') return { ok: true, payment: await successorOf(tx, asked) }
    const begun = await begunUnder(tx, payment.reference)
    if (begun.length > 0 === renews) return { ok: true, payment }
    await endBegun(tx, begun, now)
    await tx.update(payments).set({ status: 'expired', updatedAt: now }).where(eq(payments.id, payment.id))
    return { ok: true, payment: await copyOf(tx, payment, now) }
  })
  return answer.payment
}

/** Pressed twice: the first press has made it. */
async function successorOf(tx: AdminTx, before: PaymentRow): Promise<PaymentRow | null> {
  const { tenantId, plan, period, method, amountCentimos, createdAt } = before
  const [row] = await tx
    .select()
    .from(payments)
    .where(
      and(
        ...[eq(payments.tenantId, tenantId), eq(payments.plan, plan), eq(payments.period, period)],
        ...[eq(payments.method, method), eq(payments.amountCentimos, amountCentimos)],
        ...[eq(payments.createdAt, createdAt), eq(payments.status, 'open'), isNull(payments.externalId)],
      ),
    )
    .orderBy(desc(payments.id))
    .limit(1)
  return row ?? null
}

/** At the same price for as long as the first one: choosing again and again keeps no old price. */
async function copyOf(tx: AdminTx, payment: PaymentRow, now: Date): Promise<PaymentRow> {
  const { id: _, ...row } = payment
  const copy = { ...row, reference: randomUUID(), checkoutUrl: null, reason: null, updatedAt: now }
  const [{ insertId }] = await tx.insert(payments).values(copy)
  return { ...copy, id: insertId }
}
