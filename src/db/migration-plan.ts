import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { AdminDb } from './admin.ts'
import { tenantStats, tenants } from './admin-schema.ts'
import { schemaMigrations } from './migration-table.ts'
import { type Migration, newestVersion } from './migrations.ts'
import type { TenantIdentity } from './tenant.ts'

/** A database that lacks a file. `applied`: what it has had, version → hash. */
export type Behind = TenantIdentity & {
  isSpare: boolean
  /** Being restored or moved: it is left alone, and migrated by the first request afterwards. */
  isBusy: boolean
  applied: ReadonlyMap<number, string>
}

/**
 * Spares before businesses: a migration that fails should fail where nobody sells. Among businesses those
 * that sold last come first, since somebody may be waiting there.
 */
export async function tenantsBehind(admin: AdminDb, files: readonly Migration[]): Promise<Behind[]> {
  const all = await admin
    .select({
      id: tenants.id,
      uid: tenants.uid,
      generation: tenants.generation,
      nombreDb: tenants.nombreDb,
      serverId: tenants.serverId,
      status: tenants.status,
      schemaVersion: tenants.schemaVersion,
      isBusy: sql`coalesce(${tenants.busyUntil} > utc_timestamp(3), 0)`.mapWith(Boolean),
    })
    .from(tenants)
    .leftJoin(tenantStats, eq(tenantStats.tenantId, tenants.id))
    .where(inArray(tenants.status, ['RESERVA', 'ACTIVO']))
    .orderBy(desc(tenants.status), desc(tenantStats.lastSaleAt), asc(tenants.id))
  const applied = await appliedByTenant(admin)
  return all.flatMap(({ status, schemaVersion, ...tenant }) => {
    const had = applied.get(tenant.id) ?? new Map<number, string>()
    // Its row may say more than is there, or less: the one is a file to run, the other a number to write.
    const isBehind =
      schemaVersion < newestVersion(files) || files.some((file) => had.get(file.version) !== file.hash)
    return isBehind ? [{ ...tenant, isSpare: status === 'RESERVA', applied: had }] : []
  })
}

async function appliedByTenant(admin: AdminDb): Promise<Map<number, Map<number, string>>> {
  const rows = await admin
    .select({
      tenantId: schemaMigrations.tenantId,
      version: schemaMigrations.version,
      hash: schemaMigrations.hash,
    })
    .from(schemaMigrations)
    .where(eq(schemaMigrations.state, 'done'))
  const byTenant = new Map<number, Map<number, string>>()
  for (const { tenantId, version, hash } of rows) {
    const had = byTenant.get(tenantId) ?? new Map<number, string>()
    byTenant.set(tenantId, had.set(version, hash))
  }
  return byTenant
}

export type Canaries<T = Behind> = { first: T[]; passesNeeded: 'all' | 'one' }

/** So many of the first that fail are taken for the file's own fault. */
const failuresAtMost = 3

/**
 * Who goes first, one after the other. Chosen: all of them must pass. Otherwise one spare and one business;
 * a business that fails may be the only one of its kind, so up to three are asked before the rest is given up.
 */
export function canariesOf<T extends Pick<Behind, 'id' | 'isSpare'>>(
  queue: readonly T[],
  chosen?: readonly number[],
): Canaries<T> {
  if (chosen) return { first: queue.filter(({ id }) => chosen.includes(id)), passesNeeded: 'all' }
  const spares = queue.filter(({ isSpare }) => isSpare)
  const businesses = queue.filter(({ isSpare }) => !isSpare)
  const first = [
    ...spares.slice(0, businesses.length > 0 ? 1 : failuresAtMost),
    ...businesses.slice(0, failuresAtMost),
  ]
  return { first, passesNeeded: 'one' }
}

/** Among those who were chosen, businesses or spares that no row of this installation names. */
export async function unknownCanaries(admin: AdminDb, chosen: readonly number[]): Promise<number[]> {
  if (chosen.length === 0) return []
  const rows = await admin
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(inArray(tenants.id, [...chosen]), inArray(tenants.status, ['RESERVA', 'ACTIVO'])))
  const known = new Set(rows.map(({ id }) => id))
  return chosen.filter((id) => !known.has(id))
}

/** Are all that were chosen there, and none of them behind? Then they were tried by an earlier run. */
export async function haveAllPassed(
  admin: AdminDb,
  chosen: readonly number[],
  behind: readonly Behind[],
): Promise<boolean> {
  if (chosen.length === 0 || behind.some(({ id }) => chosen.includes(id))) return false
  return (await unknownCanaries(admin, chosen)).length === 0
}
