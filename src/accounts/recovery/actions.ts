import { eq } from 'drizzle-orm'
import { findOwner, findReset, findUserByEmail, hasSold } from '#src/accounts/queries.ts'
import { newToken, tokenHashOf } from '#src/accounts/token.ts'
import { passwordResets, sessions, users } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'

const hour = 3_600_000

/**
 * Makes a recovery link, or null when none may be sent: nobody has this address, or it was never confirmed
 * and the business has sold. Somebody who mistyped an address at sign-up would otherwise have handed
 * the till to whoever owns that address.
 */
export async function openReset(services: Services, email: string, now: Date): Promise<string | null> {
  const { databases } = services
  const user = await findUserByEmail(databases.admin, email)
  if (!user) return null
  if (!user.emailConfirmedAt && (await hasSold(databases, user.id))) return null
  const { token, tokenHash } = newToken()
  await databases.admin
    .insert(passwordResets)
    .values({ tokenHash, userId: user.id, expiresAt: new Date(now.getTime() + hour), createdAt: now })
  return token
}

export type Reset = { ok: true; userId: number; tenantId: number } | { ok: false; problem: 'link-over' }

/**
 * A new password by the link of the mail, once: every session and every other link of this person ends.
 * The link came by mail, so the address is confirmed with it.
 */
export async function resetPassword(
  { databases, hasher }: Services,
  { token, password }: { token: string; password: string },
  now: Date,
): Promise<Reset> {
  const tokenHash = tokenHashOf(token)
  // Looked up before hashing: a made-up link must not cost a hash.
  if (!(await findReset(databases.admin, tokenHash, now))) return { ok: false, problem: 'link-over' }
  const passwordHash = await hasher.hash(password)
  return inTransaction(databases.admin, async (tx): Promise<Reset> => {
    const [link] = await tx
      .select()
      .from(passwordResets)
      .where(eq(passwordResets.tokenHash, tokenHash))
      .for('update')
    if (!link || now >= link.expiresAt) return { ok: false, problem: 'link-over' }
    const [user] = await tx.select().from(users).where(eq(users.id, link.userId))
    const owner = user && (await findOwner(tx, user.email))
    if (!owner) return { ok: false, problem: 'link-over' }
    const emailConfirmedAt = user.emailConfirmedAt ?? now
    await tx.update(users).set({ passwordHash, emailConfirmedAt }).where(eq(users.id, user.id))
    await tx.delete(passwordResets).where(eq(passwordResets.userId, user.id))
    await tx.delete(sessions).where(eq(sessions.userId, user.id))
    return { ok: true, userId: user.id, tenantId: owner.tenantId }
  })
}
