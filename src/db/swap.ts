import { and, eq, gt, isNotNull, isNull, lt, ne } from 'drizzle-orm'
import type { AdminDb, AdminTx } from './admin.ts'
import { keptDatabases, tenants } from './admin-schema.ts'
import type { Databases } from './databases.ts'
import { errno, errnoOf } from './errors.ts'
import { isBeingMigrated } from './migration-progress.ts'
import { schemaMigrations } from './migration-table.ts'
import type { Provisioner } from './provisioner.ts'
import type { TenantIdentity } from './tenant.ts'
import { inTransaction } from './transaction.ts'

/** So long a swap may take before it counts as dead; then `mendDeadSwaps` lets the business in again. */
export const swapLimitMs = 5 * 60_000
const day = 86_400_000
/** For so long the database of before stays where it was. */
export const keptDays = 7

export type SwapWish<T> = {
  from: TenantIdentity
  /** Made, filled and compared before; nobody works in it yet. */
  to: TenantIdentity
  /** Its schema, which must be that of the business's migrations as the admin database knows them. */
  schemaVersion: number
  why: 'restore' | 'move'
  /**
   * A migration that broke off in `from` is in `to` as far as it came, and goes on there. So after a move, and
   * after a restore that replayed the log to its end; otherwise it begins anew.
   */
  keepsUnfinished?: boolean
  now: Date
  /** While nobody is in: the last comparison, numbers, what is carried over. Throwing undoes the swap. */
  during(root: Provisioner): Promise<T>
}

export type Swapped<T> =
  | { ok: true; value: T /** How long nobody was let in. */; pauseMs: number }
  /** The business has another database by now, is gone, or is being migrated. */
  | { ok: false; problem: 'changed' }

/**
 * Puts another database in the place of the one a business works in (OPERATIONS.md, section 2). Marked busy, its
 * account locked, its sessions killed until none is left (ACCOUNT LOCK, REVOKE and even DROP USER leave a living
 * one writing), then one UPDATE. Dying anywhere before that UPDATE leaves the business where it was.
 */
export async function swapDatabase<T>(databases: Databases, wish: SwapWish<T>): Promise<Swapped<T>> {
  const { admin } = databases
  const { from, to, now } = wish
  const startedAt = performance.now()
  const at = () => new Date(now.getTime() + performance.now() - startedAt)
  await databases.provision((root) => createAccount(root, to), to.serverId)
  if (!(await markBusy(admin, wish, new Date(now.getTime() + swapLimitMs)))) {
    await databases.provision((root) => root.dropTenantAccount(to), to.serverId)
    return { ok: false, problem: 'changed' }
  }
  const pausedAt = performance.now()
  let value: T
  try {
    value = await databases.provision(async (root) => {
      await root.lockTenantAccount(from)
      return wish.during(root)
    }, from.serverId)
    await commit(admin, wish, at())
  } catch (error) {
    await letIn(databases, from)
    throw error
  }
  const pauseMs = performance.now() - pausedAt
  // Locked it is already; its database stays.
  await databases.provision((root) => root.dropTenantAccount(from), from.serverId).catch(() => {})
  return { ok: true, value, pauseMs }
}

/**
 * Swaps whose process died: their business is let in again, in the database that its row names. A server that does not
 * answer keeps only its own waiting; it is told at the end, when all others are in.
 */
export async function mendDeadSwaps(databases: Databases, now: Date): Promise<number[]> {
  const dead = await databases.admin
    .select()
    .from(tenants)
    .where(and(isNotNull(tenants.busyUntil), lt(tenants.busyUntil, now)))
  const failed: { id: number; error: unknown }[] = []
  for (const tenant of dead) {
    await letIn(databases, tenant).catch((error: unknown) => failed.push({ id: tenant.id, error }))
  }
  const [first] = failed
  if (first) {
    const ids = failed.map(({ id }) => id).join(', ')
    throw new Error(`not let in after a swap that died: business ${ids}`, { cause: first.error })
  }
  return dead.map((tenant) => tenant.id)
}

