import { eq } from 'drizzle-orm'
import type { Mail } from '#src/accounts/mailer.ts'
import { audit } from '#src/audit/actions.ts'
import { eraseCopies } from '#src/backups/store/keys/actions.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'
import { describeError } from '#src/db/errors.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { removeZips } from '#src/exports/files/actions.ts'
import { exportFiles } from '#src/exports/queries.ts'
import type { JobContext } from '#src/jobs/schedule.ts'
import { ownerMail } from '#src/notices/queries.ts'
import { eachTenant, findTenant, type Tenant, type TenantFailure } from '#src/tenants/queries.ts'
import { isDue } from '../leaving.ts'
import type { DeletionProblem, RunProblem } from './deletion.ts'
import { forgetPeople } from './forgetting/actions.ts'
import { type Judging, judged } from './judging/queries.ts'
import { deletedAct, leavingFacts, listHalfDeleted } from './queries.ts'

export { whyNotDeleted } from './judging/queries.ts'

type Context = Judging & Pick<JobContext, 'mailer'>
type GoodbyeLetter = (to: string, about: { businessName: string; link: string }) => Mail

export type Deleted =
  | { ok: true; businessName: string }
  | { ok: false; problems: (DeletionProblem | RunProblem | 'gone')[] }

/**
 * Deletes every business whose time has come, at most three a day. One that is broken stops no other, and one that
 * stays although its time has come is told in the log every night. Safe to run again, also after dying in it.
 */
export async function deleteLeavers(
  context: JobContext & Context,
  goodbye: GoodbyeLetter,
  now: Date,
): Promise<void> {
  const { databases, log } = context
  const failed = await finishHalfDeleted(context, now)
  const failedNow = await eachTenant(databases, async (tenant, db) => {
    const leaving = await leavingFacts(databases.admin, tenant, db, now)
    // The rest is asked only of those whose time has come: it reads every table.
    if (!leaving || !isDue(leaving, now)) return
    const asked = { id: tenant.id, hasOperatorsYes: false }
    const deleted = await deleteTenant(context, goodbye, asked, now)
    if (deleted.ok) return
    log.error({ tenantId: tenant.id, problems: deleted.problems }, 'its time has come, but it is not deleted')
  })
  failed.push(...failedNow)
  for (const { tenantId, error } of failed) {
    log.error({ tenantId, error: describeError(error) }, 'a business could not be deleted')
  }
  if (failed.length > 0) throw new Error(`failed for ${failed.length} of the businesses`)
}

/**
 * Deletes one business for good, if nothing speaks against it. First its row and everybody's way in, in one
 * transaction with the line in the audit log; then its account and its database.
 */
export async function deleteTenant(
  context: Context,
  goodbye: GoodbyeLetter,
  { id, hasOperatorsYes }: { id: number; hasOperatorsYes: boolean },
  now: Date,
): Promise<Deleted> {
  const { databases, config, mailer } = context
  const { admin } = databases
  const to = await ownerMail(admin, id)
  const deleted = await inTransaction(admin, async (tx) => {
    const tenant = await lockedTenant(tx, id)
    if (!tenant) return { ok: false as const, problems: ['gone' as const] }
    const { facts, problems } = await judged(context, tx, { tenant, hasOperatorsYes }, now)
    if (problems.length > 0) return { ok: false as const, problems }
    const zips = await exportFiles(tx, id)
    await forgetPeople(tx, id, now)
    await markDeleted(tx, tenant, now)
    const reason = facts.leaving?.why === 'closed' ? 'closed by its owner' : 'locked for 12 months'
    const detail = { why: facts.leaving?.why, since: facts.leaving?.since, yes: hasOperatorsYes }
    await audit(tx, { tenantId: id, act: deletedAct, reason, detail }, now)
    return { ok: true as const, tenant, zips }
  })
  if (!deleted.ok) return deleted
  const { tenant, zips } = deleted
  await removeZips(config.dataFolder, zips)
  await dropDatabase(context, tenant, now)
  const about = { businessName: tenant.businessName, link: config.landingOrigin }
  if (to) mailer.send('closing', async () => goodbye(to, about))
  return { ok: true, businessName: tenant.businessName }
}

/** Nobody can reopen it, pay for it or delete it at the same time. */
async function lockedTenant(tx: AdminTx, id: number): Promise<Tenant | null> {
  await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, id)).for('update')
  return findTenant(tx, id)
}

/** The row stays, so that its number and its database's name are never given to another. */
const markDeleted = (tx: AdminTx, { id }: Tenant, now: Date) =>
  tx
    .update(tenants)
    .set({ status: 'BORRADO', businessName: null, flags: '', leaseUntil: now })
    .where(eq(tenants.id, id))

/** Of whoever died between the row and the database. */
async function finishHalfDeleted(context: Context, now: Date): Promise<TenantFailure[]> {
  const failed: TenantFailure[] = []
  for (const tenant of await listHalfDeleted(context.databases.admin)) {
    await dropDatabase(context, tenant, now).catch((error: unknown) =>
      failed.push({ tenantId: tenant.id, error }),
    )
  }
  return failed
}

/**
 * `lease_until` says that the database may still be there, or the key of its copies elsewhere; it goes with them. May
 * be done twice.
 */
async function dropDatabase(
  { databases, config }: Context,
  tenant: TenantIdentity,
  now: Date,
): Promise<void> {
  await databases.provision(async (root) => {
    // A database with another uid holds somebody else's sales: it stays.
    const uid = await root.uidInDatabase(tenant)
    if (uid === null || uid === tenant.uid) await root.dropTenant(tenant)
  }, tenant.serverId)
  if (config.store) await eraseCopies(databases.admin, tenant.id, now)
  await databases.admin.update(tenants).set({ leaseUntil: null }).where(eq(tenants.id, tenant.id))
}
