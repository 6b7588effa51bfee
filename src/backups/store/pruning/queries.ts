import { and, desc, eq, inArray, isNotNull, lt, lte, max, or, sql } from 'drizzle-orm'
import { adminTenantId } from '#src/backups/manifest.ts'
import type { Admin } from '#src/db/admin.ts'
import { backups, jobRuns, tenantKeys, tenants } from '#src/db/admin-schema.ts'

const isGood = and(eq(backups.status, 'whole'), isNotNull(backups.verifiedAt), isNotNull(backups.uploadedAt))

/**
 * The nights in which a living business, or the admin database, has its newest verified copy there. A night of a
 * clock that ran ahead is nobody's newest.
 */
export async function neededNights(admin: Admin, today: string): Promise<Set<string>> {
  const living = admin.select({ id: tenants.id }).from(tenants).where(eq(tenants.status, 'ACTIVO'))
  const ofLiving = or(eq(backups.tenantId, adminTenantId), inArray(backups.tenantId, living))
  const rows = await admin
    .select({ night: max(backups.night) })
    .from(backups)
    .where(and(isGood, lte(backups.night, today), ofLiving))
    .groupBy(backups.tenantId)
  return new Set(rows.flatMap(({ night }) => night ?? []))
}

/**
 * From when on somebody's changes are in no verified copy there: of the newest such copies of all living
 * businesses and the admin database the oldest; of a business without any its first day. null: nothing is verified.
 */
export async function verifiedFrom(admin: Admin, now: Date): Promise<Date | null> {
  const newest = await admin
    .select({ tenantId: backups.tenantId, uid: backups.uid, takenAt: max(backups.takenAt) })
    .from(backups)
    .where(and(isGood, lte(backups.takenAt, now)))
    .groupBy(backups.tenantId, backups.uid)
  if (newest.length === 0) return null
  const takenAt = new Map(newest.map((row) => [`${row.tenantId} ${row.uid}`, row.takenAt]))
  const living = await admin
    .select({ id: tenants.id, uid: tenants.uid, createdAt: tenants.createdAt })
    .from(tenants)
    .where(eq(tenants.status, 'ACTIVO'))
  const since = [
    ...newest.flatMap((row) => (row.tenantId === adminTenantId ? (row.takenAt ?? []) : [])),
    ...living.map(({ id, uid, createdAt }) => takenAt.get(`${id} ${uid}`) ?? createdAt),
  ]
  return since.reduce((oldest, at) => (at < oldest ? at : oldest), now)
}

/** Whether a business has a younger key than copies there: the old one was lost and only the store has it. */
export async function hasReplacedKeys(admin: Admin): Promise<boolean> {
  const rows = await admin
    .select({ tenantId: tenantKeys.tenantId })
    .from(tenantKeys)
    .innerJoin(backups, and(eq(backups.tenantId, tenantKeys.tenantId), eq(backups.uid, tenantKeys.uid)))
    .where(lt(backups.uploadedAt, sql`${tenantKeys.createdAt} - interval 1 hour`))
    .limit(1)
  return rows.length > 0
}

/** When any job last ended, more than an hour ago: what ended since may have seen a clock that leapt already. */
export async function lastBeat(admin: Admin, now: Date): Promise<Date | null> {
  const [row] = await admin
    .select({ at: jobRuns.finishedAt })
    .from(jobRuns)
    .where(and(isNotNull(jobRuns.finishedAt), lte(jobRuns.finishedAt, new Date(now.getTime() - 3_600_000))))
    .orderBy(desc(jobRuns.finishedAt))
    .limit(1)
  return row?.at ?? null
}

/** Nothing of that night is in the store any more. */
export async function forgetNight(admin: Admin, night: string): Promise<void> {
  await admin.update(backups).set({ uploadedAt: null }).where(eq(backups.night, night))
}
