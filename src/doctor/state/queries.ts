import { sql } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { newestVersion } from '#src/db/migrations.ts'
import { bad, type Finding, few, good } from '#src/doctor/finding.ts'
import { type Job, lastDue } from '#src/jobs/schedule.ts'
import { jobState } from '#src/operator/jobs-page/job-run.ts'
import { lastRunOf } from '#src/operator/jobs-page/queries.ts'

/** null: the admin database has no tables yet. */
export async function behind(admin: AdminDb): Promise<number | null> {
  try {
    const answer = await admin.execute(
      sql`select count(*) as behind from tenants where status in ('RESERVA', 'ACTIVO') and schema_version < ${newestVersion()}`,
    )
    const [[row]] = answer as unknown as [[{ behind: number }]]
    return Number(row.behind)
  } catch {
    return null
  }
}

export function migrations(behind: number | null): Finding {
  const mend = 'Run: smartket migrate'
  if (behind === null) return bad('migrations', 'the admin database has no tables yet', mend)
  return behind === 0
    ? good('migrations', 'all done')
    : bad('migrations', `${behind} databases are behind`, mend)
}

/** What runs by itself. Nothing at all ran where `serve` never did. */
export async function jobRounds(admin: AdminDb, now: Date, jobs: readonly Job[]): Promise<Finding> {
  const name = 'jobs'
  const states = await Promise.all(
    jobs.map(async (job) => {
      const run = await lastRunOf(admin, job.name)
      return { name: job.name, run, state: jobState(run, lastDue(job, now), now) }
    }),
  )
  if (states.every(({ run }) => run === null)) return good(name, 'none has run yet: smartket serve runs them')
  const of = (wanted: string) => states.filter(({ state }) => state === wanted).map(({ name }) => name)
  const [failed, missed] = [of('failed'), of('missed')]
  if (failed.length + missed.length === 0) return good(name, 'each ran in its hour')
  const found = [
    ...(failed.length > 0 ? [`failed: ${few(failed)}`] : []),
    ...(missed.length > 0 ? [`did not run: ${few(missed, 5)}`] : []),
  ]
  const mend = `${failed.length > 0 ? 'smartket jobs show NAME tells why' : 'Is smartket serve running?'}.`
  return bad(name, found.join('; '), mend.replace('..', '.').replace('?.', '?'))
}
