import { eq } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import { refusePayment, reversePayment, settlePayment } from '#src/billing/payments/actions.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { payments } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'

// What the buttons call: each decision in one transaction with its line in the audit log (written where it is
// decided), and the same a second time.

export type Decision = { paymentId: number; operatorId: number; reason: string }

export const confirmByHand = (admin: AdminDb, { paymentId, ...by }: Decision, now: Date) =>
  inTransaction(admin, (tx) => settlePayment(tx, paymentId, by, now))

export const refuseByHand = (admin: AdminDb, { paymentId, ...by }: Decision, now: Date) =>
  inTransaction(admin, (tx) => refusePayment(tx, paymentId, by, now))

/** The money went back by hand, or on the service's own page: written down here, and its days go back too. */
export const refundByHand = (admin: AdminDb, { paymentId, ...by }: Decision, now: Date) =>
  inTransaction(admin, async (tx) => {
    const [row] = await tx
      .select({ status: payments.status })
      .from(payments)
      .where(eq(payments.id, paymentId))
    if (row && row.status !== 'confirmed' && row.status !== 'refunded')
      return { ok: false as const, problem: 'not-confirmed' as const }
    return reversePayment(tx, paymentId, 'refunded', by, now)
  })

/** The number of our own boleta or factura for it; a wrong one is written over, and both stand in the log. */
export const noteInvoice = (
  admin: AdminDb,
  { paymentId, operatorId, invoiceNumber }: { paymentId: number; operatorId: number; invoiceNumber: string },
  now: Date,
) =>
  inTransaction(admin, async (tx) => {
    const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for('update')
    if (!payment || !['confirmed', 'refunded', 'charged_back'].includes(payment.status))
      return { ok: false as const }
    if (payment.invoiceNumber === invoiceNumber) return { ok: true as const }
    await tx.update(payments).set({ invoiceNumber, updatedAt: now }).where(eq(payments.id, paymentId))
    const detail = { payment: paymentId, before: payment.invoiceNumber, after: invoiceNumber }
    await audit(tx, { operatorId, tenantId: payment.tenantId, act: 'payment.invoiced', detail }, now)
    return { ok: true as const }
  })
