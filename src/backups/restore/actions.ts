import { audit } from '#src/audit/actions.ts'
import { type Space, spaceOf } from '#src/backups/folder.ts'
import { databaseName } from '#src/db/accounts.ts'
import { type LogSeen, nothingSeen } from '#src/db/binlog-text.ts'
import type { Databases } from '#src/db/databases.ts'
import { withLease } from '#src/db/lease.ts'
import { swapDatabase } from '#src/db/swap.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { type Afterlife, withAfterlife } from './afterlife/actions.ts'
import { type Brought, bringOver, isReadable } from './carrying/bringing/actions.ts'
import type { Side } from './carrying/queries.ts'
import type { StoreAccess } from './elsewhere/queries.ts'
import { catchUp, type Filled, fillFromCopy, fillFromScratch } from './filling/actions.ts'
import { inOwnFolder } from './folder.ts'
import { forgetKept, markUnfinished, sweepUnfinished } from './kept/actions.ts'
import { type Plan, planRestore } from './planning/queries.ts'
import { hasSales, nextGeneration, schemaAt, tenantRow } from './queries.ts'
import { type Copy, type From, type RestoreStep, type Until, untilOf } from './restore.ts'
import { type InScratch, inScratch } from './scratch/actions.ts'
import { type Tail, tailOf } from './tail/actions.ts'
import { type RestoreRefused, Stopped } from './texts.ts'

export type RestoreContext = {
  databases: Databases
  config: { dataFolder: string; masterKey: Buffer }
  clock: () => Date
  store?: StoreAccess | null
  signal?: AbortSignal
  onStep?: (step: RestoreStep) => void
  /** For tests: how full the disk is. */
  space?: (path: string) => Promise<Space>
}
export type { RestoreStep } from './restore.ts'

export type RestoreWish = {
  tenantId: number
  from: From
  /** UTC. null: as late as the wish for a copy allows. */
  at: Date | null
  /**
   * Whether sales that are not in the restored database come along. Without a wish for a night or a time they
   * always do: nobody asked for anything to be forgotten.
   */
  carry?: boolean
}

export type Restored = {
  ok: true
  tenantId: number
  from: TenantIdentity
  to: TenantIdentity
  copy: { night: string; takenAt: string } | null
  /** How far the binary log was read; null where it was not needed. */
  logReadUpTo: Date | null
  changesReplayed: number
  /** The log says that the database was dropped then; until there it was replayed. */
  wasDropped: boolean
  /** Whether the database of before is still there, and kept. */
  isOldKept: boolean
  /** Neither the old database nor the log could tell what was sold later: why. */
  unknownWhy: RestoreRefused | null
  pauseMs: number
  tookMs: number
  /** `missing`: made, and not in the restored database. */
} & Brought

/**
 * Another database beside the living one, filled and compared, then swapped in; the old one is kept for 7 days.
 * Until the swap the business sells on, and whatever fails before it leaves everything as it was.
 */
export async function restoreTenant(
  context: RestoreContext,
  wish: RestoreWish,
): Promise<Restored | RestoreRefused> {
  const { databases } = context
  const leased = await withLease(databases.admin, restoreLease(wish.tenantId), (lease) => {
    const signal = context.signal ? AbortSignal.any([context.signal, lease.signal]) : lease.signal
    return inOwnFolder(context.config.dataFolder, (downloads) =>
      restoreAlone({ ...context, signal }, wish, downloads, lease.stillOurs),
    )
  })
  return leased.ok ? leased.value : { ok: false, problem: 'held' }
}

export const restoreLease = (tenantId: number) => `restore-${tenantId}`

type Running = RestoreContext & { signal: AbortSignal }