/** Only into the database that its row names: after a COMMIT that nobody heard of it may be the new one. */
async function letIn({ admin, provision }: Databases, tenant: TenantIdentity): Promise<void> {
  const [row] = await admin.select().from(tenants).where(eq(tenants.id, tenant.id))
  if (row?.generation !== tenant.generation) return
  await provision((root) => root.unlockTenantAccount(tenant), tenant.serverId)
  await admin
    .update(tenants)
    .set({ busyUntil: null, busyReason: null })
    .where(and(eq(tenants.id, tenant.id), eq(tenants.generation, tenant.generation)))
}

/** What a restore that died left of that name goes first: an account holds nothing. */
async function createAccount(root: Provisioner, to: TenantIdentity): Promise<void> {
  try {
    await root.createTenantAccount(to)
  } catch (error) {
    if (errnoOf(error) !== errno.cannotUser) throw error
    await root.dropTenantAccount(to)
    await root.createTenantAccount(to)
  }
}

async function markBusy<T>(admin: AdminDb, wish: SwapWish<T>, busyUntil: Date): Promise<boolean> {
  const [marked] = await admin.update(tenants).set({ busyUntil, busyReason: wish.why }).where(isStill(wish))
  if (marked.affectedRows !== 1) return false
  // A migration writes its claim and then looks for this mark; we write the mark and then look for its claim.
  if (!(await isBeingMigrated(admin, wish.from.id))) return true
  await admin.update(tenants).set({ busyUntil: null, busyReason: null }).where(isStill(wish))
  return false
}

async function commit<T>(admin: AdminDb, wish: SwapWish<T>, at: Date): Promise<void> {
  const { from, to, why } = wish
  await inTransaction(admin, async (tx) => {
    const [swapped] = await tx
      .update(tenants)
      .set({
        nombreDb: to.nombreDb,
        generation: to.generation,
        serverId: to.serverId,
        busyUntil: null,
        busyReason: null,
      })
      // Past its time somebody may have been let in again, and sold in the database that is to be left.
      .where(and(isStill(wish), gt(tenants.busyUntil, at)))
    if (swapped.affectedRows !== 1)
      throw new Error(`tenant ${from.id} was changed by somebody else during its swap`)
    if (await isBeingMigrated(tx, from.id)) throw new Error(`tenant ${from.id} is being migrated`)
    await endUnfinished(tx, wish)
    const here = and(eq(keptDatabases.nombreDb, to.nombreDb), eq(keptDatabases.serverId, to.serverId))
    // Its own mark of «unfinished», if it had one: from now on somebody works in it.
    await tx.delete(keptDatabases).where(and(here, eq(keptDatabases.generation, to.generation)))
    // One that comes back was kept until now: no longer to be dropped, but a time before still asks for that life.
    await tx
      .update(keptDatabases)
      .set({ droppedAt: at })
      .where(and(here, isNull(keptDatabases.droppedAt)))
    await tx.insert(keptDatabases).values({
      tenantId: from.id,
      nombreDb: from.nombreDb,
      generation: from.generation,
      serverId: from.serverId,
      why,
      keptAt: at,
      keptUntil: new Date(at.getTime() + keptDays * day),
    })
    return { ok: true }
  })
}

/** What a run that stalled writes from now on, it writes to nobody: it worked on the database that is left. */
async function endUnfinished<T>(tx: AdminTx, { from, why, keepsUnfinished }: SwapWish<T>): Promise<void> {
  const unfinished = and(eq(schemaMigrations.tenantId, from.id), ne(schemaMigrations.state, 'done'))
  if (keepsUnfinished ?? why === 'move')
    await tx.update(schemaMigrations).set({ owner: null, leaseUntil: null }).where(unfinished)
  else await tx.delete(schemaMigrations).where(unfinished)
}

const isStill = <T>({ from, schemaVersion }: SwapWish<T>) =>
  and(
    eq(tenants.id, from.id),
    eq(tenants.status, 'ACTIVO'),
    eq(tenants.generation, from.generation),
    eq(tenants.nombreDb, from.nombreDb),
    eq(tenants.schemaVersion, schemaVersion),
  )
