import type { Databases } from './databases.ts'
import { LeaseLost } from './errors.ts'
import { withLease } from './lease.ts'
import { checkTables, passCanaries } from './migration-canary.ts'
import { canariesOf, haveAllPassed, tenantsBehind } from './migration-plan.ts'
import { isLeftAlone, problemOf } from './migration-runner.ts'
import { migrateOne, migrateServer } from './migration-server.ts'
import { type MigrateOptions, migrateAdmin } from './migration-tenant.ts'
import { migrationFiles } from './migrations.ts'

export { ensureCurrent } from './migration-standing.ts'
export { adoptSchema, createTables, migrateAdmin, migrateTenant } from './migration-tenant.ts'

export type MigrationProgress = { finished: number; failed: number; total: number }
export type MigrationReport = {
  migrated: number
  failed: { tenantId: number; problem: string }[]
  /** Not begun, because those that went first failed: they stay as they were. */
  held: number[]
  /** Being restored or moved: the first request afterwards migrates them. */
  busy: number[]
}

type Options = MigrateOptions & {
  /** On each server. */
  atOnce?: number
  /** Who goes first; all of them must pass before anybody else is begun. */
  canaries?: readonly number[] | undefined
  onProgress?: (progress: MigrationProgress) => void
  /** Another process is migrating: this one waits for it, and then does what is left. */
  onWait?: () => void
}

/**
 * The admin database, then every tenant that is behind: some canaries, then the rest, spares first, four at
 * a time on each server, by one process at a time. A tenant that cannot be migrated stops nobody else; it stands
 * in the report. Repeating it after a kill goes on where it was.
 */
export async function migrateAll(databases: Databases, options: Options = {}): Promise<MigrationReport> {
  const { files = migrationFiles('tenant'), signal, onWait } = options
  await migrateAdmin(databases, { signal })
  const nothing: MigrationReport = { migrated: 0, failed: [], held: [], busy: [] }
  for (;;) {
    if ((await tenantsBehind(databases.admin, files)).length === 0) return nothing
    try {
      const leased = await withLease(
        databases.admin,
        'migrate',
        (lease) => migrateTenants(databases, { ...options, files, signal: either(lease.signal, signal) }),
        { waitMs: Number.POSITIVE_INFINITY, leaseSeconds: 15, onWait, signal },
      )
      if (leased.ok) return leased.value
    } catch (error) {
      // Whoever has it now does the same; what it leaves is ours again.
      if (!(error instanceof LeaseLost)) throw error
    }
  }
}

type Working = Options & { files: NonNullable<Options['files']>; signal: AbortSignal }

async function migrateTenants(databases: Databases, options: Working): Promise<MigrationReport> {
  const { files, signal, hook } = options
  const all = await tenantsBehind(databases.admin, files)
  const queue = all.filter(({ isBusy }) => !isBusy)
  const busy = all.filter(({ isBusy }) => isBusy).map(({ id }) => id)
  const report: MigrationReport = { migrated: 0, failed: [], held: [], busy }
  const note = (tenantId: number, problem: string | null) => {
    if (problem === null) report.migrated++
    else report.failed.push({ tenantId, problem })
    options.onProgress?.({ finished: report.migrated, failed: report.failed.length, total: queue.length })
  }
  const leave = (tenantId: number) => void busy.push(tenantId)
  const working = { files, hook, signal, atOnce: options.atOnce ?? 4 }
  const canaries = canariesOf(queue, options.canaries)
  // Chosen ones that are in nobody's way have passed already; of those that nobody knows, that is not so.
  const areChosenTried = await haveAllPassed(databases.admin, options.canaries ?? [], all)
  const asked = new Set<number>()
  const mayGoOn = await passCanaries({ ...canaries, areChosenTried }, async (tenant) => {
    asked.add(tenant.id)
    try {
      await migrateOne(databases, tenant, working)
      await checkTables(databases, tenant)
    } catch (error) {
      signal.throwIfAborted()
      if (isLeftAlone(error)) leave(tenant.id)
      else note(tenant.id, problemOf(error))
      return false
    }
    note(tenant.id, null)
    return true
  })
  const rest = queue.filter(({ id }) => !asked.has(id))
  if (!mayGoOn) return { ...report, held: rest.map(({ id }) => id) }
  const servers = Map.groupBy(rest, ({ serverId }) => serverId)
  await Promise.all(
    [...servers].map(([serverId, tenants]) =>
      migrateServer(databases, { ...working, serverId, queue: tenants, note, leave }),
    ),
  )
  return report
}

const either = (one: AbortSignal, other: AbortSignal | undefined) =>
  other ? AbortSignal.any([one, other]) : one
