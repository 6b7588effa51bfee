import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { version as thisRelease } from '#src/version.ts'
import type { AdminDb } from './admin.ts'
import { tenants } from './admin-schema.ts'
import type { Databases } from './databases.ts'
import { isLeftAlone } from './migration-runner.ts'
import { schemaMigrations } from './migration-table.ts'
import { migrateTenant } from './migration-tenant.ts'
import { type Migration, migrationFiles, newestVersion } from './migrations.ts'
import { compareReleases } from './release.ts'
import type { TenantIdentity } from './tenant.ts'

export type Standing = TenantIdentity & { schemaVersion: number }

type Options = {
  files?: readonly Migration[]
  /** Which release is asking; a test's own. */
  release?: string
  /** How long the request waits for its business to be migrated. */
  patienceMs?: number
  /** Told once for each try that failed, whoever still waits for it. */
  onFailed?: (error: unknown) => void
}

/**
 * May this release work on this business's database now? At a request, with what the session brought, so that
 * in the usual case it costs no query. A business that is behind is migrated here, and its people wait some
 * seconds at most. One that is ahead is served when every migration that we do not know says that it may be.
 * False: 503, «Estamos actualizando tu negocio».
 */
export async function ensureCurrent(
  databases: Databases,
  tenant: Standing,
  options: Options = {},
): Promise<boolean> {
  const files = options.files ?? migrationFiles('tenant')
  const newest = newestVersion(files)
  if (tenant.schemaVersion === newest) return true
  if (tenant.schemaVersion > newest)
    return mayRead(databases.admin, tenant, newest, options.release ?? thisRelease)
  const caughtUp = catchUp(databases, tenant, files, options.onFailed ?? (() => {}))
  return within(options.patienceMs ?? 4_000, caughtUp)
}

/** By versions and release: the same for every business, so it is asked once a process. */
const readable = new WeakMap<AdminDb, Set<string>>()

async function mayRead(admin: AdminDb, tenant: Standing, newest: number, release: string): Promise<boolean> {
  const known = readable.get(admin) ?? new Set<string>()
  readable.set(admin, known)
  const key = `${tenant.schemaVersion}/${newest}/${release}`
  if (known.has(key)) return true
  const rows = await admin
    .select({ readsFrom: schemaMigrations.readsFrom, state: schemaMigrations.state })
    .from(schemaMigrations)
    .where(and(eq(schemaMigrations.tenantId, tenant.id), gt(schemaMigrations.version, newest)))
  const isReadable = rows.every(
    ({ readsFrom, state }) =>
      state === 'done' && readsFrom !== null && compareReleases(readsFrom, release) <= 0,
  )
  // A file that nobody wrote down is one of which nobody knows what it did.
  const isWhole = rows.length === tenant.schemaVersion - newest
  if (isReadable && isWhole) known.add(key)
  return isReadable && isWhole
}

/** One process migrates at most so many because somebody asked; the others wait their turn, or their patience. */
const atOnce = 4
/** After a failure nobody tries again for so long: each request would run into the same statement. */
const calmMs = 30_000

type Desk = {
  running: Map<string, Promise<boolean>>
  failedAt: Map<string, number>
  free: number
  line: (() => void)[]
}
const desks = new WeakMap<Databases, Desk>()

function catchUp(
  databases: Databases,
  tenant: Standing,
  files: readonly Migration[],
  onFailed: (error: unknown) => void,
): Promise<boolean> {
  const desk = desks.get(databases) ?? { running: new Map(), failedAt: new Map(), free: atOnce, line: [] }
  desks.set(databases, desk)
  const key = `${tenant.id}/${tenant.generation}/${newestVersion(files)}`
  const running = desk.running.get(key)
  if (running) return running
  if (performance.now() - (desk.failedAt.get(key) ?? Number.NEGATIVE_INFINITY) < calmMs)
    return Promise.resolve(false)
  const work = inTurn(desk, () => migrateOnDemand(databases, tenant, files))
    .catch((error: unknown) => {
      desk.failedAt.set(key, performance.now())
      onFailed(error)
      return false
    })
    .finally(() => desk.running.delete(key))
  desk.running.set(key, work)
  return work
}

async function inTurn<T>(desk: Desk, work: () => Promise<T>): Promise<T> {
  if (desk.free > 0) desk.free--
  else await new Promise<void>((resolve) => desk.line.push(resolve))
  try {
    return await work()
  } finally {
    const next = desk.line.shift()
    if (next) next()
    else desk.free++
  }
}

/** Never the first after a failure: what canaries have kept from everybody is not let in by the back door. */
async function migrateOnDemand(
  databases: Databases,
  tenant: Standing,
  files: readonly Migration[],
): Promise<boolean> {
  const versions = files.map(({ version }) => version).filter((version) => version > tenant.schemaVersion)
  const tried = await databases.admin
    .select({
      version: schemaMigrations.version,
      failed: sql`sum(${schemaMigrations.state} = 'failed')`.mapWith(Number),
      passed: sql`sum(${schemaMigrations.state} = 'done' and not ${schemaMigrations.isFresh})`.mapWith(
        Number,
      ),
    })
    .from(schemaMigrations)
    .where(and(inArray(schemaMigrations.version, versions), gt(schemaMigrations.tenantId, 0)))
    .groupBy(schemaMigrations.version)
  if (tried.some(({ failed, passed }) => failed > 0 && passed === 0)) return false
  // Jobs come here too, and whoever swaps the database compares it.
  const isBusy = and(eq(tenants.id, tenant.id), sql`${tenants.busyUntil} > utc_timestamp(3)`)
  if ((await databases.admin.$count(tenants, isBusy)) > 0) return false
  try {
    await migrateTenant(databases, tenant, { files })
  } catch (error) {
    if (isLeftAlone(error)) return false
    throw error
  }
  return true
}

/** Goes on behind: the next request finds it done. */
async function within(patienceMs: number, work: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
