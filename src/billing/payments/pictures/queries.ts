import { eq } from 'drizzle-orm'
import type { PaymentRow } from '#src/billing/payments/queries.ts'
import type { Admin } from '#src/db/admin.ts'
import { files } from '#src/db/admin-schema.ts'

/** Asked by payment, never by the picture's own id: whoever may see the payment may see it. */
export async function pictureOf(admin: Admin, { pictureId }: Pick<PaymentRow, 'pictureId'>) {
  if (!pictureId) return null
  const [row] = await admin
    .select({ type: files.type, bytes: files.bytes })
    .from(files)
    .where(eq(files.id, pictureId))
  return row ?? null
}
