import { and, asc, eq, inArray, lt } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { inTransaction } from '#src/db/transaction.ts'

/** While CREANDO: without a sign of life for so long, its maker is taken for dead. */
const leaseMs = 120_000
/**
 * Undoes what a dead maker left: sessions, account and database, then the row. The number is never given out
 * again. Whoever discards takes the lease first, so that two processes do not meet; dying here too leaves
 * the row to the next.
 */
export async function discardHalfMade(databases: Databases, now: Date): Promise<number> {
  let discarded = 0
  for (;;) {
    const tenant = await takeExpired(databases.admin, now)
    if (!tenant) return discarded
    await undo(databases, tenant)
    discarded++
  }
}

async function takeExpired(admin: AdminDb, now: Date): Promise<TenantIdentity | null> {
  const taken = await inTransaction(admin, async (tx) => {
    const [tenant] = await tx
      .select(identity)
      .from(tenants)
      .where(and(eq(tenants.status, 'CREANDO'), lt(tenants.leaseUntil, now)))
      .orderBy(asc(tenants.id))
      .limit(1)
      .for('update', { skipLocked: true })
    if (!tenant) return { ok: true, tenant: null }
    await tx
      .update(tenants)
      .set({ leaseUntil: leaseFrom(now) })
      .where(eq(tenants.id, tenant.id))
    return { ok: true, tenant }
  })
  return taken.tenant
}

/** The spares of a server that takes no more businesses: nobody claims them, and the next discarding undoes them. */
export async function giveUpSpares(admin: AdminDb, serverIds: readonly number[]): Promise<number> {
  if (serverIds.length === 0) return 0
  const [given] = await admin
    .update(tenants)
    .set({ status: 'CREANDO', leaseUntil: new Date(0) })
    .where(and(eq(tenants.status, 'RESERVA'), inArray(tenants.serverId, [...serverIds])))
  return given.affectedRows
}

/** May be done twice, and by two at once. */
export async function undo(databases: Databases, tenant: TenantIdentity): Promise<void> {
  await databases.provision(async (root) => {
    // A database with another uid was there before us and holds somebody's sales: it stays.
    const uid = await root.uidInDatabase(tenant)
    if (uid === null || uid === tenant.uid) await root.dropTenant(tenant)
  }, tenant.serverId)
  await forget(databases.admin, tenant)
}

/** Only a row that is still half-made: never a business, never a spare. */
export async function forget(admin: AdminDb, tenant: TenantIdentity): Promise<void> {
  await admin.delete(schemaMigrations).where(eq(schemaMigrations.tenantId, tenant.id))
  await admin.delete(tenants).where(and(eq(tenants.id, tenant.id), eq(tenants.status, 'CREANDO')))
}

export const identity = {
  id: tenants.id,
  uid: tenants.uid,
  generation: tenants.generation,
  nombreDb: tenants.nombreDb,
  serverId: tenants.serverId,
}

export const leaseFrom = (now: Date) => new Date(now.getTime() + leaseMs)
