import { and, asc, eq, gt } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import { adminTenantId, adminUid, copiesOf } from '#src/backups/manifest.ts'
import { tenants } from '#src/db/admin-schema.ts'
import { databasesIn, type Logs } from '#src/db/binlog.ts'
import type { Databases } from '#src/db/databases.ts'
import { describeError } from '#src/db/errors.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import type { RestoreContext } from '../actions.ts'
import { identityOf } from '../actions.ts'
import {
  downloadCopy,
  logsOfStore,
  type NightElsewhere,
  nightsElsewhere,
  openNight,
  type StoreAccess,
} from '../elsewhere/queries.ts'
import { type Filled, fillFromCopy, fillFromScratch } from '../filling/actions.ts'
import { inOwnFolder } from '../folder.ts'
import { hasDatabase, schemaAt, type TenantRow } from '../queries.ts'
import type { Life } from '../restore.ts'
import { inScratch, type ScratchPlan } from '../scratch/actions.ts'
import { type RestoreRefused, restoreSentence } from '../texts.ts'
import { adaptBooks, bringAdmin } from './admin/actions.ts'
import {
  alone,
  booksAreReady,
  forgetMarks,
  isOurs,
  markBegun,
  markFilling,
  unmarkFilling,
} from './marks/actions.ts'
import { livingDatabases, rebuilding, stateOf, unknownLives } from './queries.ts'

export type Rebuilt = {
  ok: true
  night: string
  restored: number
  /** Of these the log was replayed on top of the copy. */
  withLog: number
  /** Of these the database was there, and is as it was. */
  adopted: number
  failed: { tenantId: number; problem: string }[]
  tookMs: number
}

type Progress = { done: number; all: number; note: string }
export type RebuildContext = RestoreContext & {
  access: StoreAccess
  onProgress?: (progress: Progress) => void
}

type Wish = {
  night: string | null
  /** Businesses whose database is there, and theirs, keep it: only the admin database was lost. */
  adopt?: boolean
}

/**
 * Everything on a new machine, from the store and a recovery key alone: the admin database first, then every
 * business, each its copy and what the shipped logs have of it, its account derived again. One that cannot be
 * restored stops no other; running it again goes on with what is missing. A database that it did not make itself it
 * never drops.
 */
export async function restoreAll(context: RebuildContext, wish: Wish): Promise<Rebuilt | RestoreRefused> {
  const done = await alone(context.databases, () => rebuild(context, wish))
  return done ?? { ok: false, problem: 'rebuilding' }
}

async function rebuild(
  context: RebuildContext,
  { night: wished, adopt = false }: Wish,
): Promise<Rebuilt | RestoreRefused> {
  const { databases, access, config, clock } = context
  const startedAt = performance.now()
  const state = await stateOf(databases)
  if (state === 'in-use') return { ok: false, problem: 'not-empty' }
  // No business is filled before the books are ready: what is there is somebody's.
  const living = state === 'unfinished' || adopt ? [] : await livingDatabases(databases)
  if (living.length > 0) return { ok: false, problem: 'living', detail: some(living) }
  const night = await findNight(access, wished)
  if ('problem' in night) return night
  return inOwnFolder(config.dataFolder, async (downloads) => {
    const logs = await downloadLogs(context, night, downloads)
    if (state !== 'unfinished') {
      const brought = await adminFrom(context, night, logs, downloads)
      if (!brought.ok) return brought
    }
    const report: Rebuilt = {
      ...{
        ok: true as const,
        night: night.night,
        restored: 0,
        withLog: 0,
        adopted: 0,
        failed: [],
        tookMs: 0,
      },
    }
    const waiting = await databases.admin
      .select()
      .from(tenants)
      .where(eq(tenants.busyReason, rebuilding))
      .orderBy(asc(tenants.id))
    for (const [index, tenant] of waiting.entries()) {
      context.signal?.throwIfAborted()
      context.onProgress?.({ done: index, all: waiting.length, note: tenant.businessName ?? '' })
      await bringOne(context, { night, logs, downloads, adopt }, tenant, report)
    }
    if (report.failed.length === 0) await forgetMarks(databases)
    report.tookMs = performance.now() - startedAt
    const { restored, adopted, failed } = report
    const detail = { night: night.night, restored, adopted, failed: failed.length }
    await audit(databases.admin, { act: 'installation.rebuilt', detail }, clock())
    return report
  })
}

