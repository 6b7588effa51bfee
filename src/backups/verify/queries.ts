import { and, count, desc, eq, gte, isNotNull, isNull, lt, lte, max, ne, or } from 'drizzle-orm'
import { fileKey } from '#src/backups/night/queries.ts'
import type { Admin } from '#src/db/admin.ts'
import { backups } from '#src/db/admin-schema.ts'
import type { Db } from '#src/db/tenant.ts'
import { sales } from '#src/db/tenant-schema.ts'
import { limaDate } from '#src/lib/lima.ts'

/** When each file was last restored and found equal since then, by its SHA-256. */
export async function restoredFiles(admin: Admin, since: Date, now: Date): Promise<Map<string, Date>> {
  const rows = await admin
    .select({ sha256: backups.sha256, verifiedAt: max(backups.verifiedAt) })
    .from(backups)
    .where(and(eq(backups.status, 'whole'), gte(backups.verifiedAt, since), lte(backups.verifiedAt, now)))
    .groupBy(backups.sha256)
  return new Map(
    rows.flatMap(({ sha256, verifiedAt }) => (sha256 && verifiedAt ? [[sha256, verifiedAt] as const] : [])),
  )
}

/** When a copy of each business was last restored and found equal, by its number. */
export async function verifiedLast(admin: Admin, now: Date): Promise<Map<number, Date>> {
  const rows = await admin
    .select({ tenantId: backups.tenantId, verifiedAt: max(backups.verifiedAt) })
    .from(backups)
    .where(and(eq(backups.status, 'whole'), lte(backups.verifiedAt, now)))
    .groupBy(backups.tenantId)
  return new Map(
    rows.flatMap(({ tenantId, verifiedAt }) => (verifiedAt ? [[tenantId, verifiedAt] as const] : [])),
  )
}

/**
 * The last nights that have copies on this disk which nobody has verified yet or found wanting, newest first. Not
 * one alone: a copy of one business after midnight begins a night too. A night of the future is a wrong clock's.
 */
export async function waitingNights(admin: Admin, now: Date): Promise<string[]> {
  const rows = await admin
    .selectDistinct({ night: backups.night })
    .from(backups)
    .where(
      and(
        lte(backups.night, limaDate(now)),
        gte(backups.night, limaDate(new Date(now.getTime() - lastNights * 86_400_000))),
        eq(backups.status, 'whole'),
        eq(backups.isLocal, true),
        isNull(backups.verifiedAt),
      ),
    )
    .orderBy(desc(backups.night))
  return rows.map(({ night }) => night)
}
const lastNights = 3

/** `<tenant> <SHA-256>` of each copy of a night that was verified, or found wanting: neither is looked at again. */
export async function judgedFiles(admin: Admin, night: string): Promise<Set<string>> {
  const rows = await admin
    .select({ tenantId: backups.tenantId, sha256: backups.sha256 })
    .from(backups)
    .where(and(eq(backups.night, night), or(isNotNull(backups.verifiedAt), ne(backups.status, 'whole'))))
  return new Set(rows.map(fileKey))
}

/** Sales that the till's server had taken in before an instant. */
export async function salesReceivedBefore(db: Db, at: Date): Promise<number> {
  const [row] = await db.select({ n: count() }).from(sales).where(lt(sales.receivedAt, at))
  return row?.n ?? 0
}
