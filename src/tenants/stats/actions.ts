import { and, eq } from 'drizzle-orm'
import type { AdminTx } from '#src/db/admin.ts'
import { tenantStats, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { describeError } from '#src/db/errors.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { JobContext } from '#src/jobs/schedule.ts'
import { ownerMail } from '#src/notices/queries.ts'
import { eachTenant, type Tenant } from '../queries.ts'
import { findStats, type OwnStats, readStats } from './queries.ts'
import { isStale } from './stats.ts'

type Refreshing = Pick<JobContext, 'databases' | 'log'>

/** What the console shows of every business. One that is broken keeps the figures it had, and stops no other. */
export async function refreshStats(
  { databases, log }: Refreshing,
  now: Date,
  signal?: AbortSignal,
): Promise<void> {
  const failed = await eachTenant(databases, async (tenant, db) => {
    if (!signal?.aborted) await refreshStatsOf(databases, { tenant, db }, now)
  })
  signal?.throwIfAborted()
  for (const { tenantId, error } of failed) {
    log.error({ tenantId, error: describeError(error) }, 'stats of a business could not be read')
  }
  if (failed.length > 0) throw new Error(`failed for ${failed.length} of the businesses`)
}

/** Nothing is read where it was read a moment ago. */
export async function refreshStatsOf(
  { admin }: Databases,
  { tenant, db }: { tenant: Tenant; db: TenantDb },
  now: Date,
): Promise<void> {
  const before = await findStats(admin, tenant.id)
  if (!isStale(before, tenant.createdAt, now)) return
  const own = await readStats(db, tenant.trial.trialSales, before, now)
  await inTransaction(admin, (tx) => keep(tx, tenant.id, { ...own, refreshedAt: now }))
}

/** A business that was deleted while it was read is not named again: the deletion holds the same lock. */
async function keep(tx: AdminTx, tenantId: number, stats: OwnStats & { refreshedAt: Date }) {
  const isHere = and(eq(tenants.id, tenantId), eq(tenants.status, 'ACTIVO'))
  const [tenant] = await tx.select({ id: tenants.id }).from(tenants).where(isHere).for('update')
  if (!tenant) return { ok: true as const }
  const set = { ...stats, ownerEmail: (await ownerMail(tx, tenantId)) ?? '' }
  await tx
    .insert(tenantStats)
    .values({ tenantId, ...set })
    .onDuplicateKeyUpdate({ set })
  return { ok: true as const }
}
