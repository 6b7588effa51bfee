import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq, lt, ne, or } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { jobRuns } from '#src/db/admin-schema.ts'

/** So long its holder may be silent before another process takes it. */
const leaseMs = 20_000
const heartbeatMs = 5_000
const lookAgainMs = 100

export type MachineLease = {
  /** Aborted when another process has taken it: what is being done here must end. */
  lost: AbortSignal
  release(): Promise<void>
}

/**
 * What only one process on this machine may do at a time, whatever the number of processes: heavy work beside the
 * till. One row of `job_runs` for each machine is the lock; null when it was not free in `waitMs`.
 */
export async function machineLease(
  admin: AdminDb,
  what: string,
  { clock, waitMs }: { clock: () => Date; waitMs: number },
): Promise<MachineLease | null> {
  const run = { job: `${what}@${hostname()}`.slice(0, 64), tenantId: 0, dueAt: always }
  const owner = randomUUID()
  const isThis = and(eq(jobRuns.job, run.job), eq(jobRuns.tenantId, 0), eq(jobRuns.dueAt, always))
  await admin
    .insert(jobRuns)
    .ignore()
    .values({ ...run, status: 'due' })
  const startedAt = performance.now()
  while (!(await take(admin, isThis, owner, clock()))) {
    if (performance.now() - startedAt > waitMs) return null
    await sleep(lookAgainMs)
  }
  const lost = new AbortController()
  const isOurs = and(isThis, eq(jobRuns.owner, owner), eq(jobRuns.status, 'running'))
  const beat = setInterval(() => {
    const now = clock()
    admin
      .update(jobRuns)
      .set({ heartbeatAt: now, leaseUntil: leaseFrom(now) })
      .where(isOurs)
      .then(([result]) => result.affectedRows === 1 || lost.abort())
      .catch(() => {}) // a database that does not answer now answers the next beat, or the lease ends
  }, heartbeatMs)
  return {
    lost: lost.signal,
    release: async () => {
      clearInterval(beat)
      await admin.update(jobRuns).set({ status: 'due', owner: null, leaseUntil: null }).where(isOurs)
    },
  }
}

/** The row is never due at a time: the sweep of old runs leaves it, because it is never done. */
const always = new Date('2000-01-01T00:00:00Z')

const leaseFrom = (now: Date) => new Date(now.getTime() + leaseMs)

async function take(
  admin: AdminDb,
  isThis: ReturnType<typeof and>,
  owner: string,
  now: Date,
): Promise<boolean> {
  const [result] = await admin
    .update(jobRuns)
    .set({ status: 'running', owner, leaseUntil: leaseFrom(now), heartbeatAt: now, startedAt: now })
    .where(and(isThis, or(ne(jobRuns.status, 'running'), lt(jobRuns.leaseUntil, now))))
  return result.affectedRows === 1
}
