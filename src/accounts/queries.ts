import { and, asc, eq, gt, ne } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { emailConfirmations, memberships, passwordResets, tenants, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import type { Db } from '#src/db/tenant.ts'
import { sales } from '#src/db/tenant-schema.ts'

// The database takes `rosá@…` for `rosa@…`; another mailbox it is all the same. So each e-mail that was
// found is compared once more: nobody gets a link or a session by an address that only looks like hers.

/** Who would sign in with this address, and into which business: their first. */
export async function findOwner(admin: Admin, email: string) {
  const [owner] = await admin
    .select({
      id: users.id,
      email: users.email,
      passwordHash: users.passwordHash,
      tenantId: memberships.tenantId,
    })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .innerJoin(tenants, and(eq(tenants.id, memberships.tenantId), eq(tenants.status, 'ACTIVO')))
    .where(eq(users.email, email))
    .orderBy(asc(memberships.tenantId))
    .limit(1)
  return owner?.email === email ? owner : null
}

export async function findUser(admin: Admin, id: number) {
  const [user] = await admin.select().from(users).where(eq(users.id, id))
  return user ?? null
}

export async function findUserByEmail(admin: Admin, email: string) {
  const [user] = await admin.select().from(users).where(eq(users.email, email))
  return user?.email === email ? user : null
}

/** The person of a recovery link that is still good for the address which she has today, or null. */
export async function findReset(admin: Admin, tokenHash: string, now: Date) {
  const [row] = await admin
    .select({
      userId: users.id,
      email: users.email,
      sentTo: passwordResets.email,
      expiresAt: passwordResets.expiresAt,
    })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(eq(passwordResets.tokenHash, tokenHash))
  return row && row.sentTo === row.email && now < row.expiresAt ? row : null
}

/**
 * A confirmation link that is still good, or null: for the address which its person has today, or for the
 * one that takes its place with this press. A correction deletes the links of every other address.
 */
export async function findConfirmation(admin: Admin, tokenHash: string, now: Date) {
  const [row] = await admin
    .select({
      userId: users.id,
      email: emailConfirmations.email,
      current: users.email,
      confirmedAt: users.emailConfirmedAt,
      expiresAt: emailConfirmations.expiresAt,
    })
    .from(emailConfirmations)
    .innerJoin(users, eq(users.id, emailConfirmations.userId))
    .where(eq(emailConfirmations.tokenHash, tokenHash))
  if (!row || now >= row.expiresAt) return null
  const { userId, email, current, confirmedAt } = row
  return { userId, email, isNew: email !== current, isConfirmed: email === current && confirmedAt !== null }
}

/** The address that this person asked for and has not confirmed yet; the one in use works until then. */
export async function waitingEmail(
  admin: Admin,
  user: { id: number; email: string },
  now: Date,
): Promise<string | null> {
  const [row] = await admin
    .select({ email: emailConfirmations.email })
    .from(emailConfirmations)
    .where(
      and(
        eq(emailConfirmations.userId, user.id),
        ne(emailConfirmations.email, user.email),
        gt(emailConfirmations.expiresAt, now),
      ),
    )
    .limit(1)
  return row?.email ?? null
}

/** Has any business of this person sold? Practice does not count. */
export async function hasSold(databases: Databases, userId: number): Promise<boolean> {
  const owned = await databases.admin
    .select({
      id: tenants.id,
      uid: tenants.uid,
      generation: tenants.generation,
      nombreDb: tenants.nombreDb,
      serverId: tenants.serverId,
    })
    .from(memberships)
    .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
    .where(and(eq(memberships.userId, userId), eq(tenants.status, 'ACTIVO')))
  for (const tenant of owned) if (await hasSales(databases.tenant(tenant))) return true
  return false
}

async function hasSales(db: Db): Promise<boolean> {
  const rows = await db.select({ id: sales.id }).from(sales).limit(1)
  return rows.length > 0
}
