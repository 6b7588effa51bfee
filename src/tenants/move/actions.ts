import { audit } from '#src/audit/actions.ts'
import type { Databases } from '#src/db/databases.ts'
import { isConnectionLost } from '#src/db/errors.ts'
import { type Lease, withLease } from '#src/db/lease.ts'
import { migrationFiles } from '#src/db/migrations.ts'
import { addressOf } from '#src/db/servers.ts'
import { swapDatabase } from '#src/db/swap.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { openTwin, type Place } from '#src/db/twin.ts'
import { listServers } from '#src/servers/queries.ts'
import { openGrant } from '#src/support/queries.ts'
import { findTenant, type Tenant } from '#src/tenants/queries.ts'
import { compare, copyWhileItSells, type MoveProgress, NotEqual } from './copying/actions.ts'
import { type MoveProblem, moveProblem, pauseLimitMs } from './move.ts'
import { movedFrom } from './queries.ts'
import { createTarget, discard, dropUnfinished } from './target/actions.ts'

export type Moved =
  | {
      ok: true
      from: number
      to: number
      nombreDb: string
      /** For so long nobody was let in. */
      pauseMs: number
      /** Rows that were still to be copied in the pause. */
      lastRows: number
      tables: number
      sales: number
    }
  | { ok: false; problem: MoveProblem }

type Options = {
  clock: () => Date
  onProgress?: ((progress: MoveProgress) => void) | undefined
  signal?: AbortSignal | undefined
  /** A test's way to do something in the pause. */
  inPause?: (() => Promise<void>) | undefined
}

/**
 * Takes a business to another database server while it sells. Its rows are copied round by round until little is
 * missing; then, with nobody let in, the rest is copied, both are compared, and one UPDATE switches. Whatever
 * fails before that UPDATE leaves the business where it was; the old database is kept for 7 days.
 */
export async function moveTenant(
  databases: Databases,
  { tenantId, to }: { tenantId: number; to: number },
  options: Options,
): Promise<Moved> {
  // The same right as a restore's: neither finds its database exchanged by the other.
  const leased = await withLease(databases.admin, `restore-${tenantId}`, async (lease) => {
    const tenant = await findTenant(databases.admin, tenantId)
    if (!tenant) return refuse('gone')
    const target = (await listServers(databases.admin)).find(({ id }) => id === to) ?? null
    const problem = moveProblem(tenant, target, databases.servers.has(to))
    if (problem) return refuse(problem)
    if (tenant.schemaVersion < (migrationFiles('tenant').at(-1)?.version ?? 0)) return refuse('behind')
    return move(databases, tenant, to, lease, options)
  })
  return leased.ok ? leased.value : refuse('held')
}

/** Undoes the last move: back to the server from which it came, with everything that was sold since. */
export async function moveBack(databases: Databases, tenantId: number, options: Options): Promise<Moved> {
  const tenant = await findTenant(databases.admin, tenantId)
  if (!tenant) return refuse('gone')
  const to = await movedFrom(databases.admin, tenant, options.clock())
  return to === null ? refuse('never-moved') : moveTenant(databases, { tenantId, to }, options)
}

async function move(
  databases: Databases,
  tenant: Tenant,
  to: number,
  lease: Lease,
  options: Options,
): Promise<Moved> {
  let target: TenantIdentity
  try {
    await dropUnfinished(databases, tenant)
    target = await createTarget(databases, tenant, to, options.clock())
  } catch (error) {
    if (isConnectionLost(error)) return refuse('unreachable')
    throw error
  }
  let isSwitched = false
  try {
    const moved = await copyAndSwitch(databases, { tenant, target, lease }, options)
    isSwitched = moved.ok
    if (moved.ok) await afterwards(databases, tenant, target, options.clock(), moved)
    return moved
  } finally {
    if (!isSwitched) await takeBack(databases, tenant, target)
  }
}

type Work = { tenant: Tenant; target: TenantIdentity; lease: Lease }

async function copyAndSwitch(databases: Databases, work: Work, options: Options): Promise<Moved> {
  const { tenant, target, lease } = work
  const [from, to] = [placeOf(databases, tenant), placeOf(databases, target)]
  const signal = options.signal ? AbortSignal.any([options.signal, lease.signal]) : lease.signal
  const twin = await openTwin(from, to)
  try {
    await twin.createTables()
    await copyWhileItSells(twin, signal, options.onProgress)
    await lease.stillOurs()
    const swapped = await swapDatabase(databases, {
      from: tenant,
      to: target,
      schemaVersion: tenant.schemaVersion,
      why: 'move',
      now: options.clock(),
      during: async () => {
        await options.inPause?.()
        const limit = AbortSignal.timeout(pauseLimitMs)
        const { written } = await twin.round({ isLast: true, signal: AbortSignal.any([signal, limit]) })
        const copy = await compare(databases, tenant, from, to)
        await lease.stillOurs()
        return { written, copy }
      },
    })
    if (!swapped.ok) return refuse('changed')
    const { written, copy } = swapped.value
    return {
      ok: true,
      from: tenant.serverId,
      to: target.serverId,
      nombreDb: target.nombreDb,
      pauseMs: Math.round(swapped.pauseMs),
      lastRows: written,
      tables: copy.tables.length,
      sales: copy.sales?.made ?? 0,
    }
  } catch (error) {
    if (error instanceof NotEqual) return refuse(error.problem)
    if ((error as Error).name === 'TimeoutError') return refuse('too-slow')
    throw error
  } finally {
    await twin.close()
  }
}

/**
 * A switch whose answer was lost may have happened: what its row names is never dropped. What cannot be dropped
 * now stands in the books, and must not hide why the move failed.
 */
async function takeBack(databases: Databases, tenant: Tenant, target: TenantIdentity): Promise<void> {
  try {
    const current = await findTenant(databases.admin, tenant.id)
    if (current?.generation !== target.generation) await discard(databases, target)
  } catch {
    // the next move or the sweep does it
  }
}

async function afterwards(
  databases: Databases,
  tenant: Tenant,
  target: TenantIdentity,
  now: Date,
  moved: Extract<Moved, { ok: true }>,
): Promise<void> {
  const { from, to, pauseMs } = moved
  await audit(
    databases.admin,
    { tenantId: tenant.id, act: 'tenant.moved', detail: { from, to, pauseMs, nombreDb: moved.nombreDb } },
    now,
  )
  // The pause took support's account with all others; its permission goes on.
  const grant = await openGrant(databases.admin, tenant.id, now)
  if (grant) await databases.provision((root) => root.createSupportAccount(target, grant.id), target.serverId)
}

const placeOf = (databases: Databases, { serverId, nombreDb }: TenantIdentity): Place => ({
  server: addressOf(databases.servers, serverId),
  database: nombreDb,
})

const refuse = (problem: MoveProblem) => ({ ok: false as const, problem })
