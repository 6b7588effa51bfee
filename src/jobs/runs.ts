import { randomUUID } from 'node:crypto'
import { and, eq, lt, or } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { jobRuns } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { describeError } from '#src/db/errors.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { type RunLog, runLog } from './run-log.ts'

/** So long a run may be silent before another process takes it over. */
export const leaseMs = 60_000
const heartbeatMs = 20_000

/** One process, for as long as it lives. */
export const thisProcess = randomUUID()

export type RunOutcome =
  /** Done, failed, or already somebody else's: nothing to do here. */
  | { outcome: 'done' }
  | { outcome: 'failed'; error: unknown }
  | { outcome: 'not-ours' }
  /** This process stops: the run is due again, for the next. */
  | { outcome: 'stopped' }
  /** Silent for so long that another process has taken it over: whatever was done here does not count. */
  | { outcome: 'lost' }

type Run = {
  databases: Databases
  job: string
  /** The same in every process: the row of job, tenant and due time is the lock. */
  dueAt: Date
  /** 0: not about one business. */
  tenantId?: number
  owner?: string
  now: Date
  /** Aborted when this process stops. */
  stopping?: AbortSignal
}

/**
 * A run as one process began it. The attempt belongs to it: the owner is the same for all that a process does,
 * also where it takes over a run of its own that hung for too long.
 */
type Claim = { id: number; owner: string; attempt: number; log: RunLog }

/**
 * Runs the work of one due time once in effect, whatever the number of processes. It may begin again after a
 * crash, so the work must not mind being repeated; `signal` aborts when the run is no longer ours or the
 * process stops, and the work then throws. What it says with `say` stands in the row, for whoever asks later.
 */
export async function runJob(
  run: Run,
  work: (signal: AbortSignal, say: (line: string) => void) => Promise<unknown>,
): Promise<RunOutcome> {
  const { databases, now, owner = thisProcess } = run
  const { admin } = databases
  const claimed = await claim(admin, run, owner)
  if (claimed === null) return { outcome: 'not-ours' }

  const startedAt = performance.now()
  const passed = () => new Date(now.getTime() + performance.now() - startedAt)
  const lost = new AbortController()
  const heartbeat = setInterval(() => {
    beat(admin, claimed, passed())
      .then((isOurs) => isOurs || lost.abort())
      .catch(() => {}) // a database that does not answer now answers the next beat, or the lease ends
  }, heartbeatMs)
  // A job that does not hear the signal must not keep a process alive that has stopped.
  heartbeat.unref()

  let result: RunOutcome = { outcome: 'done' }
  try {
    await work(run.stopping ? AbortSignal.any([lost.signal, run.stopping]) : lost.signal, claimed.log.say)
  } catch (error) {
    result = run.stopping?.aborted ? { outcome: 'stopped' } : { outcome: 'failed', error }
  } finally {
    clearInterval(heartbeat)
  }
  const wasOurs = await complete(admin, claimed, result, passed())
  return wasOurs ? result : { outcome: 'lost' }
}

/** The run if it is ours now: it was due, or its owner has been silent for longer than the lease. */
async function claim(
  admin: AdminDb,
  { job, dueAt, tenantId = 0, now }: Run,
  owner: string,
): Promise<Claim | null> {
  await admin.insert(jobRuns).ignore().values({ job, tenantId, dueAt, status: 'due' })
  const claimed = await inTransaction(admin, async (tx) => {
    const [row] = await tx
      .select({ id: jobRuns.id, attempts: jobRuns.attempts, log: jobRuns.log })
      .from(jobRuns)
      .where(
        and(
          eq(jobRuns.job, job),
          eq(jobRuns.tenantId, tenantId),
          eq(jobRuns.dueAt, dueAt),
          or(eq(jobRuns.status, 'due'), and(eq(jobRuns.status, 'running'), lt(jobRuns.leaseUntil, now))),
        ),
      )
      .for('update', { skipLocked: true })
    if (!row) return { ok: true, claim: null }
    const attempt = row.attempts + 1
    await tx
      .update(jobRuns)
      .set({
        status: 'running',
        owner,
        attempts: attempt,
        leaseUntil: leaseFrom(now),
        heartbeatAt: now,
        startedAt: now,
      })
      .where(eq(jobRuns.id, row.id))
    return { ok: true, claim: { id: row.id, owner, attempt, log: runLog(row.log) } }
  })
  return claimed.claim
}

async function beat(admin: AdminDb, claimed: Claim, now: Date): Promise<boolean> {
  const [result] = await admin
    .update(jobRuns)
    .set({ heartbeatAt: now, leaseUntil: leaseFrom(now), log: claimed.log.text() })
    .where(isOurs(claimed))
  return result.affectedRows === 1
}

async function complete(admin: AdminDb, claimed: Claim, result: RunOutcome, now: Date): Promise<boolean> {
  const [written] = await admin
    .update(jobRuns)
    .set({
      status: statusAfter[result.outcome] ?? 'done',
      error: result.outcome === 'failed' ? problemOf(result.error) : null,
      log: claimed.log.text(),
      leaseUntil: null,
      finishedAt: now,
    })
    .where(isOurs(claimed))
  return written.affectedRows === 1
}

const statusAfter: Partial<Record<RunOutcome['outcome'], 'failed' | 'due'>> = {
  failed: 'failed',
  stopped: 'due',
}

const isOurs = ({ id, owner, attempt }: Claim) =>
  and(
    eq(jobRuns.id, id),
    eq(jobRuns.owner, owner),
    eq(jobRuns.attempts, attempt),
    eq(jobRuns.status, 'running'),
  )

const problemOf = (error: unknown) => {
  const { name, message } = describeError(error)
  return `${name}: ${message}`.slice(0, 1000)
}

const leaseFrom = (now: Date) => new Date(now.getTime() + leaseMs)
