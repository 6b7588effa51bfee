import { and, eq, isNull, lte, max } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { jobRuns, keptDatabases, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { isConnectionLost, ServerUnknown } from '#src/db/errors.ts'
import type { Provisioner } from '#src/db/provisioner.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { clocksAgree } from '#src/notices/notice.ts'
import { databaseClock } from '#src/notices/queries.ts'
import { hasDatabase, hasSales, type KeptRow } from '../queries.ts'

export type SweepReport = {
  dropped: string[]
  /** Left alone, with the reason: somebody should look. */
  left: { database: string; why: 'in-use' | 'of-another' | 'sold-since' }[]
}

/** By itself, every night: not where a clock may be wrong, for what is dropped is gone. */
export async function sweepKeptJob(
  databases: Databases,
  now: Date,
  signal?: AbortSignal,
  say: (line: string) => void = () => {},
): Promise<SweepReport> {
  if (!clocksAgree(now, await databaseClock(databases.admin)))
    throw new Error('the clocks of this machine and of the database differ: nothing is dropped')
  const before = await lastEndBefore(databases.admin, new Date(now.getTime() - hourMs))
  if (before && now.getTime() - before.getTime() > longestSilenceMs)
    throw new Error('nothing ran for 48 hours before this one: is the clock right? Nothing is dropped today')
  const report = await sweepKept(databases, now, signal)
  for (const database of report.dropped) say(`${database} dropped: its days are over`)
  for (const { database, why } of report.left) say(`${database} left alone: ${why}`)
  return report
}
const hourMs = 3_600_000
const longestSilenceMs = 48 * hourMs

async function lastEndBefore(admin: AdminDb, at: Date): Promise<Date | null> {
  const [row] = await admin
    .select({ at: max(jobRuns.finishedAt) })
    .from(jobRuns)
    .where(lte(jobRuns.finishedAt, at))
  return row?.at ?? null
}

/**
 * Drops the databases whose 7 days are over. Never one that a business works in, that holds another's data, or in
 * which something was sold after it was put aside: after an admin database came back from a copy, the books may
 * be older than the databases.
 */
export async function sweepKept(databases: Databases, now: Date, signal?: AbortSignal): Promise<SweepReport> {
  const report: SweepReport = { dropped: [], left: [] }
  const due = await databases.admin
    .select()
    .from(keptDatabases)
    .where(and(isNull(keptDatabases.droppedAt), lte(keptDatabases.keptUntil, now)))
  for (const kept of due) {
    signal?.throwIfAborted()
    const why = await databases.provision((root) => dropKept(databases, root, kept), kept.serverId)
    if (why) {
      report.left.push({ database: kept.nombreDb, why })
      continue
    }
    await databases.admin.update(keptDatabases).set({ droppedAt: now }).where(eq(keptDatabases.id, kept.id))
    const detail = { database: kept.nombreDb, server: kept.serverId, why: kept.why }
    await audit(databases.admin, { tenantId: kept.tenantId, act: 'tenant.kept-dropped', detail }, now)
    report.dropped.push(kept.nombreDb)
  }
  return report
}

async function dropKept(
  databases: Databases,
  root: Provisioner,
  kept: KeptRow,
): Promise<SweepReport['left'][number]['why'] | null> {
  const [user] = await databases.admin
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(eq(tenants.nombreDb, kept.nombreDb), eq(tenants.serverId, kept.serverId)))
  if (user) return 'in-use'
  const [owner] = await databases.admin.select().from(tenants).where(eq(tenants.id, kept.tenantId))
  const was: TenantIdentity = { ...kept, id: kept.tenantId, uid: owner?.uid ?? '' }
  const uid = await root.uidInDatabase(was)
  if (uid !== null && uid !== was.uid) return 'of-another'
  // What is being made holds sales that were carried into it: nobody ever sold there.
  if (kept.why !== 'making' && (await soldAfter(root, kept))) return 'sold-since'
  await root.dropTenantAccount(was)
  await root.query(`drop database if exists \`${kept.nombreDb}\``)
  return null
}

async function soldAfter(root: Provisioner, { nombreDb, keptAt }: KeptRow): Promise<boolean> {
  if (!(await hasDatabase(root, nombreDb)) || !(await hasSales(root, nombreDb))) return false
  const rows = (await root.query(`select 1 from \`${nombreDb}\`.sales where received_at > ? limit 1`, [
    keptAt,
  ])) as unknown[]
  return rows.length > 0
}

/**
 * What restores and moves that died have left of this business: made for a generation that never came. For whoever
 * holds the lease. On a server that is away it waits for the sweep: it is in nobody's way.
 */
export async function sweepUnfinished(
  databases: Databases,
  tenant: TenantIdentity,
  now: Date = new Date(),
): Promise<void> {
  const unfinished = and(
    eq(keptDatabases.tenantId, tenant.id),
    eq(keptDatabases.why, 'making'),
    isNull(keptDatabases.droppedAt),
  )
  for (const mark of await databases.admin.select().from(keptDatabases).where(unfinished)) {
    try {
      const why = await databases.provision((root) => dropKept(databases, root, mark), mark.serverId)
      if (!why) await spend(databases, mark.id, now)
    } catch (error) {
      if (!isConnectionLost(error) && !(error instanceof ServerUnknown)) throw error
    }
  }
}

/**
 * A database that was being made and will not be needed: gone at once. Its line in the books stays, so that its
 * number is not given again.
 */
export async function forgetKept(
  databases: Databases,
  made: TenantIdentity,
  now: Date = new Date(),
): Promise<void> {
  const here = and(
    eq(keptDatabases.nombreDb, made.nombreDb),
    eq(keptDatabases.serverId, made.serverId),
    eq(keptDatabases.why, 'making'),
    isNull(keptDatabases.droppedAt),
  )
  // Only what is still marked: the swap takes its mark away. Writing waits for a swap whose answer was lost.
  const [claimed] = await databases.admin.update(keptDatabases).set({ keptUntil: now }).where(here)
  if (claimed.affectedRows === 0) return
  await databases.provision(async (root) => {
    await root.dropTenantAccount(made)
    await root.query(`drop database if exists \`${made.nombreDb}\``)
  }, made.serverId)
  await databases.admin.update(keptDatabases).set({ droppedAt: now }).where(here)
}

const spend = ({ admin }: Databases, id: number, now: Date) =>
  admin.update(keptDatabases).set({ droppedAt: now }).where(eq(keptDatabases.id, id))

/** If this process dies, the half-filled database goes with those that nobody works in. */
const unfinishedMs = 86_400_000

export async function markUnfinished(databases: Databases, to: TenantIdentity, now: Date): Promise<void> {
  await databases.admin.insert(keptDatabases).values({
    tenantId: to.id,
    nombreDb: to.nombreDb,
    generation: to.generation,
    serverId: to.serverId,
    why: 'making',
    keptAt: now,
    keptUntil: new Date(now.getTime() + unfinishedMs),
  })
}
