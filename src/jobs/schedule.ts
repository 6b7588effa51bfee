import { setTimeout as sleep } from 'node:timers/promises'
import { Cron } from 'croner'
import { describeError } from '#src/db/errors.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import type { Services } from '#src/http/env.ts'
import { eachTenant, type Tenant } from '#src/tenants/queries.ts'
import { type RunOutcome, runJob } from './runs.ts'

/** What a job needs to know of its process. */
export type JobContext = Pick<Services, 'databases' | 'clock' | 'config' | 'mailer'> & {
  log: { error(details: object, message: string): void }
  /** How many spare databases wait for a sign-up. */
  spares: number
}

/** One run of a job: what it says stands in the history, in words that a person reads, without names or secrets. */
export type RunContext = JobContext & { say(line: string): void }

type Named = { name: string; cron: string }
type PlainJob = Named & {
  /** `signal` aborts when the process stops or the run is no longer ours: then it throws, and is begun again. */
  run: (context: RunContext, now: Date, signal: AbortSignal) => Promise<unknown>
}
type TenantJob = Named & {
  runForTenant: (db: TenantDb, now: Date, tenant: Tenant, context: JobContext) => Promise<unknown>
}
export type Job = PlainJob | TenantJob

const zone = 'America/Lima'
const everyMinute = '* * * * *'

/**
 * Starts the clock of every job. The returned function stops it, tells what is running to end, and waits for it
 * `stopMs` at most: what hears nothing is left alone, and taken over by another process when its lease ends.
 */
export function startSchedule(
  jobs: readonly Job[],
  context: JobContext,
  stopMs = 10_000,
): () => Promise<void> {
  const running = new Set<Promise<unknown>>()
  const stopping = new AbortController()
  // Asking for the last due time runs what is due now, what was missed and what a dead process left behind:
  // a run that is done, or somebody else's, is not ours and costs one look.
  const runDue = async (job: Job) => {
    const run = runJobAt(job, context, lastDue(job, context.clock()), stopping.signal)
    running.add(run)
    await run.catch(report(context, job.name)).finally(() => running.delete(run))
  }
  const clocks = jobs.map((job) => {
    void runDue(job)
    return new Cron(everyMinute, { timezone: zone, protect: true }, () => runDue(job))
  })
  return async () => {
    for (const clock of clocks) clock.stop()
    stopping.abort()
    const ended = new AbortController()
    const enough = sleep(stopMs, undefined, { signal: ended.signal }).catch(() => {})
    await Promise.race([Promise.allSettled(running), enough])
    ended.abort()
  }
}

/**
 * One run of a job for one due time. A job about every business has a run for each as well, so that another
 * process which takes it over goes on where it was.
 */
export async function runJobAt(
  job: Job,
  context: JobContext,
  dueAt: Date,
  stopping?: AbortSignal,
): Promise<RunOutcome> {
  const now = context.clock()
  const run = { databases: context.databases, job: job.name, dueAt, now, ...(stopping ? { stopping } : {}) }
  const result = await runJob(run, (signal, say) =>
    'run' in job
      ? job.run({ ...context, say }, now, signal)
      : runForTenants(job, { ...context, say }, dueAt, signal),
  )
  if (result.outcome === 'failed') report(context, job.name)(result.error)
  return result
}

async function runForTenants(
  job: TenantJob,
  context: RunContext,
  dueAt: Date,
  signal: AbortSignal,
): Promise<void> {
  const { databases, clock } = context
  const failed = await eachTenant(databases, async (tenant, db) => {
    if (signal.aborted) return
    const now = clock()
    const run = { databases, job: job.name, dueAt, tenantId: tenant.id, now }
    const result = await runJob(run, () => job.runForTenant(db, now, tenant, context))
    if (result.outcome === 'failed') throw result.error
  })
  // Those that were not visited: whoever begins again goes on with them.
  signal.throwIfAborted()
  for (const { tenantId, error } of failed) report(context, job.name, tenantId)(error)
  if (failed.length > 0) throw new Error(`failed for ${failed.length} of the businesses`)
}

/** The last time at which the job was due, the same in every process. */
export function lastDue(job: Named, now: Date): Date {
  // The present minute counts as due from its first instant on.
  const [due] = new Cron(job.cron, { timezone: zone, paused: true }).previousRuns(
    1,
    new Date(now.getTime() + 1),
  )
  if (!due) throw new Error(`${job.name} was never due`)
  return due
}

const report = (context: JobContext, job: string, tenantId?: number) => (error: unknown) =>
  context.log.error({ job, tenantId, error: describeError(error) }, 'job failed')
