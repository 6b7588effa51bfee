import { and, eq } from 'drizzle-orm'
import { databaseName } from '#src/db/accounts.ts'
import { keptDatabases } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { errno, errnoOf, isConnectionLost, ServerUnknown } from '#src/db/errors.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import type { Tenant } from '#src/tenants/queries.ts'
import { nextGeneration, unfinished } from '../queries.ts'

/** What a move that died has made goes with the next move, or with the sweep of kept databases a day later. */
const unfinishedMs = 86_400_000
/** Databases that stand where no book knows of them: more means that somebody should look. */
const takenNamesAtMost = 20

/** The empty database of the next generation, in the books before it is there: one that dies leaves a trace. */
export async function createTarget(
  databases: Databases,
  tenant: Tenant,
  serverId: number,
  now: Date,
): Promise<TenantIdentity> {
  const { admin } = databases
  return databases.provision(async (root) => {
    // Whatever happened to that server since it was added: what comes now shall have copies.
    await root.prepareServer()
    const next = await nextGeneration(admin, tenant)
    for (let generation = next; generation <= next + takenNamesAtMost; generation++) {
      const nombreDb = databaseName(tenant.id, generation)
      const target = { id: tenant.id, uid: tenant.uid, generation, nombreDb, serverId }
      await admin.insert(keptDatabases).values({
        tenantId: tenant.id,
        nombreDb,
        generation,
        serverId,
        why: 'making',
        keptAt: now,
        keptUntil: new Date(now.getTime() + unfinishedMs),
      })
      try {
        await root.createTenantDatabase(target)
        return target
      } catch (error) {
        // Not ours, so nobody may sweep it.
        await spend(databases, target)
        if (errnoOf(error) !== errno.databaseExists) throw error
      }
    }
    throw new Error(
      `${takenNamesAtMost} databases of business ${tenant.id} stand where no book knows of them`,
    )
  }, serverId)
}

/** With the lease in hand: whatever is in the books as being made was left by one that died. */
export async function dropUnfinished(databases: Databases, tenant: Tenant): Promise<void> {
  for (const row of await unfinished(databases.admin, tenant)) {
    const { nombreDb, generation, serverId } = row
    try {
      await discard(databases, { id: tenant.id, uid: tenant.uid, nombreDb, generation, serverId })
    } catch (error) {
      // On a server that is away it waits for the sweep.
      if (!isConnectionLost(error) && !(error instanceof ServerUnknown)) throw error
    }
  }
}

/** Its line in the books stays, so that its number is not given again: the binary log knows it by its name. */
export async function discard(databases: Databases, target: TenantIdentity): Promise<void> {
  await databases.provision(async (root) => {
    await root.dropTenantAccount(target)
    // A database with another uid was there before us and holds somebody's sales: it stays.
    const uid = await root.uidInDatabase(target)
    if (uid === null || uid === target.uid) await root.query(`drop database if exists \`${target.nombreDb}\``)
  }, target.serverId)
  await spend(databases, target)
}

const spend = ({ admin }: Databases, { id, generation, serverId }: TenantIdentity) =>
  admin
    .update(keptDatabases)
    .set({ droppedAt: new Date() })
    .where(
      and(
        eq(keptDatabases.tenantId, id),
        eq(keptDatabases.why, 'making'),
        eq(keptDatabases.generation, generation),
        eq(keptDatabases.serverId, serverId),
      ),
    )
