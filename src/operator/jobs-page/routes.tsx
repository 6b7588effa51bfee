import { Hono } from 'hono'
import type { AdminDb } from '#src/db/admin.ts'
import { respond } from '#src/http/respond.tsx'
import { type Job, lastDue } from '#src/jobs/schedule.ts'
import { jobs } from '#src/jobs.ts'
import type { OperatorEnv } from '#src/operator/env.ts'
import { JobPage } from '#views/operator/jobs/job-page.tsx'
import { JobsPage } from '#views/operator/jobs/jobs-page.tsx'
import { type JobRow, jobState, jobsText } from './job-run.ts'
import { lastRunOf, listFailures, listRuns } from './queries.ts'

/** «Tareas»: what runs by itself, when it last did, and what failed. */
export const jobsPage = new Hono<OperatorEnv>()

const weekMs = 7 * 86_400_000

jobsPage.get('/tareas', async (c) => {
  const { services, now, operator } = c.var
  const { admin } = services.databases
  const rows = await Promise.all(jobs.map((job) => rowOf(admin, job, now)))
  const failures = await listFailures(admin, new Date(now.getTime() - weekMs))
  return respond(c, {
    page: () => (
      <JobsPage operator={operator} rows={rows} failures={failures} sentence={jobsText(rows)} now={now} />
    ),
  })
})

/** One job's last runs, each with what it said. */
jobsPage.get('/tareas/:name', async (c) => {
  const { services, operator } = c.var
  const job = jobs.find(({ name }) => name === c.req.param('name'))
  if (!job) return c.notFound()
  const runs = await listRuns(services.databases.admin, job.name, runsShown)
  return respond(c, { page: () => <JobPage operator={operator} job={job} runs={runs} /> })
})
const runsShown = 30

async function rowOf(admin: AdminDb, job: Job, now: Date): Promise<JobRow> {
  const run = await lastRunOf(admin, job.name)
  return { name: job.name, cron: job.cron, run, state: jobState(run, lastDue(job, now), now) }
}