async function restoreAlone(
  context: Running,
  wish: RestoreWish,
  downloads: string,
  stillOurs: () => Promise<void>,
): Promise<Restored | RestoreRefused> {
  const { databases, clock, onStep, config } = context
  const startedAt = performance.now()
  onStep?.('looking')
  const tenant = await tenantRow(databases.admin, wish.tenantId)
  if (!tenant) return { ok: false, problem: 'no-tenant' }
  if (tenant.status !== 'ACTIVO') return { ok: false, problem: 'not-living' }
  const until = untilOf(wish.from, wish.at)
  const plan = await planRestore(databases, tenant, {
    ...{ from: wish.from, until, now: clock(), dataFolder: config.dataFolder },
    ...{ downloads, store: context.store ?? null },
  })
  if (!plan.ok) return plan
  if (await isTooFull(context, plan)) return { ok: false, problem: 'no-space' }
  await sweepUnfinished(databases, tenant, clock())
  const generation = await databases.provision(
    (root) => nextGeneration(databases.admin, root, tenant),
    tenant.serverId,
  )
  const to: TenantIdentity = {
    ...identityOf(tenant),
    generation,
    nombreDb: databaseName(tenant.id, generation),
  }
  await markUnfinished(databases, to, clock())
  const done = await fillAndSwap(context, { plan, until, to, wish, downloads, stillOurs })
  if (!done.ok) {
    await forgetKept(databases, to, clock())
    return done
  }
  const restored: Restored = { ...done, tookMs: performance.now() - startedAt }
  await noteRestored(context, restored)
  return restored
}

/** A copy's SQL is some four times its file; beside it stand the new database, a scratch one and their logs. */
const roomPerByte = 25
const leastFree = 0.05

/** With a full disk every commit waits, and every till behind it: a restore must not be what fills it. */
async function isTooFull({ config, space = spaceOf }: RestoreContext, { copy }: Plan): Promise<boolean> {
  const { freeBytes, totalBytes } = await space(config.dataFolder)
  return freeBytes - (copy?.entry.bytes ?? 0) * roomPerByte < totalBytes * leastFree
}

type Task = {
  plan: Plan
  until: Until
  to: TenantIdentity
  wish: RestoreWish
  downloads: string
  stillOurs: () => Promise<void>
}
type Done = Omit<Restored, 'tookMs'>

async function fillAndSwap(context: Running, task: Task): Promise<Done | RestoreRefused> {
  try {
    const { plan } = task
    const { scratch } = plan
    if (!scratch) return await fromCopy(context, task)
    context.onStep?.('replaying')
    return await inScratch(
      context.config,
      scratch,
      (found) => fromScratch(context, task, found),
      context.signal,
    )
  } catch (error) {
    await forgetKept(context.databases, task.to, context.clock()).catch(() => {})
    throw error
  }
}

async function fromCopy(context: Running, task: Task): Promise<Done | RestoreRefused> {
  const { plan, to } = task
  context.onStep?.('filling')
  const entry = plan.copy?.entry ?? null
  const source = { path: plan.copy?.path ?? plan.file ?? '', uid: plan.tenant.uid, entry }
  const target = { serverId: to.serverId, database: to.nombreDb }
  const filled = await fillFromCopy(context.databases, source, target, context.signal)
  if (!filled.ok) return filled
  return finish(context, task, filled, null)
}

async function fromScratch(context: Running, task: Task, found: InScratch): Promise<Done | RestoreRefused> {
  const { plan, until, to } = task
  const { databases, signal } = context
  const schema = await schemaAt(databases.admin, plan.tenant.id, until.kind === 'second' ? until.at : null)
  if (!schema.ok) return schema
  context.onStep?.('filling')
  const whose = { tenantId: plan.tenant.id, uid: plan.tenant.uid, generation: plan.life.generation }
  const source = { whose, schemaVersion: schema.version }
  const target = { serverId: to.serverId, database: to.nombreDb }
  const filled = await fillFromScratch(databases, found, source, target, signal)
  if (!filled.ok) return filled
  return finish(context, task, filled, found)
}

