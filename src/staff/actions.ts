import { and, eq } from 'drizzle-orm'
import type { TenantDb } from '#src/db/tenant.ts'
import { staff } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { lockCatalogue } from '#src/products/queries.ts'
import type { Invite } from './form.ts'

export type Invited = { ok: true; id: number } | { ok: false; problem: 'taken' }

/** Makes the hash of a PIN, which depends on whose it is. */
export type HashPin = (staffId: number) => Promise<string>

/** How long the same name again is the second press of one button and not a second person. */
const oneButtonMs = 10_000

/** A cashier by name and PIN. Two of one name could not be told apart on a ticket. */
export function inviteCashier(db: TenantDb, invite: Invite, hashPin: HashPin, now: Date): Promise<Invited> {
  return inTransaction(db, async (tx): Promise<Invited> => {
    await lockCatalogue(tx)
    const [twin] = await tx
      .select()
      .from(staff)
      .where(and(eq(staff.name, invite.name), eq(staff.active, true)))
    if (twin) {
      const isSamePress = twin.role === 'cajera' && now.getTime() - twin.createdAt.getTime() < oneButtonMs
      return isSamePress ? { ok: true, id: twin.id } : { ok: false, problem: 'taken' }
    }
    const [row] = await tx
      .insert(staff)
      .values({ name: invite.name, role: 'cajera', createdAt: now })
      .$returningId()
    await tx
      .update(staff)
      .set({ pinHash: await hashPin(row!.id) })
      .where(eq(staff.id, row!.id))
    return { ok: true, id: row!.id }
  })
}
