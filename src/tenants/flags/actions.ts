import { and, eq } from 'drizzle-orm'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { business } from '#src/db/tenant-schema.ts'
import { trialsBeforeFlag, withFlag } from '../flags.ts'
import { eachTenant, type Tenant } from '../queries.ts'

/**
 * One person with three mailboxes has one RUC: every business after the second of a RUC that never paid is flagged.
 * A business whose database does not answer is looked at tomorrow.
 */
export async function flagRepeatedTrials(databases: Databases, signal?: AbortSignal): Promise<void> {
  const seen = new Map<string, number>()
  const repeated: Tenant[] = []
  await eachTenant(databases, async (tenant, db) => {
    if (signal?.aborted) return
    const [own] = await db.select({ ruc: business.ruc }).from(business)
    if (!own?.ruc) return
    const before = seen.get(own.ruc) ?? 0
    seen.set(own.ruc, before + 1)
    if (before >= trialsBeforeFlag && tenant.paidUntil === null) repeated.push(tenant)
  })
  signal?.throwIfAborted()
  for (const { id } of repeated) await flag(databases, id)
}

async function flag({ admin }: Databases, id: number): Promise<void> {
  const [row] = await admin.select({ flags: tenants.flags }).from(tenants).where(eq(tenants.id, id))
  if (!row) return
  const flags = withFlag(row.flags, 'third-trial')
  if (flags === row.flags) return
  await admin
    .update(tenants)
    .set({ flags })
    .where(and(eq(tenants.id, id), eq(tenants.flags, row.flags)))
}
