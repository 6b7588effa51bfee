import { and, desc, eq, gt, isNull, lt, max } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { keptDatabases } from '#src/db/admin-schema.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'

/** Above every number that a database of this business ever had, also where nothing came of it. */
export async function nextGeneration(admin: AdminDb, tenant: TenantIdentity): Promise<number> {
  const [row] = await admin
    .select({ last: max(keptDatabases.generation) })
    .from(keptDatabases)
    .where(eq(keptDatabases.tenantId, tenant.id))
  return Math.max(tenant.generation, row?.last ?? 0) + 1
}

/** The server from which its last move took it, while what it left there is kept; null: it was not moved. */
export async function movedFrom(admin: AdminDb, tenant: TenantIdentity, now: Date): Promise<number | null> {
  const [row] = await admin
    .select({ serverId: keptDatabases.serverId })
    .from(keptDatabases)
    .where(
      and(
        eq(keptDatabases.tenantId, tenant.id),
        eq(keptDatabases.why, 'move'),
        // What a move that died left of its new database has a number that is yet to come.
        lt(keptDatabases.generation, tenant.generation),
        isNull(keptDatabases.droppedAt),
        gt(keptDatabases.keptUntil, now),
      ),
    )
    .orderBy(desc(keptDatabases.generation))
    .limit(1)
  return row?.serverId ?? null
}

/** Databases that a move or a restore was making for it, and that nobody has worked in. */
export function unfinished(admin: AdminDb, tenant: TenantIdentity) {
  return admin
    .select()
    .from(keptDatabases)
    .where(
      and(
        eq(keptDatabases.tenantId, tenant.id),
        eq(keptDatabases.why, 'making'),
        isNull(keptDatabases.droppedAt),
      ),
    )
}
