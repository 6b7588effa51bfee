import { and, eq, ne } from 'drizzle-orm'
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
    if (link.isConfirmed) return { ok: true }
    const { userId, email } = link
    if (!(await changeEmail(tx, userId, { email, emailConfirmedAt: now }))) {
      return { ok: false, problem: 'link-over' }
    }
    if (link.isNew) await endLinks(tx, userId, email)
    return { ok: true }
  })
}

export type Corrected =
  /** `isWaiting`: the address in use stays until the new one is confirmed. */
  | { ok: true; confirmation: string | null; isWaiting: boolean }
  | { ok: false; problem: 'wrong-password' | 'email-taken' }

/**
 * Gives the account another address. One that was never confirmed is replaced at once, and the new one
 * starts unconfirmed; a confirmed one stays, for signing in and recovering, until the new one's link was
 * pressed: a mistyped correction must not lock its owner out. The wish lives in `email_confirmations` alone.
 * Links of an address that is left, to confirm or to recover, are worthless from then on.
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
  const isWaiting = user?.emailConfirmedAt != null && user.email !== email
  return inTransaction(databases.admin, async (tx): Promise<Corrected> => {
    if (user?.email === email) {
      await dropWaiting(tx, userId, email)
      return { ok: true, confirmation: null, isWaiting }
    }
    if (isWaiting) {
      if (await isTaken(tx, userId, email)) return { ok: false, problem: 'email-taken' }
      await dropWaiting(tx, userId, user.email)
    } else {
      const changed = await changeEmail(tx, userId, { email, emailConfirmedAt: null })
      if (!changed) return { ok: false, problem: 'email-taken' }
      await endLinks(tx, userId, email)
    }
    return { ok: true, confirmation: await insertConfirmation(tx, { userId, email }, now), isWaiting }
  })
}

/** Links of any address but this one, and every way to recover: they were sent to a mailbox that is left. */
async function endLinks(tx: AdminTx, userId: number, email: string): Promise<void> {
  await dropWaiting(tx, userId, email)
  await tx.delete(passwordResets).where(eq(passwordResets.userId, userId))
}

const dropWaiting = (tx: AdminTx, userId: number, email: string) =>
  tx
    .delete(emailConfirmations)
    .where(and(eq(emailConfirmations.userId, userId), ne(emailConfirmations.email, email)))

/** Said early; the unique index has the last word when the link is pressed. */
async function isTaken(tx: AdminTx, userId: number, email: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.email, email), ne(users.id, userId)))
  return other !== undefined
}

async function changeEmail(
  tx: AdminTx,
  userId: number,
  address: { email: string; emailConfirmedAt: Date | null },
): Promise<boolean> {
  try {
    await tx.update(users).set(address).where(eq(users.id, userId))
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
