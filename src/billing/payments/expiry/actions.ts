import { and, eq, lt, ne } from 'drizzle-orm'
import { openDays } from '#src/billing/payments/payment.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { payments } from '#src/db/admin-schema.ts'

/**
 * What was begun and never paid, after a week: money that comes later all the same is still honoured. Of Mercado
 * Pago's the sweep decides, after a last look there.
 */
export async function expireOpenPayments(admin: AdminDb, now: Date): Promise<void> {
  const before = new Date(now.getTime() - openDays * 86_400_000)
  await admin
    .update(payments)
    .set({ status: 'expired', updatedAt: now })
    .where(
      and(eq(payments.status, 'open'), ne(payments.method, 'mercadopago'), lt(payments.createdAt, before)),
    )
}
