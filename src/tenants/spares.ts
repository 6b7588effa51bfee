import { asc, count, eq } from 'drizzle-orm'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { identity } from './spares-discarded.ts'
import { makeSpare } from './spares-made.ts'

export { discardHalfMade } from './spares-discarded.ts'
export { makeSpare, type SpareStep } from './spares-made.ts'

/**
 * A spare is taken in the same transaction as the user and the membership, by primary key, past rows that
 * others hold: an UPDATE with LIMIT 1 died in 593 of 640 claims (OPERATIONS.md, section 1). null: there is
 * none, make one with `makeSpare` and claim again.
 */
export async function claimSpare(tx: AdminTx): Promise<TenantIdentity | null> {
  const [spare] = await tx
    .select(identity)
    .from(tenants)
    .where(eq(tenants.status, 'RESERVA'))
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
  let made = 0
  while ((await countSpares(databases.admin)) < howMany) {
    signal?.throwIfAborted()
    await makeSpare(databases, clock)
    made++
  }
  return made
}

async function countSpares(admin: AdminDb): Promise<number> {
  const [row] = await admin.select({ spares: count() }).from(tenants).where(eq(tenants.status, 'RESERVA'))
  return row?.spares ?? 0
}
