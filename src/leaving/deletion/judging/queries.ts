import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Admin } from '#src/db/admin.ts'
import type { JobContext } from '#src/jobs/schedule.ts'
import { reachesPeople } from '#src/notices/mail-server.ts'
import { databaseClock } from '#src/notices/queries.ts'
import type { Tenant } from '#src/tenants/queries.ts'
import { deletionProblems, runProblems } from '../deletion.ts'
import { deletedToday, deletionFacts, type HasFile, heartbeats } from '../queries.ts'

/** `hasFile` asks whether a copy's file is still there. */
export type Judging = Pick<JobContext, 'databases' | 'config'> & { hasFile?: HasFile }

/** What speaks against it, without doing anything: the operator looks before saying yes. */
export async function whyNotDeleted(context: Judging, tenant: Tenant, now: Date) {
  const asked = { tenant, hasOperatorsYes: true }
  return (await judged(context, context.databases.admin, asked, now)).problems
}

/** Everything that speaks against deleting it now, and what was looked at. */
export async function judged(
  { databases, config, hasFile = hasFileUnder(config.dataFolder) }: Judging,
  tx: Admin,
  { tenant, hasOperatorsYes }: { tenant: Tenant; hasOperatorsYes: boolean },
  now: Date,
) {
  const facts = await deletionFacts(tx, { tenant, db: databases.tenant(tenant), hasFile }, now)
  const ofRun = runProblems({
    clocks: { app: now, database: await databaseClock(tx), store: null },
    heartbeats: await heartbeats(tx, now),
    deletedToday: await deletedToday(tx, now),
    hasOperatorsYes,
    canWarn: reachesPeople(config),
  })
  return { facts, problems: [...deletionProblems(facts, now), ...ofRun] }
}

/** As the nightly copy names them, until they are sent away. */
const hasFileUnder =
  (dataFolder: string): HasFile =>
  ({ id, night }) =>
    stat(join(dataFolder, 'backups', night, `backup-${id}.sql.gz`)).then(
      (found) => found.isFile() && found.size > 0,
      () => false,
    )
