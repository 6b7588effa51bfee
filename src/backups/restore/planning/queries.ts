import { hasPosition, type Logs, logNames } from '#src/db/binlog.ts'
import type { Databases } from '#src/db/databases.ts'
import { copiesOfStore, logsOfStore, type StoreAccess } from '../elsewhere/queries.ts'
import { endedLives, localCopies, schemaAt, type TenantRow } from '../queries.ts'
import { type Copy, chooseCopy, type From, type Life, lifeAt, newestOf, type Until } from '../restore.ts'
import type { ScratchPlan } from '../scratch/actions.ts'
import type { RestoreRefused } from '../texts.ts'

export type PlanWish = {
  from: From
  until: Until
  now: Date
  dataFolder: string
  /** Where a copy from the store is put; gone afterwards. */
  downloads: string
  store: StoreAccess | null
}

/** What will be restored, before anything is written anywhere. */
export type Plan = {
  ok: true
  tenant: TenantRow
  /** The database that the business worked in at the wished instant. */
  life: Life
  copy: Copy | null
  /** `--from FILE`: a copy of which no manifest tells. */
  file: string | null
  /** null: the copy as it is. */
  scratch: ScratchPlan | null
}

/** Finds copy and log for a wish. Reads only. */
export async function planRestore(
  databases: Databases,
  tenant: TenantRow,
  wish: PlanWish,
): Promise<Plan | RestoreRefused> {
  const { from, until, now } = wish
  if (until.kind === 'second' && until.at > now) return { ok: false, problem: 'future' }
  const current: Life = tenant
  if (from.kind === 'file') {
    if (until.kind !== 'copy') return { ok: false, problem: 'log-needs-manifest' }
    return { ok: true, tenant, life: current, copy: null, file: from.path, scratch: null }
  }
  const copies = await copiesFor(tenant.id, wish)
  if ('problem' in copies) return copies
  if (until.kind === 'copy') {
    const copy = newestOf(copies)
    if (!copy) return { ok: false, problem: from.kind === 'night' ? 'no-night' : 'no-copy' }
    const { generation, nombreDb, serverId } = copy.entry
    return { ok: true, tenant, life: { generation, nombreDb, serverId }, copy, file: null, scratch: null }
  }
  const at = until.kind === 'second' ? until.at : null
  const life = lifeAt(current, await endedLives(databases.admin, tenant), at)
  const copy = chooseCopy(copies, { generation: life.generation, until })
  if (!copy && from.kind !== 'newest') return { ok: false, problem: 'too-early' }
  if (at) {
    const schema = await schemaAt(databases.admin, tenant.id, at)
    if (!schema.ok) return schema
  }
  const scratch = await scratchPlan(databases, tenant, { life, copy, until }, wish)
  return scratch.ok ? { ok: true, tenant, life, copy, file: null, scratch: scratch.plan } : scratch
}

async function scratchPlan(
  databases: Databases,
  tenant: TenantRow,
  { life, copy, until }: { life: Life; copy: Copy | null; until: Until },
  { store, downloads }: PlanWish,
): Promise<{ ok: true; plan: ScratchPlan } | RestoreRefused> {
  const of = { tenantId: tenant.id, uid: tenant.uid, life, copy, until }
  const position = copy?.entry.fingerprint.position ?? null
  const { names, isThere } = await databases.provision(async (root) => {
    const names = await logNames(root)
    return { names, isThere: position === null || (await hasPosition(root, names, position)) }
  }, life.serverId)
  const oldest = names[0]
  if (oldest !== undefined && isThere) {
    const logs: Logs = { kind: 'server', server: databases.logs(life.serverId) }
    return { ok: true, plan: { ...of, logs, oldestLog: oldest } }
  }
  // Another server stands there now, or it has thrown away what we need: the store may have it.
  if (store && copy && position) {
    const from = { serverId: life.serverId, first: position.file, since: new Date(copy.entry.takenAt) }
    const paths = await logsOfStore(store, from, downloads)
    if (paths.length > 0)
      return { ok: true, plan: { ...of, logs: { kind: 'files', paths }, oldestLog: position.file } }
  }
  return { ok: false, problem: oldest === undefined ? 'no-log' : 'log-purged' }
}

async function copiesFor(
  tenantId: number,
  { from, until, dataFolder, downloads, store }: PlanWish,
): Promise<Copy[] | RestoreRefused> {
  if (from.kind === 'store') {
    if (!store) return { ok: false, problem: 'no-store' }
    return copiesOfStore(store, { tenantId, night: from.night, until }, downloads)
  }
  const local = localCopies(dataFolder, tenantId)
  return from.kind === 'night' ? local.filter((copy) => copy.night === from.night) : local
}
