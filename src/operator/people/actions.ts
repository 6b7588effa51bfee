import { and, eq } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { operatorRecoveryCodes, operatorSessions, operators, supportGrants } from '#src/db/admin-schema.ts'
import { errno } from '#src/db/errors.ts'
import { errnoOf, inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'
import { newRecoveryCodes, newTotpSecret, recoveryCodeHash, sealSecret } from '#src/operator/totp.ts'

/** What is shown once and never again: the telephone's secret, and the codes in its place. */
export type Proofs = { secret: string; recoveryCodes: string[] }
export type Made = { ok: true; id: number } & Proofs
type Refused<P extends string> = { ok: false; problem: P }

/** One more person who may enter the console. */
export async function createOperator(
  { databases, config, hasher }: Pick<Services, 'databases' | 'config' | 'hasher'>,
  { name, email, password }: { name: string; email: string; password: string },
  now: Date,
): Promise<Made | Refused<'email-taken'>> {
  const passwordHash = await hasher.hash(password)
  const proofs = newProofs()
  const totpSecret = sealSecret(config.masterKey, email, proofs.secret)
  return inTransaction(databases.admin, async (tx) => {
    const id = await insertOperator(tx, { name, email, passwordHash, totpSecret, createdAt: now })
    if (id === null) return { ok: false, problem: 'email-taken' }
    await insertRecoveryCodes(tx, id, proofs)
    await audit(tx, { operatorId: id, act: 'operator.created', detail: { email } }, now)
    return { ok: true, id, ...proofs }
  })
}

/** From now on this person is out, also where she is in. What she did keeps her name. */
export function disableOperator(admin: AdminDb, email: string, now: Date) {
  return inTransaction(admin, async (tx): Promise<{ ok: true } | Refused<'unknown'>> => {
    const operator = await lockOperator(tx, email)
    if (!operator) return { ok: false, problem: 'unknown' }
    await tx.update(operators).set({ active: false }).where(eq(operators.id, operator.id))
    await signOutEverywhere(tx, operator.id)
    await audit(tx, { operatorId: operator.id, act: 'operator.disabled' }, now)
    return { ok: true }
  })
}

/** A new password, also for whoever was disabled: she is in again, and out of every session that there is. */
export async function resetPassword(
  { databases, hasher }: Pick<Services, 'databases' | 'hasher'>,
  { email, password }: { email: string; password: string },
  now: Date,
): Promise<{ ok: true } | Refused<'unknown'>> {
  const passwordHash = await hasher.hash(password)
  return inTransaction(databases.admin, async (tx): Promise<{ ok: true } | Refused<'unknown'>> => {
    const [operator] = await tx.select().from(operators).where(eq(operators.email, email)).for('update')
    // The collation takes «olgá» for «olga».
    if (operator?.email !== email) return { ok: false, problem: 'unknown' }
    await tx.update(operators).set({ passwordHash, active: true }).where(eq(operators.id, operator.id))
    await signOutEverywhere(tx, operator.id)
    await audit(tx, { operatorId: operator.id, act: 'operator.password-reset' }, now)
    return { ok: true }
  })
}

/** For a lost telephone: another secret, other recovery codes, and out of every session. */
export function resetTotp(
  { databases, config }: Pick<Services, 'databases' | 'config'>,
  email: string,
  now: Date,
) {
  return inTransaction(databases.admin, async (tx): Promise<Made | Refused<'unknown'>> => {
    const operator = await lockOperator(tx, email)
    if (!operator) return { ok: false, problem: 'unknown' }
    const proofs = newProofs()
    const totpSecret = sealSecret(config.masterKey, operator.email, proofs.secret)
    await tx.update(operators).set({ totpSecret, totpLastStep: 0 }).where(eq(operators.id, operator.id))
    await tx.delete(operatorRecoveryCodes).where(eq(operatorRecoveryCodes.operatorId, operator.id))
    await insertRecoveryCodes(tx, operator.id, proofs)
    await signOutEverywhere(tx, operator.id)
    await audit(tx, { operatorId: operator.id, act: 'operator.totp-reset' }, now)
    return { ok: true, id: operator.id, ...proofs }
  })
}

const newProofs = (): Proofs => ({ secret: newTotpSecret(), recoveryCodes: newRecoveryCodes() })

async function insertOperator(tx: AdminTx, operator: typeof operators.$inferInsert): Promise<number | null> {
  try {
    const [row] = await tx.insert(operators).values(operator).$returningId()
    return row?.id ?? null
  } catch (error) {
    if (errnoOf(error) === errno.duplicateEntry) return null
    throw error
  }
}

async function insertRecoveryCodes(tx: AdminTx, operatorId: number, { recoveryCodes }: Proofs) {
  for (const code of recoveryCodes) {
    const codeHash = recoveryCodeHash(code)
    if (codeHash) await tx.insert(operatorRecoveryCodes).values({ codeHash, operatorId })
  }
}

async function lockOperator(tx: AdminTx, email: string) {
  const [operator] = await tx
    .select({ id: operators.id, email: operators.email })
    .from(operators)
    .where(and(eq(operators.email, email), eq(operators.active, true)))
    .for('update')
  return operator?.email === email ? operator : null
}

/** Out of the console, and out of every business that lets her look. */
async function signOutEverywhere(tx: AdminTx, operatorId: number): Promise<void> {
  await tx.delete(operatorSessions).where(eq(operatorSessions.operatorId, operatorId))
  await tx
    .update(supportGrants)
    .set({ codeHash: null, sessionHash: null })
    .where(eq(supportGrants.operatorId, operatorId))
}
