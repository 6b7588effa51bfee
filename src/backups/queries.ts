import { and, desc, eq, isNotNull, isNull, lte } from 'drizzle-orm'
import { isUncovered } from '#src/backups/covered/covered.ts'
import { coveredUntil } from '#src/backups/covered/queries.ts'
import type { Admin } from '#src/db/admin.ts'
import { backups, tenants } from '#src/db/admin-schema.ts'

export type Backup = typeof backups.$inferSelect
/** A copy that was restored and held exactly what its manifest says. */
export type VerifiedBackup = Backup & { verifiedAt: Date }

/**
 * The newest copy of this business that was restored and found good: everything committed until its `takenAt` is
 * safe. Copies of another business that once had this number do not count, nor what a wrong clock took in the future.
 */
export async function lastVerified(
  admin: Admin,
  tenantId: number,
  now: Date,
): Promise<VerifiedBackup | null> {
  const [row] = await admin
    .select({ backup: backups })
    .from(backups)
    .innerJoin(tenants, and(eq(tenants.id, backups.tenantId), eq(tenants.uid, backups.uid)))
    .where(and(eq(backups.tenantId, tenantId), lte(backups.takenAt, now), isVerified()))
    .orderBy(desc(backups.takenAt), desc(backups.id))
    .limit(1)
  const backup = row?.backup
  return backup?.verifiedAt ? { ...backup, verifiedAt: backup.verifiedAt } : null
}

export type Uncovered = {
  tenantId: number
  businessName: string
  /** Everything until then is safe; null: nothing is. */
  safeUntil: Date | null
}

/**
 * Businesses in which something older than 36 hours may be in no verified copy. Whether anything changed is known
 * only where a later copy holds the same content; any doubt warns. One that has just signed up has its first 36 hours.
 */
export async function uncovered(admin: Admin, now: Date): Promise<Uncovered[]> {
  const living = await admin
    .select({
      id: tenants.id,
      uid: tenants.uid,
      businessName: tenants.businessName,
      // A spare may be much older than its business.
      startedAt: tenants.trialStartedAt,
      createdAt: tenants.createdAt,
    })
    .from(tenants)
    .where(eq(tenants.status, 'ACTIVO'))
  const safe = await coveredUntil(admin, living, now)
  return living.flatMap(({ id, uid, businessName, startedAt, createdAt }) => {
    const safeUntil = safe.get(uid) ?? null
    if (!isUncovered(safeUntil, startedAt ?? createdAt, now)) return []
    return [{ tenantId: id, businessName: businessName ?? '', safeUntil }]
  })
}

/** Nobody trusts a copy against which something is held. */
const isVerified = () =>
  and(eq(backups.status, 'whole'), isNotNull(backups.verifiedAt), isNull(backups.problem))

/** One night, as `smartket backup list` shows it. */
export type NightRow = {
  night: string
  dumped: number
  carried: number
  verified: number
  uploaded: number
  doubtful: number
  bytes: number
  isLocal: boolean
}

/** Newest first. What the admin database knows, also of nights that only the store still has. */
export async function listNights(admin: Admin, tenantId?: number): Promise<NightRow[]> {
  const rows = await admin
    .select()
    .from(backups)
    .where(tenantId === undefined ? undefined : eq(backups.tenantId, tenantId))
    .orderBy(desc(backups.night))
  const count = (of: Backup[], is: (row: Backup) => boolean) => of.filter(is).length
  return [...Map.groupBy(rows, ({ night }) => night)].map(([night, of]) => ({
    night,
    dumped: count(of, ({ kind }) => kind === 'dumped'),
    carried: count(of, ({ kind }) => kind === 'carried'),
    verified: count(of, (row) => row.verifiedAt !== null && row.problem === null),
    uploaded: count(of, ({ uploadedAt }) => uploadedAt !== null),
    doubtful: count(of, ({ status, problem }) => status === 'failed' || problem !== null),
    bytes: of.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    isLocal: of.some(({ isLocal }) => isLocal),
  }))
}
