import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { spaceOf } from '#src/backups/folder.ts'
import { leastFree } from '#src/backups/night/decision.ts'
import type { Config } from '#src/config.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { jobRuns } from '#src/db/admin-schema.ts'
import { bad, type Finding, good } from '#src/doctor/finding.ts'
import { daysUntil, type FreeSpace, freeIn, spaceJob } from './disk.ts'

/** Below it imports, exports and uploads refuse. */
const hardShare = 0.05
/** Time enough to order a larger disk. */
const soonDays = 14

export async function disk(config: Pick<Config, 'dataFolder'>, admin: AdminDb, now: Date): Promise<Finding> {
  const name = 'disk'
  const { freeBytes, totalBytes } = await spaceOf(config.dataFolder)
  const floorBytes = leastFree(totalBytes, 0)
  const days = daysUntil(floorBytes, [...(await history(admin)), { at: now, freeBytes }])
  const free = `${(freeBytes / 1e9).toFixed(1)} GB free (${Math.round((freeBytes / totalBytes) * 100)} %)`
  if (freeBytes < totalBytes * hardShare)
    return bad(
      name,
      free,
      'With a full disk every charge hangs: make room now, or give the machine a larger one.',
    )
  if (freeBytes < floorBytes)
    return bad(name, `${free}: the nightly copy stops`, 'Make room, or give the machine a larger disk.')
  if (days === null) return good(name, `${free}, and not shrinking as far as is known`)
  const found = `${free}, ${Math.floor(days)} days until the nightly copy stops`
  return days < soonDays
    ? bad(name, found, 'Order a larger disk, or see what grows: du in the data folder.')
    : good(name, found)
}

/** What the job noted in the two weeks that are kept. */
async function history(admin: AdminDb): Promise<FreeSpace[]> {
  const rows = await admin
    .select({ at: jobRuns.finishedAt, log: jobRuns.log })
    .from(jobRuns)
    .where(and(eq(jobRuns.job, spaceJob), eq(jobRuns.status, 'done'), isNotNull(jobRuns.finishedAt)))
    .orderBy(asc(jobRuns.dueAt))
    // Before the first migration there is no table.
    .catch(() => [])
  return rows.flatMap(({ at, log }) => {
    const freeBytes = freeIn(log)
    return at && freeBytes !== null ? [{ at, freeBytes }] : []
  })
}
