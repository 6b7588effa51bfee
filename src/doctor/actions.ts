import type { Config } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'
import type { Job } from '#src/jobs/schedule.ts'
import { copies } from './copies/queries.ts'
import { disk } from './disk/queries.ts'
import { mendAccounts } from './drift/actions.ts'
import { driftOf } from './drift/queries.ts'
import { driftFindings } from './drift/texts.ts'
import { type Finding, good, looked } from './finding.ts'
import { outside } from './outside/queries.ts'
import { secrets } from './secrets/queries.ts'
import { servers } from './servers/queries.ts'
import { behind, jobRounds, migrations } from './state/queries.ts'

/**
 * What is wrong with this installation, and how to mend each thing. Changes nothing, but for `mend`: accounts that
 * are not as they were made are derived again.
 */
export async function examine(
  config: Config,
  databases: Databases,
  { now, jobs, mend = false }: { now: Date; jobs: readonly Job[]; mend?: boolean },
): Promise<Finding[]> {
  const { admin } = databases
  const late = await behind(admin)
  const always = [
    await looked('database servers', () => servers(config, databases)),
    [migrations(late)],
    await looked('disk', () => disk(config, admin, now)),
    await outside(config),
  ]
  // Without tables there is nothing else to look at yet.
  if (late === null) return always.flat()
  const rest = [
    await looked('jobs', () => jobRounds(admin, now, jobs)),
    await copies(config, admin, now),
    await drift(config, databases, { now, mend }),
    await looked("operators' secrets", () => secrets(config, admin)),
  ]
  return [...always, ...rest].flat()
}

async function drift(
  { databaseKey: masterKey }: Config,
  databases: Databases,
  { now, mend }: { now: Date; mend: boolean },
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const id of databases.servers.keys()) {
    const name = id === 1 ? 'databases' : `databases ${id}`
    findings.push(
      ...(await looked(name, async () => {
        if (!mend) return driftFindings(await driftOf(databases, masterKey, id, now), id)
        const { mended, left } = await mendAccounts(databases, masterKey, id, now)
        const done = mended > 0 ? [good('mended', `${mended} accounts derived again`)] : []
        return [...done, ...driftFindings(left, id)]
      })),
    )
  }
  return findings
}
