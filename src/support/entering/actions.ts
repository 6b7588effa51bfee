import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { newToken, tokenHashOf } from '#src/accounts/token.ts'
import { audit } from '#src/audit/actions.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { operators, supportGrants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { entryCode, isFreshCode, isOpen } from '#src/support/support.ts'

/** An operator is about to enter: the code that opens the door on the app's host, once. null: no permission holds. */
export async function beginEntry(
  admin: AdminDb,
  { grantId, operatorId }: { grantId: number; operatorId: number },
  now: Date,
): Promise<string | null> {
  const code = entryCode(randomBytes(32).toString('base64url'), now)
  const [{ affectedRows }] = await admin
    .update(supportGrants)
    // Whoever was inside is out: one at a time, and what is written down is the one who looks.
    .set({ codeHash: tokenHashOf(code), sessionHash: null, operatorId })
    .where(
      and(eq(supportGrants.id, grantId), isNull(supportGrants.endedAt), gt(supportGrants.expiresAt, now)),
    )
  return affectedRows === 1 ? code : null
}

type Entered = { ok: true; token: string; expiresAt: Date } | { ok: false; problem: 'over' }

/** The code for a cookie. Of two with one code one enters. */
export async function enterSupport(
  admin: AdminDb,
  { code, address }: { code: string; address: string },
  now: Date,
): Promise<Entered> {
  if (!isFreshCode(code, now)) return { ok: false, problem: 'over' }
  return inTransaction(admin, async (tx): Promise<Entered> => {
    const [grant] = await tx
      .select({
        id: supportGrants.id,
        tenantId: supportGrants.tenantId,
        expiresAt: supportGrants.expiresAt,
        endedAt: supportGrants.endedAt,
        operatorId: operators.id,
      })
      .from(supportGrants)
      .innerJoin(operators, and(eq(operators.id, supportGrants.operatorId), eq(operators.active, true)))
      .where(eq(supportGrants.codeHash, tokenHashOf(code)))
      .for('update')
    if (!grant || !isOpen(grant, now)) return { ok: false, problem: 'over' }
    const { token, tokenHash } = newToken()
    await tx
      .update(supportGrants)
      .set({ codeHash: null, sessionHash: tokenHash, enteredAt: now, lastSeenAt: now })
      .where(eq(supportGrants.id, grant.id))
    const { operatorId, tenantId } = grant
    const act = { operatorId, tenantId, act: 'support.entered', detail: { grant: grant.id }, address }
    await audit(tx, act, now)
    return { ok: true, token, expiresAt: grant.expiresAt }
  })
}

/** The operator leaves by herself; the permission lasts, for her or another to come back. */
export async function leaveSupport(admin: AdminDb, sessionHash: string, now: Date): Promise<void> {
  await inTransaction(admin, async (tx) => {
    const [grant] = await tx
      .select({
        id: supportGrants.id,
        tenantId: supportGrants.tenantId,
        operatorId: supportGrants.operatorId,
      })
      .from(supportGrants)
      .where(eq(supportGrants.sessionHash, sessionHash))
      .for('update')
    if (!grant) return { ok: true as const }
    await tx
      .update(supportGrants)
      .set({ sessionHash: null, lastSeenAt: now })
      .where(eq(supportGrants.id, grant.id))
    const who = grant.operatorId === null ? {} : { operatorId: grant.operatorId }
    await audit(
      tx,
      { ...who, tenantId: grant.tenantId, act: 'support.left', detail: { grant: grant.id } },
      now,
    )
    return { ok: true as const }
  })
}
