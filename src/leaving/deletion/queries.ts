import { and, asc, count, eq, gte, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { accountOf } from '#src/billing/queries.ts'
import type { Admin } from '#src/db/admin.ts'
import { auditLog, backups, jobRuns, payments, tenants } from '#src/db/admin-schema.ts'
import type { Db, TenantIdentity } from '#src/db/tenant.ts'
import { listTables } from '#src/exports/contents/queries.ts'
import { limaDate } from '#src/lib/lima.ts'
import { acceptedNotices } from '#src/notices/queries.ts'
import type { Tenant } from '#src/tenants/queries.ts'
import { type Leaving, leavingOf } from '../leaving.ts'
import { closingAccepted } from '../queries.ts'
import { type Copy, type DeletionFacts, steadyDays, todayFrom } from './deletion.ts'

export const deletionJob = 'delete-businesses'
export const deletedAct = 'tenant.deleted'

/** Where a business stands on its way out, with the mails that were taken. */
export async function leavingFacts(admin: Admin, tenant: Tenant, db: Db, now: Date): Promise<Leaving | null> {
  const leaving = leavingOf(await accountOf(tenant, db, now))
  if (!leaving) return null
  const { why, since } = leaving
  return why === 'closed'
    ? { why, since, accepted: await closingAccepted(admin, tenant.id, since) }
    : { why, since, accepted: await acceptedNotices(admin, tenant.id, limaDate(since)) }
}

/** Is the file of this copy on this machine? `id` is the business's. */
export type HasFile = (copy: { id: number; night: string }) => Promise<boolean>

export async function deletionFacts(
  admin: Admin,
  { tenant, db, hasFile }: { tenant: Tenant; db: Db; hasFile: HasFile },
  now: Date,
): Promise<DeletionFacts> {
  const { id, paidUntil } = tenant
  const leaving = await leavingFacts(admin, tenant, db, now)
  const waiting = and(eq(payments.tenantId, id), eq(payments.status, 'declared'))
  const paid = { paidUntil, hasPaymentWaiting: (await admin.$count(payments, waiting)) > 0 }
  if (!leaving) return { leaving, lastChangeAt: now, copies: [], ...paid }
  const copies = await copiesOf(admin, tenant, hasFile)
  return { leaving, lastChangeAt: await lastChange(db), copies, ...paid }
}

async function copiesOf(
  admin: Admin,
  { id, uid, generation }: TenantIdentity,
  hasFile: HasFile,
): Promise<Copy[]> {
  const rows = await admin
    .select()
    .from(backups)
    .where(and(eq(backups.tenantId, id), eq(backups.uid, uid), eq(backups.generation, generation)))
  return Promise.all(
    rows.map(async (row) => ({
      takenAt: row.takenAt,
      verifiedAt: row.verifiedAt,
      isWhole: row.status === 'whole',
      isKept: row.uploadedAt !== null || (await hasFile({ id, night: row.night })),
    })),
  )
}

/**
 * The last trace of a change: the latest instant in any row (an end that lies ahead is no change), and what the
 * server remembers of its tables, which it forgets when it restarts.
 */
export async function lastChange(db: Db): Promise<Date> {
  let last = new Date(0)
  const seen = (text: unknown) => {
    const at = text ? new Date(`${String(text).replace(' ', 'T')}Z`) : null
    if (at && at > last) last = at
  }
  for (const { name, columns } of await listTables(db)) {
    const instants = columns.filter(({ name, type }) => type.startsWith('datetime') && !/_until$/.test(name))
    if (instants.length === 0) continue
    const maxima = instants.map((column) => sql`max(${sql.identifier(column.name)})`)
    const rows = await rowsOf(db, sql`select ${sql.join(maxima, sql`, `)} from ${sql.identifier(name)}`)
    for (const text of Object.values(rows[0] ?? {})) seen(text)
  }
  const rows = await rowsOf(
    db,
    sql`select max(update_time) as at from information_schema.tables where table_schema = database()`,
  )
  seen(rows[0]?.at)
  return last
}

async function rowsOf(db: Db, statement: SQL): Promise<Record<string, unknown>[]> {
  const [rows] = (await db.execute(statement)) as unknown as [Record<string, unknown>[]]
  return rows
}

/** When the deletion job ended, as far back as it must have run without a gap. */
export async function heartbeats(admin: Admin, now: Date): Promise<Date[]> {
  const rows = await admin
    .select({ at: jobRuns.finishedAt })
    .from(jobRuns)
    .where(
      and(
        eq(jobRuns.job, deletionJob),
        inArray(jobRuns.status, ['done', 'failed']),
        isNotNull(jobRuns.finishedAt),
        gte(jobRuns.finishedAt, new Date(now.getTime() - steadyDays * 86_400_000)),
      ),
    )
  return rows.flatMap(({ at }) => (at ? [at] : []))
}

export async function deletedToday(admin: Admin, now: Date): Promise<number> {
  const [row] = await admin
    .select({ n: count() })
    .from(auditLog)
    .where(and(eq(auditLog.act, deletedAct), gte(auditLog.at, todayFrom(now))))
  return row?.n ?? 0
}

/** Rows that were deleted while their database is still there: whoever did it died in between. */
export const listHalfDeleted = (admin: Admin): Promise<TenantIdentity[]> =>
  admin
    .select({
      id: tenants.id,
      uid: tenants.uid,
      generation: tenants.generation,
      nombreDb: tenants.nombreDb,
      serverId: tenants.serverId,
    })
    .from(tenants)
    .where(and(eq(tenants.status, 'BORRADO'), isNotNull(tenants.leaseUntil)))
    .orderBy(asc(tenants.id))
