import { audit } from '#src/audit/actions.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { withLease } from '#src/db/lease.ts'
import { swapDatabase } from '#src/db/swap.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { identityOf, type RestoreContext, type Restored, restoreLease } from '../actions.ts'
import { bringOver } from '../carrying/bringing/actions.ts'
import type { Side } from '../carrying/queries.ts'
import { catchUp } from '../filling/actions.ts'
import { sweepUnfinished } from '../kept/actions.ts'
import {
  hasSales,
  type KeptRow,
  keptOf,
  nextGeneration,
  schemaAt,
  type TenantRow,
  tenantRow,
} from '../queries.ts'
import { formatLimaTime } from '../restore.ts'
import type { RestoreRefused } from '../texts.ts'

export type WentBack = Pick<
  Restored,
  'ok' | 'tenantId' | 'from' | 'to' | 'missing' | 'carried' | 'numbersAhead' | 'pauseMs'
>

/** What a move left is no restore's: `tenants move --back` knows how to return to it with everything since. */
async function keptBefore(admin: AdminDb, tenant: TenantRow): Promise<KeptRow | null> {
  const rows = await keptOf(admin, tenant.id)
  const isBefore = (row: KeptRow) =>
    row.why === 'restore' && row.serverId === tenant.serverId && row.generation < tenant.generation
  return rows.filter(isBefore).at(-1) ?? null
}

/** What would be done, for whoever has not said yes to it. */
export async function previewBack(
  { databases }: RestoreContext,
  tenantId: number,
): Promise<{ ok: true; data: { from: string; to: string; until: string }; text: string } | RestoreRefused> {
  const tenant = await tenantRow(databases.admin, tenantId)
  if (!tenant) return { ok: false, problem: 'no-tenant' }
  const kept = await keptBefore(databases.admin, tenant)
  if (!kept) return { ok: false, problem: 'no-kept' }
  const until = formatLimaTime(kept.keptAt)
  const text = [
    `Business ${tenant.id}, ${tenant.businessName ?? ''}, would go back to ${kept.nombreDb}, in which it worked until ${until} (Lima).`,
    'Of what was done since, sales come along (not with --no-carry); prices, products, people and stock do not.',
    `${tenant.nombreDb} is kept for 7 days.`,
    'Nothing was changed. Say --yes to do it.',
  ].join('\n')
  return { ok: true, data: { from: tenant.nombreDb, to: kept.nombreDb, until }, text }
}

/**
 * Undoes the last restore while its database of before is kept. What was sold since comes along, unless it is not
 * wanted; the database that is left is kept in its turn.
 */
export async function goBack(
  context: RestoreContext,
  { tenantId, carry = true }: { tenantId: number; carry?: boolean },
): Promise<WentBack | RestoreRefused> {
  const { admin } = context.databases
  const leased = await withLease(admin, restoreLease(tenantId), () => swapBack(context, tenantId, carry))
  return leased.ok ? leased.value : { ok: false, problem: 'held' }
}

async function swapBack(
  { databases, clock, onStep }: RestoreContext,
  tenantId: number,
  carry: boolean,
): Promise<WentBack | RestoreRefused> {
  const tenant = await tenantRow(databases.admin, tenantId)
  if (!tenant) return { ok: false, problem: 'no-tenant' }
  if (tenant.status !== 'ACTIVO') return { ok: false, problem: 'not-living' }
  await sweepUnfinished(databases, tenant)
  const kept = await keptBefore(databases.admin, tenant)
  if (!kept) return { ok: false, problem: 'no-kept' }
  const schema = await schemaAt(databases.admin, tenantId, kept.keptAt)
  if (!schema.ok) return schema
  const from = identityOf(tenant)
  const ready = await databases.provision(async (root) => {
    const generation = await nextGeneration(databases.admin, root, tenant)
    const to: TenantIdentity = { ...from, generation, nombreDb: kept.nombreDb }
    // A database that is gone, or that holds another's data, is nothing to go back to.
    if ((await root.uidInDatabase(to)) !== tenant.uid || !(await hasSales(root, to.nombreDb))) return null
    await catchUp(root, to.nombreDb, { from: schema.version, to: tenant.schemaVersion })
    return { to, hasOld: await hasSales(root, from.nombreDb) }
  }, tenant.serverId)
  if (!ready) return { ok: false, problem: 'no-kept' }
  onStep?.('swapping')
  const { to } = ready
  const swapped = await swapDatabase(databases, {
    from,
    to,
    schemaVersion: tenant.schemaVersion,
    why: 'restore',
    now: clock(),
    during(root) {
      const here: Side = { root, database: to.nombreDb }
      return bringOver(ready.hasOld ? { root, database: from.nombreDb } : null, here, carry)
    },
  })
  if (!swapped.ok) return swapped
  const detail = { from: from.nombreDb, to: to.nombreDb, carried: swapped.value.carried.carried.length }
  await audit(databases.admin, { tenantId, act: 'tenant.restore-undone', detail }, clock())
  return { ok: true, tenantId, from, to, ...swapped.value, pauseMs: swapped.pauseMs }
}