/** From here on the new database holds what was wished for; nobody works in it yet. */
async function finish(
  context: Running,
  task: Task,
  filled: Filled,
  found: InScratch | null,
): Promise<Done | RestoreRefused> {
  const { databases, onStep, signal } = context
  const { plan, to, until, wish, downloads } = task
  const { tenant } = plan
  onStep?.('comparing')
  if (filled.schemaVersion > tenant.schemaVersion) return { ok: false, problem: 'behind' }
  const isOldThere = await databases.provision(async (root) => {
    await catchUp(root, to.nombreDb, { from: filled.schemaVersion, to: tenant.schemaVersion })
    const old: Side = { root, database: tenant.nombreDb }
    return (await hasSales(root, old.database)) && isReadable(old, { root, database: to.nombreDb })
  }, tenant.serverId)
  const isToTheEnd = until.kind === 'end'
  const tail =
    isToTheEnd && found && plan.scratch ? tailOf(databases, { found, plan: plan.scratch, to }, signal) : null
  const ready: Ready = { tail, isOldThere, seen: found?.seen ?? nothingSeen }
  try {
    // Most of it before anybody has to wait.
    await tail?.follow()
    if (isOldThere || isToTheEnd) return await swapIn(context, task, ready, null)
    return await withAfterlife(context, { tenant, from: wish.from, downloads, found }, (known) =>
      swapIn(context, task, ready, known),
    )
  } catch (error) {
    if (error instanceof Stopped) return error.refusal
    throw error
  }
}

type Ready = { tail: Tail | null; isOldThere: boolean; seen: LogSeen }

async function swapIn(
  { databases, clock, onStep }: Running,
  { plan, to, until, wish, stillOurs }: Task,
  { tail, isOldThere, seen }: Ready,
  known: Afterlife | null,
): Promise<Done | RestoreRefused> {
  const { tenant } = plan
  await stillOurs()
  onStep?.('swapping')
  const swapped = await swapDatabase(databases, {
    from: identityOf(tenant),
    to,
    schemaVersion: tenant.schemaVersion,
    why: 'restore',
    keepsUnfinished: plan.scratch !== null && until.kind === 'end',
    now: clock(),
    async during(root) {
      await tail?.follow()
      const here: Side = { root, database: to.nombreDb }
      const old = isOldThere ? { root, database: tenant.nombreDb } : (known?.side ?? null)
      const isToTheEnd = until.kind === 'end'
      const result = await bringOver(old, here, wish.carry ?? isToTheEnd, isToTheEnd)
      await stillOurs()
      return result
    },
  })
  if (!swapped.ok) return swapped
  const log = tail?.seen() ?? seen
  return {
    ok: true,
    tenantId: tenant.id,
    from: identityOf(tenant),
    to,
    copy: copyOf(plan.copy),
    logReadUpTo: log.lastAt,
    changesReplayed: log.changes,
    wasDropped: log.wasDropped,
    isOldKept: isOldThere,
    unknownWhy: known?.why ?? null,
    ...swapped.value,
    pauseMs: swapped.pauseMs,
  }
}

export const identityOf = ({ id, uid, generation, nombreDb, serverId }: TenantIdentity): TenantIdentity => ({
  id,
  uid,
  generation,
  nombreDb,
  serverId,
})

const copyOf = (copy: Copy | null) => copy && { night: copy.night, takenAt: copy.entry.takenAt }

async function noteRestored({ databases, clock }: RestoreContext, done: Restored): Promise<void> {
  const detail = {
    from: done.from.nombreDb,
    to: done.to.nombreDb,
    night: done.copy?.night ?? null,
    logReadUpTo: done.logReadUpTo?.toISOString() ?? null,
    missing: done.missing.length,
    carried: done.carried.carried.length,
    pauseMs: Math.round(done.pauseMs),
  }
  await audit(databases.admin, { tenantId: done.tenantId, act: 'tenant.restored', detail }, clock())
}
