import { and, desc, eq, gte, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/mysql-core'
import { type LastCopy, newestSafe, type Taken } from '#src/backups/covered/covered.ts'
import type { Admin } from '#src/db/admin.ts'
import { backups } from '#src/db/admin-schema.ts'
import { limaDate } from '#src/lib/lima.ts'

/** Nobody trusts a copy against which something is held. */
const isWhole = and(eq(backups.status, 'whole'), isNull(backups.problem))

const taken = {
  uid: backups.uid,
  takenAt: backups.takenAt,
  verifiedAt: backups.verifiedAt,
  contentHash: backups.contentHash,
}

/** What an owner reads of her copies comes from this: one cheap read. null: there is no copy of this business. */
export async function lastCopy(
  admin: Admin,
  { id, uid }: { id: number; uid: string },
  now: Date,
): Promise<LastCopy | null> {
  // What comes from the future was taken by a wrong clock.
  const own = and(eq(backups.tenantId, id), eq(backups.uid, uid), lte(backups.takenAt, now), isWhole)
  const newest = (where: typeof own) =>
    admin
      .select({ ...taken, salesMade: backups.salesMade, salesCentimos: backups.salesCentimos })
      .from(backups)
      .where(where)
      .orderBy(desc(backups.takenAt))
      .limit(1)
  const rows = await unionAll(newest(and(own, isNotNull(backups.verifiedAt))), newest(own))
  const last = rows.find(({ verifiedAt }) => verifiedAt !== null) ?? rows[0]
  if (!last) return null
  const safe = newestSafe(rows)
  const { salesMade, salesCentimos } = last
  return { takenAt: safe ?? last.takenAt, isVerified: safe !== null, salesMade, salesCentimos }
}

/**
 * Until when each business is in a verified copy, by its uid; who is not in it has none. Of a healthy installation
 * only the last nights are read, whatever the number of years.
 */
export async function coveredUntil(
  admin: Admin,
  businesses: readonly { id: number; uid: string }[],
  now: Date,
): Promise<Map<string, Date>> {
  const since = limaDate(new Date(now.getTime() - lastNights * 86_400_000))
  // What comes from the future was taken by a wrong clock.
  const recent = await admin
    .select(taken)
    .from(backups)
    .where(and(gte(backups.night, since), lte(backups.takenAt, now), isWhole))
  const byUid = Map.groupBy<string, Taken>(recent, ({ uid }) => uid)
  const unsafe = businesses.filter(({ uid }) => newestSafe(byUid.get(uid) ?? []) === null)
  const older = unsafe.length === 0 ? [] : await verifiedOf(admin, unsafe, now)
  for (const row of older) byUid.set(row.uid, [...(byUid.get(row.uid) ?? []), row])
  return new Map(
    businesses.flatMap(({ uid }) => {
      const safe = newestSafe(byUid.get(uid) ?? [])
      return safe ? [[uid, safe] as const] : []
    }),
  )
}

/** The last 36 hours lie within so many nights. */
const lastNights = 3

function verifiedOf(admin: Admin, businesses: readonly { id: number }[], now: Date): Promise<Taken[]> {
  const ids = businesses.map(({ id }) => id)
  return admin
    .select(taken)
    .from(backups)
    .where(
      and(inArray(backups.tenantId, ids), isNotNull(backups.verifiedAt), lte(backups.takenAt, now), isWhole),
    )
}
