import { eq } from 'drizzle-orm'
import { insertConfirmation } from '#src/accounts/actions.ts'
import { findConfirmation, findUser } from '#src/accounts/queries.ts'
import { tokenHashOf } from '#src/accounts/token.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { emailConfirmations, passwordResets, users } from '#src/db/admin-schema.ts'
import { errno } from '#src/db/errors.ts'
import { errnoOf, inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'

export type Confirmed = { ok: true } | { ok: false; problem: 'link-over' }

/** Pressing twice confirms once and is well both times: the link stays good until its day. */
export async function confirmEmail(admin: AdminDb, token: string, now: Date): Promise<Confirmed> {
  return inTransaction(admin, async (tx): Promise<Confirmed> => {
    const link = await findConfirmation(tx, tokenHashOf(token), now)
    if (!link) return { ok: false, problem: 'link-over' }
    if (!link.confirmedAt) {
      await tx.update(users).set({ emailConfirmedAt: now }).where(eq(users.id, link.userId))
    }
    return { ok: true }
  })
}

export type Corrected =
  | { ok: true; confirmation: string | null }
  | { ok: false; problem: 'wrong-password' | 'email-taken' }

/**
 * Gives the account another address, which starts unconfirmed. Links sent to the old one, to confirm
 * or to recover, are worthless from then on. The address that it already has changes nothing.
 */
export async function correctEmail(
  { databases, hasher }: Services,
  { userId, email, password }: { userId: number; email: string; password: string },
  now: Date,
): Promise<Corrected> {
  const user = await findUser(databases.admin, userId)
  if (!(await hasher.verify(password, user?.passwordHash ?? null))) {
    return { ok: false, problem: 'wrong-password' }
  }
  if (user?.email === email) return { ok: true, confirmation: null }
  return inTransaction(databases.admin, async (tx): Promise<Corrected> => {
    if (!(await changeEmail(tx, userId, email))) return { ok: false, problem: 'email-taken' }
    await tx.delete(emailConfirmations).where(eq(emailConfirmations.userId, userId))
    await tx.delete(passwordResets).where(eq(passwordResets.userId, userId))
    return { ok: true, confirmation: await insertConfirmation(tx, { userId, email }, now) }
  })
}

async function changeEmail(tx: AdminTx, userId: number, email: string): Promise<boolean> {
  try {
    await tx.update(users).set({ email, emailConfirmedAt: null }).where(eq(users.id, userId))
    return true
  } catch (error) {
    if (errnoOf(error) === errno.duplicateEntry) return false
    throw error
  }
}

/** Another link for the same address; the ones already sent stay good. */
export function renewConfirmation(
  admin: AdminDb,
  user: { id: number; email: string },
  now: Date,
): Promise<string> {
  return insertConfirmation(admin, { userId: user.id, email: user.email }, now)
}
