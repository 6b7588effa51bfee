import { and, asc, count, eq } from 'drizzle-orm'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { newestVersion } from '#src/db/migrations.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { listServers } from '#src/servers/queries.ts'
import { giveUpSpares, identity } from './spares-discarded.ts'
import { makeSpare } from './spares-made.ts'

export { discardHalfMade, giveUpSpares } from './spares-discarded.ts'
export { makeSpare, type SpareStep } from './spares-made.ts'

/**
 * A spare is taken in the same transaction as the user and the membership, by primary key, past rows that
 * others hold: an UPDATE with LIMIT 1 died in 593 of 640 claims (OPERATIONS.md, section 1). null: there is
 * none, make one with `makeSpare` and claim again. One whose migration failed, or that a newer release made,
 * is nobody's to be given.
 */
export async function claimSpare(tx: AdminTx): Promise<TenantIdentity | null> {
  const [spare] = await tx
    .select(identity)
    .from(tenants)
    .where(isClaimable())
    .orderBy(asc(tenants.id))
    .limit(1)
    .for('update', { skipLocked: true })
  if (!spare) return null
  await tx.update(tenants).set({ status: 'ACTIVO' }).where(eq(tenants.id, spare.id))
  return spare
}

/**
 * Makes as many spares as are missing, or as many as there is time for before `signal`. Two processes at once
 * may make one too many, which does no harm.
 */
export async function keepSpares(
  databases: Databases,
  howMany: number,
  clock: () => Date,
  signal?: AbortSignal,
): Promise<number> {
  const draining = (await listServers(databases.admin)).filter((server) => server.status === 'draining')
  await giveUpSpares(
    databases.admin,
    draining.map((server) => server.id),
  )
  let made = 0
  while ((await countSpares(databases.admin)) < howMany) {
    signal?.throwIfAborted()
    await makeSpare(databases, clock)
    made++
  }
  return made
}

async function countSpares(admin: AdminDb): Promise<number> {
  const [row] = await admin.select({ spares: count() }).from(tenants).where(isClaimable())
  return row?.spares ?? 0
}

const isClaimable = () => and(eq(tenants.status, 'RESERVA'), eq(tenants.schemaVersion, newestVersion()))