const some = (names: readonly string[]) =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')

export async function findNight(
  access: StoreAccess,
  wished: string | null,
): Promise<NightElsewhere | RestoreRefused> {
  try {
    for (const night of await nightsElsewhere(access)) {
      const opened = wished === null || wished === night ? await openNight(access, night) : null
      if (opened) return opened
    }
    return { ok: false, problem: wished === null ? 'no-copy' : 'no-night' }
  } catch (error) {
    if (error instanceof Error && /no identity matched/i.test(error.message))
      return { ok: false, problem: 'no-key' }
    throw error
  }
}

type ServerLogs = { paths: string[]; databases: Set<string> }
type LogsByServer = ReadonlyMap<number, ServerLogs>

/** From the oldest position of the night on. A server without shipped logs gives its copies as they are. */
async function downloadLogs(
  { access, signal }: RebuildContext,
  { manifest }: NightElsewhere,
  downloads: string,
): Promise<LogsByServer> {
  const logs = new Map<number, ServerLogs>()
  for (const [serverId, entries] of Map.groupBy(copiesOf(manifest), (entry) => entry.serverId)) {
    const [oldest] = entries
      .flatMap(({ fingerprint: { position }, takenAt }) =>
        position ? [{ file: position.file, takenAt }] : [],
      )
      .toSorted((a, b) => a.file.localeCompare(b.file))
    if (!oldest) continue
    const from = { serverId, first: oldest.file, since: new Date(oldest.takenAt) }
    const paths = await logsOfStore(access, from, downloads)
    logs.set(serverId, { paths, databases: await databasesIn(paths, signal) })
  }
  return logs
}

async function adminFrom(
  context: RebuildContext,
  night: NightElsewhere,
  logs: LogsByServer,
  downloads: string,
): Promise<Filled | RestoreRefused> {
  const entry = copiesOf(night.manifest).find(({ tenantId }) => tenantId === adminTenantId)
  if (!entry) return { ok: false, problem: 'no-copy' }
  const copy = await downloadCopy(context.access, night, entry, downloads)
  const life = { generation: 1, nombreDb: entry.nombreDb, serverId: 1 }
  const plan = planFor({ tenantId: adminTenantId, uid: adminUid, life }, copy, logs.get(1))
  await markBegun(context.databases)
  const brought = await bringAdmin(context, plan)
  if (!brought.ok) return brought
  await adaptBooks(context, context.access, night)
  await booksAreReady(context.databases)
  return brought
}

function planFor(
  of: { tenantId: number; uid: string; life: Life },
  copy: ScratchPlan['copy'],
  logs: ServerLogs | undefined,
): ScratchPlan {
  const paths = logs?.paths ?? []
  const files: Logs = { kind: 'files', paths }
  const isInLog = logs?.databases.has(of.life.nombreDb) === true
  const oldestLog = paths[0]?.split('/').at(-1) ?? ''
  return { ...of, copy, logs: files, oldestLog, until: { kind: isInLog ? 'end' : 'copy' } }
}

type Sources = { night: NightElsewhere; logs: LogsByServer; downloads: string; adopt: boolean }

