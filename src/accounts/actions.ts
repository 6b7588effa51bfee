import { and, eq } from 'drizzle-orm'
import { findOwner } from '#src/accounts/queries.ts'
import { newToken } from '#src/accounts/token.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { emailConfirmations, memberships, plans, tenants, users } from '#src/db/admin-schema.ts'
import { describeError, errno } from '#src/db/errors.ts'
import { errnoOf, inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'
import { isOutdated } from '#src/http/hashing.ts'
import { signUpFlags } from '#src/tenants/flags/queries.ts'
import { type Rubro, rubroOf } from '#src/tenants/rubro.ts'
import { claimSpare, keepSpares, makeSpare } from '#src/tenants/spares.ts'

export type NewAccount = { email: string; password: string; businessName: string; rubro: Rubro | null }
type Opened = { ok: true; userId: number; tenantId: number; confirmation: string }
type NotOpened = { ok: false; problem: 'email-taken' | 'no-spare' }
export type SignedUp = Opened | { ok: false; problem: 'email-taken' }

const day = 86_400_000
/** How long the welcome mail may lie unread. */
export const confirmationDays = 14
/** The owner's row in every new database. */
const ownerStaffId = 1
/** Others may take the spare that we have just made; nobody is that unlucky five times. */
const tries = 5

/**
 * Opens the account of a new owner: e-mail, business and its database in one transaction, so that whatever
 * stops it leaves nothing, and the spare ready for the next. The password is hashed before: a hash takes
 * longer than everything else, and no lock should wait for it.
 */
export async function signUp(services: Services, account: NewAccount, now: Date): Promise<SignedUp> {
  const { databases, hasher, clock } = services
  const passwordHash = await hasher.hash(account.password)
  for (let i = 0; i < tries; i++) {
    const opened = await inTransaction(databases.admin, (tx) =>
      openAccount(tx, { ...account, passwordHash }, now),
    )
    if (opened.ok) {
      refillSpares(services)
      return opened
    }
    if (opened.problem === 'email-taken') return { ok: false, problem: 'email-taken' }
    await makeSpare(databases, clock)
  }
  throw new Error('no spare database could be claimed')
}

/** The writes of a sign-up, for a transaction. A spare that is not taken in the end stays a spare. */
export async function openAccount(
  tx: AdminTx,
  account: Omit<NewAccount, 'password'> & { passwordHash: string },
  now: Date,
): Promise<Opened | NotOpened> {
  // First the e-mail: of two sign-ups at once with one address the second waits here for the first.
  const userId = await insertUser(tx, account, now)
  if (userId === null) return { ok: false, problem: 'email-taken' }
  const spare = await claimSpare(tx)
  if (!spare) return { ok: false, problem: 'no-spare' }
  await tx
    .update(tenants)
    .set({
      ...(await asBusiness(tx, account, now)),
      flags: (await signUpFlags(tx, { id: userId, email: account.email })).join(' '),
    })
    .where(eq(tenants.id, spare.id))
  await tx.insert(memberships).values({ userId, tenantId: spare.id, staffId: ownerStaffId })
  const confirmation = await insertConfirmation(tx, { userId, email: account.email }, now)
  return { ok: true, userId, tenantId: spare.id, confirmation }
}

async function insertUser(
  tx: AdminTx,
  { email, passwordHash }: { email: string; passwordHash: string },
  now: Date,
): Promise<number | null> {
  try {
    const [user] = await tx.insert(users).values({ email, passwordHash, createdAt: now }).$returningId()
    return user?.id ?? null
  } catch (error) {
    if (errnoOf(error) === errno.duplicateEntry) return null
    throw error
  }
}

/** Without a rubro the trial is the pollería's: for them SmartKet is made. */
async function asBusiness(tx: AdminTx, account: Pick<NewAccount, 'businessName' | 'rubro'>, now: Date) {
  const code = account.rubro ? rubroOf(account.rubro).trialPlan : 'TRIAL_POLLERIA'
  const [plan] = await tx.select({ days: plans.trialDays }).from(plans).where(eq(plans.code, code))
  if (!plan) throw new Error(`the plan ${code} is missing`)
  return {
    status: 'ACTIVO' as const,
    businessName: account.businessName,
    rubro: account.rubro,
    plan: code,
    trialStartedAt: now,
    trialEndsAt: plan.days === null ? null : new Date(now.getTime() + plan.days * day),
  }
}

/** A link for exactly this address. Returns the token that only the mail may know. */
export async function insertConfirmation(
  tx: AdminDb | AdminTx,
  { userId, email }: { userId: number; email: string },
  now: Date,
): Promise<string> {
  const { token, tokenHash } = newToken()
  const expiresAt = new Date(now.getTime() + confirmationDays * day)
  await tx.insert(emailConfirmations).values({ tokenHash, userId, email, expiresAt, createdAt: now })
  return token
}

function refillSpares({ databases, config, log, clock }: Services): void {
  keepSpares(databases, config.spares, clock).catch((error: unknown) =>
    log.error({ error: describeError(error) }, 'spare databases could not be made'),
  )
}

export type SignedIn = { ok: true; userId: number; tenantId: number } | { ok: false; problem: 'no-match' }

/** The same refusal after the same work whether the account exists or not. */
export async function signIn(
  { databases, hasher }: Services,
  { email, password }: { email: string; password: string },
): Promise<SignedIn> {
  const owner = await findOwner(databases.admin, email)
  const matches = await hasher.verify(password, owner?.passwordHash ?? null)
  if (!owner || !matches) return { ok: false, problem: 'no-match' }
  if (isOutdated(owner.passwordHash)) {
    const passwordHash = await hasher.hash(password)
    await databases.admin
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, owner.id), eq(users.passwordHash, owner.passwordHash)))
  }
  return { ok: true, userId: owner.id, tenantId: owner.tenantId }
}
