import { and, eq, isNull } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import { supportGrants, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { grantsToClose, grantsWithAccount, openGrant } from './queries.ts'
import { grantEnd } from './support.ts'

type ByPerson = { tenant: TenantIdentity; userId: number; address: string }

/**
 * The owner lets support look for an hour. Given twice it is the same permission: it does not last longer.
 * Its account is made by the act itself, which reads nothing that anybody typed.
 */
export async function grantSupport(databases: Databases, { tenant, userId, address }: ByPerson, now: Date) {
  const granted = await inTransaction(databases.admin, async (tx) => {
    await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, tenant.id)).for('update')
    const there = await openGrant(tx, tenant.id, now)
    if (there) return { ok: true as const, id: there.id, isNew: false }
    const [row] = await tx
      .insert(supportGrants)
      .values({ tenantId: tenant.id, grantedBy: userId, grantedAt: now, expiresAt: grantEnd(now) })
      .$returningId()
    const id = row?.id ?? 0
    await audit(
      tx,
      { userId, tenantId: tenant.id, act: 'support.granted', detail: { grant: id }, address },
      now,
    )
    return { ok: true as const, id, isNew: true }
  })
  if (!granted.isNew) return granted
  try {
    await databases.provision((root) => root.createSupportAccount(tenant, granted.id), tenant.serverId)
    await dropIfOver(databases, granted.id, tenant.serverId)
  } catch (error) {
    // Without its account it would let nobody look, and stand in the way of another one for an hour.
    await databases.admin.update(supportGrants).set({ endedAt: now }).where(eq(supportGrants.id, granted.id))
    throw error
  }
  return granted
}

/** Ended while its account was being made: whoever ended it found nothing to drop. */
async function dropIfOver(databases: Databases, id: number, serverId: number): Promise<void> {
  const [grant] = await databases.admin.select().from(supportGrants).where(eq(supportGrants.id, id))
  if (grant?.endedAt) await closeAccount(databases, { ...grant, serverId }, grant.endedAt)
}

/** «Terminar ahora»: from this instant nobody looks, and who is looking is cut off. */
export async function endSupport(databases: Databases, { tenant, userId, address }: ByPerson, now: Date) {
  await inTransaction(databases.admin, async (tx) => {
    const there = await openGrant(tx, tenant.id, now)
    if (!there) return { ok: true as const }
    await tx
      .update(supportGrants)
      .set({ endedAt: now, codeHash: null, sessionHash: null })
      .where(and(eq(supportGrants.tenantId, tenant.id), isNull(supportGrants.endedAt)))
    const detail = { grant: there.id }
    await audit(tx, { userId, tenantId: tenant.id, act: 'support.ended', detail, address }, now)
    return { ok: true as const }
  })
  // Only hers: another business's account that does not end is the job's, not Rosa's.
  for (const grant of await grantsToClose(databases.admin, now))
    if (grant.tenantId === tenant.id) await closeAccount(databases, grant, now)
}

/** Drops the account of every permission that is over, and kills its sessions. Safe to repeat; a job does. */
export async function closeSupportAccounts(databases: Databases, now: Date): Promise<void> {
  const problems: unknown[] = []
  for (const grant of await grantsToClose(databases.admin, now))
    await closeAccount(databases, grant, now).catch((error: unknown) => problems.push(error))
  // Those that no permission asks for: an admin database that came back from a copy does not know them.
  for (const serverId of databases.servers.keys())
    await databases
      .provision((root) => root.dropSupportAccountsBut(() => grantsWithAccount(databases.admin)), serverId)
      .catch((error: unknown) => problems.push(error))
  // One that does not end must not keep the others open; the next run tries it again.
  if (problems.length > 0) throw problems[0]
}

async function closeAccount(
  databases: Databases,
  { id, tenantId, serverId }: { id: number; tenantId: number; serverId: number },
  now: Date,
): Promise<void> {
  await databases.provision((root) => root.dropSupportAccounts(tenantId, id), serverId)
  await databases.admin
    .update(supportGrants)
    .set({ accountDroppedAt: now, codeHash: null, sessionHash: null })
    .where(eq(supportGrants.id, id))
}
