import { eq } from 'drizzle-orm'
import type { Mail } from '#src/accounts/mailer.ts'
import { audit } from '#src/audit/actions.ts'
import type { Admin, AdminTx } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { describeError } from '#src/db/errors.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { JobContext } from '#src/jobs/schedule.ts'
import { databaseClock, ownerMail } from '#src/notices/queries.ts'
import { eachTenant, findTenant, type Tenant } from '#src/tenants/queries.ts'
import { mayGoFrom } from '../leaving.ts'
import { type DeletionProblem, deletionProblems, type RunProblem, runProblems } from './deletion.ts'
import { forgetPeople } from './forgetting/actions.ts'
import {
  deletedAct,
  deletedToday,
  deletionFacts,
  heartbeats,
  leavingFacts,
  listHalfDeleted,
} from './queries.ts'

type Context = Pick<JobContext, 'databases' | 'config' | 'mailer'>
type GoodbyeLetter = (to: string, about: { businessName: string; link: string }) => Mail

export type Deleted =
  | { ok: true; businessName: string }
  | { ok: false; problems: (DeletionProblem | RunProblem | 'gone')[] }

/** Deletes every business whose time has come, at most three a day. Safe to run again, also after dying in it. */
export async function deleteLeavers(context: JobContext, goodbye: GoodbyeLetter, now: Date): Promise<void> {
  const { databases, log } = context
  for (const tenant of await listHalfDeleted(databases.admin)) await dropDatabase(databases, tenant)
  const failed = await eachTenant(databases, async (tenant, db) => {
    const leaving = await leavingFacts(databases.admin, tenant, db, now)
    const from = leaving && mayGoFrom(leaving)
    // The rest is asked only of those whose time has come: it reads every table.
    if (!from || now < from) return
    await deleteTenant(context, goodbye, { id: tenant.id, hasOperatorsYes: false }, now)
  })
  for (const { tenantId, error } of failed) {
    log.error({ tenantId, error: describeError(error) }, 'a business could not be deleted')
  }
}

/**
 * Deletes one business for good, if nothing speaks against it. First its row and everybody's way in, in one
 * transaction with the line in the audit log; then its account and its database.
 */
export async function deleteTenant(
  { databases, config, mailer }: Context,
  goodbye: GoodbyeLetter,
  { id, hasOperatorsYes }: { id: number; hasOperatorsYes: boolean },
  now: Date,
): Promise<Deleted> {
  const { admin } = databases
  const to = await ownerMail(admin, id)
  const deleted = await inTransaction(admin, async (tx) => {
    const tenant = await lockedTenant(tx, id)
    if (!tenant) return { ok: false as const, problems: ['gone' as const] }
    const facts = await deletionFacts(tx, tenant, databases.tenant(tenant), now)
    const problems = [...deletionProblems(facts, now), ...(await problemsOfRun(tx, hasOperatorsYes, now))]
    if (problems.length > 0) return { ok: false as const, problems }
    await forgetPeople(tx, id, now)
    await markDeleted(tx, tenant, now)
    const reason = facts.leaving?.why === 'closed' ? 'closed by its owner' : 'locked for 12 months'
    const detail = { why: facts.leaving?.why, since: facts.leaving?.since, yes: hasOperatorsYes }
    await audit(tx, { tenantId: id, act: deletedAct, reason, detail }, now)
    return { ok: true as const, tenant }
  })
  if (!deleted.ok) return deleted
  const { tenant } = deleted
  await dropDatabase(databases, tenant)
  const about = { businessName: tenant.businessName, link: config.landingOrigin }
  if (to) mailer.send('closing', async () => goodbye(to, about))
  return { ok: true, businessName: tenant.businessName }
}

/** What speaks against it, without doing anything: the operator looks before saying yes. */
export async function whyNotDeleted({ databases }: Pick<Context, 'databases'>, tenant: Tenant, now: Date) {
  const facts = await deletionFacts(databases.admin, tenant, databases.tenant(tenant), now)
  return [...deletionProblems(facts, now), ...(await problemsOfRun(databases.admin, true, now))]
}

/** Nobody can reopen it, pay for it or delete it at the same time. */
async function lockedTenant(tx: AdminTx, id: number): Promise<Tenant | null> {
  await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, id)).for('update')
  return findTenant(tx, id)
}

async function problemsOfRun(tx: Admin, hasOperatorsYes: boolean, now: Date): Promise<RunProblem[]> {
  return runProblems({
    clocks: { app: now, database: await databaseClock(tx), store: null },
    heartbeats: await heartbeats(tx, now),
    deletedToday: await deletedToday(tx, now),
    hasOperatorsYes,
  })
}

/** The row stays, so that its number and its database's name are never given to another. */
const markDeleted = (tx: AdminTx, { id }: Tenant, now: Date) =>
  tx
    .update(tenants)
    .set({ status: 'BORRADO', businessName: null, flags: '', leaseUntil: now })
    .where(eq(tenants.id, id))

/** `lease_until` says that the database may still be there; it goes with it. May be done twice. */
async function dropDatabase(databases: Databases, tenant: TenantIdentity): Promise<void> {
  await databases.provision(async (root) => {
    // A database with another uid holds somebody else's sales: it stays.
    const uid = await root.uidInDatabase(tenant)
    if (uid === null || uid === tenant.uid) await root.dropTenant(tenant)
  })
  await databases.admin.update(tenants).set({ leaseUntil: null }).where(eq(tenants.id, tenant.id))
}
