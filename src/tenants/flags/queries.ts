import { and, count, eq, isNotNull, ne, or, sql } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { memberships, tenants, users } from '#src/db/admin-schema.ts'
import { type Flag, isDisposable, mailboxOf, trialsBeforeFlag } from '../flags.ts'

/** What is to be looked at in the account that this person opens now. */
export async function signUpFlags(admin: Admin, user: { id: number; email: string }): Promise<Flag[]> {
  const before = await trialsOfMailbox(admin, user)
  return [
    ...(isDisposable(user.email) ? (['disposable'] as const) : []),
    ...(before >= trialsBeforeFlag ? (['third-trial'] as const) : []),
  ]
}

/** How many businesses the other addresses of this mailbox opened. Of a deleted one nobody knows whose it was. */
async function trialsOfMailbox(admin: Admin, user: { id: number; email: string }): Promise<number> {
  const { local, domains, ignoresPoints } = mailboxOf(user.email)
  const untagged = sql`substring_index(substring_index(${users.email}, '@', 1), '+', 1)`
  const own = ignoresPoints ? sql`replace(${untagged}, '.', '')` : untagged
  const [row] = await admin
    .select({ n: count() })
    .from(users)
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.staffId, 1)))
    .innerJoin(tenants, and(eq(tenants.id, memberships.tenantId), isNotNull(tenants.trialStartedAt)))
    .where(
      and(
        ne(users.id, user.id),
        eq(own, local),
        or(...domains.map((domain) => eq(sql`substring_index(${users.email}, '@', -1)`, domain))),
      ),
    )
  return row?.n ?? 0
}