async function bringOne(
  context: RebuildContext,
  sources: Sources,
  tenant: TenantRow,
  report: Rebuilt,
): Promise<void> {
  try {
    const found = await whatIsThere(context.databases, tenant, sources.adopt)
    if (found === 'adopted') {
      await letIn(context.databases, tenant, tenant.schemaVersion)
      report.adopted++
      return
    }
    const filled = found ?? (await fillOne(context, sources, tenant))
    if (!filled.ok) {
      report.failed.push({ tenantId: tenant.id, problem: restoreSentence(filled) })
      return
    }
    await letIn(context.databases, tenant, filled.schemaVersion)
    report.restored++
    if (filled.withLog) report.withLog++
  } catch (error) {
    context.signal?.throwIfAborted()
    report.failed.push({ tenantId: tenant.id, problem: describeError(error).message })
  }
}

/** A database of that name that no rebuilding made: its own, which stays as it is, or a reason to leave this one alone. */
async function whatIsThere(
  databases: Databases,
  tenant: TenantRow,
  adopt: boolean,
): Promise<RestoreRefused | 'adopted' | null> {
  const refused = (detail: string): RestoreRefused => ({ ok: false, problem: 'there-already', detail })
  const others = await unknownLives(databases, tenant)
  // Restored or moved after the copy was made: the newer one is where it works.
  if (others.length > 0) return refused(`the books do not know ${some(others)}`)
  const here = identityOf(tenant)
  const { isThere, uid } = await databases.provision(
    async (root) => ({
      isThere: await hasDatabase(root, tenant.nombreDb),
      uid: await root.uidInDatabase(here),
    }),
    tenant.serverId,
  )
  if (!isThere || (await isOurs(databases, here))) return null
  return adopt && uid === tenant.uid ? 'adopted' : refused(tenant.nombreDb)
}

async function fillOne(
  context: RebuildContext,
  { night, logs, downloads }: Sources,
  tenant: TenantRow,
): Promise<(Filled & { withLog: boolean }) | RestoreRefused> {
  const { databases, access, config, signal } = context
  const entry = copiesOf(night.manifest).find(
    ({ tenantId, generation }) => tenantId === tenant.id && generation === tenant.generation,
  )
  const copy = entry ? await downloadCopy(access, night, entry, downloads) : null
  const serverLogs = logs.get(entry?.serverId ?? tenant.serverId)
  const plan = planFor({ tenantId: tenant.id, uid: tenant.uid, life: tenant }, copy, serverLogs)
  const withLog = plan.until.kind === 'end'
  if (!copy && !withLog) return { ok: false, problem: 'no-copy' }
  const target = { serverId: tenant.serverId, database: tenant.nombreDb }
  await markFilling(databases, identityOf(tenant))
  // What a run that was cut left half: nobody has been in it.
  await databases.provision((root) => root.dropTenant(identityOf(tenant)), tenant.serverId)
  if (!withLog) {
    const filled = await fillFromCopy(
      databases,
      { path: copy?.path ?? '', uid: tenant.uid, entry: copy?.entry ?? null },
      target,
      signal,
    )
    return filled.ok ? { ...filled, withLog } : filled
  }
  const schema = await schemaAt(databases.admin, tenant.id, null)
  if (!schema.ok) return schema
  const never = new AbortController().signal
  const whose = { tenantId: tenant.id, uid: tenant.uid, generation: tenant.generation }
  const filled = await inScratch(
    config,
    plan,
    (found) =>
      fillFromScratch(databases, found, { whose, schemaVersion: schema.version }, target, signal ?? never),
    signal,
  )
  return filled.ok ? { ...filled, withLog } : filled
}

/** With its account derived again, and the books telling its schema as it is: `migrate` brings what is missing. */
async function letIn(databases: Databases, tenant: TenantRow, schemaVersion: number): Promise<void> {
  await databases.provision((root) => root.renewTenantAccount(identityOf(tenant)), tenant.serverId)
  await databases.admin
    .delete(schemaMigrations)
    .where(and(eq(schemaMigrations.tenantId, tenant.id), gt(schemaMigrations.version, schemaVersion)))
  await databases.admin
    .update(tenants)
    .set({ busyUntil: null, busyReason: null, schemaVersion })
    .where(eq(tenants.id, tenant.id))
  await unmarkFilling(databases, identityOf(tenant))
}
