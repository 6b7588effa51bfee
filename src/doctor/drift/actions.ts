import { audit } from '#src/audit/actions.ts'
import type { Databases } from '#src/db/databases.ts'
import { type Drift, driftOf } from './queries.ts'

/**
 * Derives every account again that is not as it was made: a lost or changed master key, an account that somebody
 * gave more than it should have. Databases are never touched. What is still wrong afterwards is in the answer.
 */
export async function mendAccounts(
  databases: Databases,
  masterKey: Buffer,
  serverId: number,
  now: Date,
): Promise<{ mended: number; left: Drift }> {
  const drift = await driftOf(databases, masterKey, serverId, now)
  if (drift.ownAccounts.length > 0) await databases.provision((root) => root.prepareServer(), serverId)
  for (const { tenant, user, problem } of drift.accounts) {
    // An account of a database that holds somebody else's sales would open them.
    if (drift.foreign.some(({ id }) => id === tenant.id)) continue
    await databases.provision((root) => root.renewTenantAccount(tenant), serverId)
    await audit(
      databases.admin,
      { tenantId: tenant.id, act: 'tenant.account-renewed', detail: { user, problem } },
      now,
    )
  }
  const left = await driftOf(databases, masterKey, serverId, now)
  const mended =
    drift.accounts.length + drift.ownAccounts.length - left.accounts.length - left.ownAccounts.length
  return { mended, left }
}
