import { sweepImports } from '#src/imports/actions.ts'
import { type Job, type JobContext, runJobAt, startSchedule } from '#src/jobs/schedule.ts'
import { sweepAccounts } from '#src/jobs/sweep.ts'
import { wipePracticeSales } from '#src/practice/actions.ts'
import { discardHalfMade, keepSpares } from '#src/tenants/spares.ts'

// The schedule, and nothing else. The work is in the feature folders; times are Lima's.
export const jobs: readonly Job[] = [
  {
    name: 'discard-half-made',
    cron: '* * * * *',
    run: ({ databases }, now) => discardHalfMade(databases, now),
  },
  {
    name: 'keep-spares',
    cron: '* * * * *',
    run: ({ databases, spares, clock }, _now, signal) => keepSpares(databases, spares, clock, signal),
  },
  { name: 'sweep', cron: '15 3 * * *', run: ({ databases }, now) => sweepAccounts(databases.admin, now) },
  { name: 'sweep-imports', cron: '45 3 * * *', runForTenant: (db, now) => sweepImports(db, now) },
  { name: 'wipe-practice-sales', cron: '30 3 * * *', runForTenant: (db, now) => wipePracticeSales(db, now) },
]

export const startJobs = (context: JobContext) => startSchedule(jobs, context)

/** Runs it now, whenever it is due. null: there is no such job. */
export async function runJobByHand(name: string, context: JobContext) {
  const job = jobs.find((job) => job.name === name)
  return job ? runJobAt(job, context, context.clock()) : null
}
