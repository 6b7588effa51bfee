import { and, eq, gte, max } from 'drizzle-orm'
import { mayAdd } from '#src/billing/limits.ts'
import { staffUsed } from '#src/billing/usage/queries.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import { staff } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { lockCatalogue } from '#src/products/queries.ts'
import type { Invite } from './form.ts'

/** `limit`: the plan holds no more people. */
export type Invited = { ok: true; id: number } | { ok: false; problem: 'taken' | 'limit' }

/** Makes the hash of a PIN, which depends on whose it is. */
export type HashPin = (staffId: number) => Promise<string>

/** Each costs a hash; nobody has so many cashiers. */
export const inviteLimit = { bucket: 'invite-cashier', max: 30, windowSeconds: 3600 }
/** Others may take the number that we have just hashed for; nobody is that unlucky five times. */
const tries = 5

/** How long the same name again is the second press of one button and not a second person. */
const oneButtonMs = 10_000

/**
 * A cashier by name and PIN. Two of one name could not be told apart on a ticket. The PIN is hashed before,
 * for the number that comes next: a hash takes longer than everything else, and no till should wait for it.
 */
export async function inviteCashier(
  db: TenantDb,
  invite: Invite,
  hashPin: HashPin,
  now: Date,
  most: number | null = null,
): Promise<Invited> {
  for (let i = 0; i < tries; i++) {
    const id = await nextNumber(db)
    const cashier = { id, name: invite.name, pinHash: await hashPin(id) }
    const invited = await insertCashier(db, cashier, now, most)
    if (invited.ok || invited.problem !== 'number-taken') return invited
  }
  throw new Error('no number for a cashier could be taken')
}

async function nextNumber(db: TenantDb): Promise<number> {
  const [last] = await db.select({ id: max(staff.id) }).from(staff)
  return (last?.id ?? 0) + 1
}

type Cashier = { id: number; name: string; pinHash: string }

function insertCashier(
  db: TenantDb,
  cashier: Cashier,
  now: Date,
  most: number | null,
): Promise<Invited | { ok: false; problem: 'number-taken' }> {
  return inTransaction(db, async (tx) => {
    await lockCatalogue(tx)
    const [twin] = await tx
      .select()
      .from(staff)
      .where(and(eq(staff.name, cashier.name), eq(staff.active, true)))
    if (twin) {
      const isSamePress = twin.role === 'cajera' && now.getTime() - twin.createdAt.getTime() < oneButtonMs
      return isSamePress ? { ok: true, id: twin.id } : { ok: false, problem: 'taken' }
    }
    if (!mayAdd(most, await staffUsed(tx))) return { ok: false, problem: 'limit' }
    const [other] = await tx.select({ id: staff.id }).from(staff).where(gte(staff.id, cashier.id)).limit(1)
    if (other) return { ok: false, problem: 'number-taken' }
    await tx.insert(staff).values({ ...cashier, role: 'cajera', createdAt: now })
    return { ok: true, id: cashier.id }
  })
}
