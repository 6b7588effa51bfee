import { and, asc, eq, gt, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import { adminTenantId, adminUid } from '#src/backups/manifest.ts'
import { adminDatabase, firstServer } from '#src/db/accounts.ts'
import type { Admin, AdminDb } from '#src/db/admin.ts'
import { backups, tenants } from '#src/db/admin-schema.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import { migrationFiles } from '#src/db/migrations.ts'
import type { Source } from './decision.ts'

/** The founding document's own query, with whose each database is; all of them, or those asked for. */
export function businessesToCopy(admin: AdminDb, ids?: readonly number[]): Promise<Source[]> {
  return admin
    .select({
      tenantId: tenants.id,
      uid: tenants.uid,
      generation: tenants.generation,
      nombreDb: tenants.nombreDb,
      serverId: tenants.serverId,
      schemaVersion: tenants.schemaVersion,
    })
    .from(tenants)
    .where(and(eq(tenants.status, 'ACTIVO'), ids ? inArray(tenants.id, [...ids]) : undefined))
    .orderBy(asc(tenants.id))
}

/** Businesses whose tables are being changed at this moment: a copy of them would hold half of a migration. */
export async function migrating(admin: AdminDb, now: Date): Promise<Set<number>> {
  const rows = await admin
    .select({ tenantId: schemaMigrations.tenantId })
    .from(schemaMigrations)
    .where(and(eq(schemaMigrations.state, 'running'), gt(schemaMigrations.leaseUntil, now)))
  return new Set(rows.map(({ tenantId }) => tenantId))
}

export const adminSource = (): Source => ({
  tenantId: adminTenantId,
  uid: adminUid,
  generation: 1,
  nombreDb: adminDatabase,
  serverId: firstServer,
  schemaVersion: migrationFiles('admin').at(-1)?.version ?? 0,
})

/** `<tenant> <night>` of every copy whose verification found something. */
export async function doubtfulCopies(admin: AdminDb): Promise<Set<string>> {
  const rows = await admin
    .select({ tenantId: backups.tenantId, night: backups.night, dumpedOn: backups.dumpedOn })
    .from(backups)
    .where(or(eq(backups.status, 'failed'), isNotNull(backups.problem)))
  return new Set(
    rows.flatMap((row) => [copyKey(row.tenantId, row.night), copyKey(row.tenantId, row.dumpedOn)]),
  )
}

export const copyKey = (tenantId: number, night: string) => `${tenantId} ${night}`

/** When the copies of that night were found good by a restore: of these very bytes (`fileKey`), and of no others. */
export async function verifiedAtOf(admin: AdminDb, night: string): Promise<Map<string, Date>> {
  const rows = await admin
    .select({ tenantId: backups.tenantId, sha256: backups.sha256, verifiedAt: backups.verifiedAt })
    .from(backups)
    .where(
      and(
        eq(backups.night, night),
        eq(backups.status, 'whole'),
        isNotNull(backups.verifiedAt),
        isNull(backups.problem),
      ),
    )
  return new Map(rows.flatMap((row) => (row.verifiedAt ? [[fileKey(row), row.verifiedAt] as const] : [])))
}

export const fileKey = ({ tenantId, sha256 }: { tenantId: number; sha256: string | null }) =>
  `${tenantId} ${sha256}`

/** What is known of one night's files, by tenant. */
export function rowsOfNight(admin: Admin, night: string, tenantIds: readonly number[]) {
  return admin
    .select({
      id: backups.id,
      tenantId: backups.tenantId,
      uid: backups.uid,
      generation: backups.generation,
      sha256: backups.sha256,
    })
    .from(backups)
    .where(and(eq(backups.night, night), inArray(backups.tenantId, [...tenantIds])))
}

/** `<tenant> <night>` and SHA-256 of every copy that was restored and found good. */
export async function verifiedCopies(admin: AdminDb): Promise<Map<string, string | null>> {
  const rows = await admin
    .select({ tenantId: backups.tenantId, night: backups.night, sha256: backups.sha256 })
    .from(backups)
    .where(and(eq(backups.status, 'whole'), isNotNull(backups.verifiedAt), isNull(backups.problem)))
  return new Map(rows.map((row) => [copyKey(row.tenantId, row.night), row.sha256]))
}

/** The uids of businesses that are gone for good. */
export async function deletedBusinesses(admin: AdminDb): Promise<Set<string>> {
  const rows = await admin.select({ uid: tenants.uid }).from(tenants).where(eq(tenants.status, 'BORRADO'))
  return new Set(rows.map(({ uid }) => uid))
}
