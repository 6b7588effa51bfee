import { and, eq, inArray, isNull, lt } from 'drizzle-orm'
import { newToken } from '#src/accounts/token.ts'
import { audit } from '#src/audit/actions.ts'
import type { Admin, AdminDb } from '#src/db/admin.ts'
import { operatorRecoveryCodes, operatorSessions, operators, supportGrants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'
import { openSecret, recoveryCodeHash, sealSecret, stepOfCode } from '#src/operator/totp.ts'
import { findOperator } from './queries.ts'

type SignIn = { email: string; password: string; code: string; address: string }
export type SignedIn = { ok: true; token: string } | { ok: false; problem: 'no-match' }

/**
 * Password and code together. The same refusal after the same work whichever of the three is wrong; a code is
 * used up only by who has the password too.
 */
export async function signInOperator(
  { databases, hasher, config, log }: Services,
  { email, password, code, address }: SignIn,
  now: Date,
): Promise<SignedIn> {
  const operator = await findOperator(databases.admin, email)
  const isPassword = await hasher.verify(password, operator?.passwordHash ?? null)
  const nobodys = { id: 0, email: 'nobody', totpSecret: nobodysSecret(config.masterKey) }
  const proof = proofOf({ config, log }, operator ?? nobodys, code, now) ?? proofOfNothing
  const provenId = operator && isPassword ? operator.id : nobodys.id
  return inTransaction(databases.admin, async (tx) => {
    if (!(await useUp(tx, provenId, proof, now))) return { ok: false, problem: 'no-match' }
    const { token, tokenHash } = newToken()
    await tx
      .insert(operatorSessions)
      .values({ id: tokenHash, operatorId: provenId, createdAt: now, lastSeenAt: now })
    const detail = { proof: proof.kind }
    await audit(tx, { operatorId: provenId, act: 'operator.signed-in', detail, address }, now)
    return { ok: true, token }
  })
}

/** One code for one act. False: it is not of now, or it was used before, be it by a request at the same moment. */
export async function useCode(
  { databases, config, log }: Pick<Services, 'databases' | 'config' | 'log'>,
  operatorId: number,
  code: string,
  now: Date,
): Promise<boolean> {
  const [operator] = await databases.admin.select().from(operators).where(eq(operators.id, operatorId))
  const proof = operator ? proofOf({ config, log }, operator, code, now) : null
  return proof ? useUp(databases.admin, operatorId, proof, now) : false
}

type Proof = { kind: 'totp'; step: number } | { kind: 'recovery'; codeHash: string }

/** A step that is before every other: where nothing was proven, the same statement changes no row. */
const proofOfNothing: Proof = { kind: 'totp', step: -1 }

/** What this code would be: a step of the telephone's, or a recovery code, of which only the database knows more. */
function proofOf(
  services: Pick<Services, 'config' | 'log'>,
  operator: { id: number; email: string; totpSecret: string },
  code: string,
  now: Date,
): Proof | null {
  const secret = secretOf(services, operator)
  const step = secret === null ? null : stepOfCode(secret, code, now)
  if (step !== null) return { kind: 'totp', step }
  const codeHash = recoveryCodeHash(code)
  return codeHash ? { kind: 'recovery', codeHash } : null
}

/** null: sealed under another master key. For whoever types it is one more code that is not good. */
function secretOf(
  { config, log }: Pick<Services, 'config' | 'log'>,
  operator: { id: number; email: string; totpSecret: string },
): string | null {
  try {
    return openSecret(config.masterKey, operator.email, operator.totpSecret)
  } catch {
    log.error(
      { operatorId: operator.id },
      "an operator's secret does not open with this master key: smartket operators reset-totp",
    )
    return null
  }
}

/** One statement that looks and writes: of two requests with one code exactly one changes the row. */
async function useUp(tx: Admin, operatorId: number, proof: Proof, now: Date): Promise<boolean> {
  const [{ affectedRows }] =
    proof.kind === 'totp'
      ? await tx
          .update(operators)
          .set({ totpLastStep: proof.step })
          .where(
            and(
              eq(operators.id, operatorId),
              eq(operators.active, true),
              lt(operators.totpLastStep, proof.step),
            ),
          )
      : await tx
          .update(operatorRecoveryCodes)
          .set({ usedAt: now })
          .where(
            and(
              eq(operatorRecoveryCodes.codeHash, proof.codeHash),
              eq(operatorRecoveryCodes.operatorId, operatorId),
              isNull(operatorRecoveryCodes.usedAt),
            ),
          )
  return affectedRows === 1
}

export async function noticeOperator(admin: AdminDb, sessionId: string, now: Date): Promise<void> {
  await admin.update(operatorSessions).set({ lastSeenAt: now }).where(eq(operatorSessions.id, sessionId))
}

/** Out of the console is out of the business that she was looking into, too. */
export async function endOperatorSession(admin: AdminDb, sessionId: string): Promise<void> {
  const whose = admin
    .select({ id: operatorSessions.operatorId })
    .from(operatorSessions)
    .where(eq(operatorSessions.id, sessionId))
  await admin
    .update(supportGrants)
    .set({ codeHash: null, sessionHash: null })
    .where(inArray(supportGrants.operatorId, whose))
  await admin.delete(operatorSessions).where(eq(operatorSessions.id, sessionId))
}

const sealedForNobody = new WeakMap<Buffer, string>()

function nobodysSecret(masterKey: Buffer): string {
  const sealed = sealedForNobody.get(masterKey) ?? sealSecret(masterKey, 'nobody', 'A'.repeat(32))
  sealedForNobody.set(masterKey, sealed)
  return sealed
}
