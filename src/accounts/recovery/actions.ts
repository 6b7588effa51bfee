import { eq } from 'drizzle-orm'
import { findOwner, findReset, findUserByEmail, hasSold } from '#src/accounts/queries.ts'
import { newToken, tokenHashOf } from '#src/accounts/token.ts'
import type { AdminTx } from '#src/db/admin.ts'
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
  const opened = await inTransaction(databases.admin, async (tx) => {
    // Meanwhile the address may have been corrected: then nothing goes to the old one any more.
    const today = await lockUser(tx, user.id)
    if (today?.email !== email) return { ok: false as const }
    const { token, tokenHash } = newToken()
    const expiresAt = new Date(now.getTime() + hour)
    await tx.insert(passwordResets).values({ tokenHash, userId: user.id, email, expiresAt, createdAt: now })
    return { ok: true as const, token }
  })
  return opened.ok ? opened.token : null
}

/** Whoever writes links or the address locks the person first, always in this order. */
async function lockUser(tx: AdminTx, id: number) {
  const [user] = await tx.select().from(users).where(eq(users.id, id)).for('update')
  return user ?? null
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
  const reset = await findReset(databases.admin, tokenHash, now)
  if (!reset) return { ok: false, problem: 'link-over' }
  const passwordHash = await hasher.hash(password)
  return inTransaction(databases.admin, async (tx): Promise<Reset> => {
    const user = await lockUser(tx, reset.userId)
    const [link] = await tx
      .select()
      .from(passwordResets)
      .where(eq(passwordResets.tokenHash, tokenHash))
      .for('update')
    if (!user || link?.email !== user.email || now >= link.expiresAt) {
      return { ok: false, problem: 'link-over' }
    }
    const owner = await findOwner(tx, user.email)
    if (!owner) return { ok: false, problem: 'link-over' }
    const emailConfirmedAt = user.emailConfirmedAt ?? now
    await tx.update(users).set({ passwordHash, emailConfirmedAt }).where(eq(users.id, user.id))
    await tx.delete(passwordResets).where(eq(passwordResets.userId, user.id))
    await tx.delete(sessions).where(eq(sessions.userId, user.id))
    return { ok: true, userId: user.id, tenantId: owner.tenantId }
  })
}
