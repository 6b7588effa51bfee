import { and, desc, eq, gte } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { jobRuns, tenants } from '#src/db/admin-schema.ts'
import type { LastRun } from '#src/operator/jobs-page/job-run.ts'

/** By its index: the table holds a row for each minute of two weeks. */
export async function lastRunOf(admin: AdminDb, job: string): Promise<LastRun | null> {
  const [run] = await listRuns(admin, job, 1)
  return run ?? null
}

/** The last runs of one job over all businesses, the latest first. */
export const listRuns = (admin: AdminDb, job: string, limit: number): Promise<LastRun[]> =>
  admin
    .select({
      dueAt: jobRuns.dueAt,
      status: jobRuns.status,
      startedAt: jobRuns.startedAt,
      finishedAt: jobRuns.finishedAt,
      error: jobRuns.error,
      log: jobRuns.log,
    })
    .from(jobRuns)
    .where(and(eq(jobRuns.job, job), eq(jobRuns.tenantId, 0)))
    .orderBy(desc(jobRuns.dueAt))
    .limit(limit)

export type Failure = {
  job: string
  dueAt: Date
  tenantId: number
  businessName: string | null
  attempts: number
  error: string
}

/** The latest first; `tenantId` 0 is a run over all businesses. */
export async function listFailures(admin: AdminDb, since: Date): Promise<Failure[]> {
  const rows = await admin
    .select({ run: jobRuns, businessName: tenants.businessName })
    .from(jobRuns)
    .leftJoin(tenants, eq(tenants.id, jobRuns.tenantId))
    .where(and(eq(jobRuns.status, 'failed'), gte(jobRuns.dueAt, since)))
    .orderBy(desc(jobRuns.id))
    .limit(50)
  return rows.map(({ run, businessName }) => ({
    job: run.job,
    dueAt: run.dueAt,
    tenantId: run.tenantId,
    businessName,
    attempts: run.attempts,
    error: run.error ?? '',
  }))
}
