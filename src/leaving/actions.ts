import { eq } from 'drizzle-orm'
import { findUser } from '#src/accounts/queries.ts'
import { audit } from '#src/audit/actions.ts'
import { cancelSubscription } from '#src/billing/subscription/actions.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'
import type { ClosingProblem } from './texts.ts'

export { sendClosingNotice, sendClosingNotices } from './notices/actions.ts'

type Who = { tenantId: number; userId: number; address: string }
export type Closed = { ok: true; isNew: boolean } | { ok: false; problem: ClosingProblem }

/**
 * «Cerrar mi cuenta». Nothing more is charged from now on, and no till is opened; everything stays to be read and
 * downloaded for 30 days. Pressing twice closes once, and the 30 days count from the first.
 */
export async function closeAccount(
  { databases, hasher }: Pick<Services, 'databases' | 'hasher'>,
  { password, ...who }: Who & { password: string },
  now: Date,
): Promise<Closed> {
  const { admin } = databases
  const user = await findUser(admin, who.userId)
  if (!(await hasher.verify(password, user?.passwordHash ?? null))) {
    return { ok: false, problem: 'wrong-password' }
  }
  // First: dying in between must not leave a closed account that is charged.
  await cancelSubscription(admin, { tenantId: who.tenantId, userId: who.userId }, now)
  return setClosed(admin, who, now, 'tenant.closed')
}

/** «Volver a abrir mi cuenta»: as long as nothing was deleted. It takes no password: nothing is lost by it. */
export const reopenAccount = (admin: AdminDb, who: Who, now: Date) =>
  setClosed(admin, who, now, 'tenant.reopened')

const setClosed = (admin: AdminDb, { tenantId, userId, address }: Who, now: Date, act: `tenant.${string}`) =>
  inTransaction(admin, async (tx) => {
    const [tenant] = await tx
      .select({ status: tenants.status, closedAt: tenants.closedAt })
      .from(tenants)
      .where(eq(tenants.id, tenantId))
      .for('update')
    const isClosing = act === 'tenant.closed'
    if (tenant?.status !== 'ACTIVO' || (tenant.closedAt !== null) === isClosing)
      return { ok: true as const, isNew: false }
    await tx
      .update(tenants)
      .set({ closedAt: isClosing ? now : null })
      .where(eq(tenants.id, tenantId))
    await audit(tx, { userId, tenantId, act, address, detail: { closedAt: tenant.closedAt } }, now)
    return { ok: true as const, isNew: true }
  })
