import { and, desc, eq, lt } from 'drizzle-orm'
import { uncoveredHours } from '#src/backups/covered/covered.ts'
import { backupsFolder, manifestsIn } from '#src/backups/folder.ts'
import { uncovered } from '#src/backups/queries.ts'
import { openStore } from '#src/backups/store/s3.ts'
import { faultOf } from '#src/backups/store/store.ts'
import { storeTexts } from '#src/backups/store/texts.ts'
import type { Config } from '#src/config.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { jobRuns, tenants } from '#src/db/admin-schema.ts'
import { bad, type Finding, few, good, looked } from '#src/doctor/finding.ts'
import { isLocal } from '#src/doctor/outside/queries.ts'
import { clockFinding } from '#src/doctor/servers/queries.ts'

const hour = 3_600_000
/** They go every five minutes. */
const logsLateMs = hour / 2

/** Whether everything could be brought back, and until when. */
export async function copies(config: Config, admin: AdminDb, now: Date): Promise<Finding[]> {
  const findings = await Promise.all([
    looked('newest night', () => newestNight(config, admin, now)),
    looked('verified copies', () => verified(admin, now)),
    looked('store', () => store(config)),
    looked('binary log in the store', () => sentLogs(config, admin, now)),
  ])
  return findings.flat()
}

async function newestNight({ dataFolder }: Config, admin: AdminDb, now: Date): Promise<Finding> {
  const name = 'newest night'
  const [newest] = manifestsIn(backupsFolder(dataFolder))
  const mend =
    'smartket backup run, and see what it says; smartket jobs show backup tells of the last nights.'
  if (!newest) {
    const isOld = lt(tenants.createdAt, new Date(now.getTime() - uncoveredHours * hour))
    const waiting = await admin.$count(tenants, and(eq(tenants.status, 'ACTIVO'), isOld))
    return waiting > 0
      ? bad(name, 'there is none on this disk', mend)
      : good(name, 'none yet, and no business that is older than a night')
  }
  const failed = newest.entries.filter((entry) => 'problem' in entry).length
  const hours = Math.round((now.getTime() - new Date(newest.finishedAt).getTime()) / hour)
  const found = `${newest.night}, ${newest.entries.length} databases, ended ${hours} h ago`
  if (failed > 0) return bad(name, `${found}; ${failed} of them have no copy`, mend)
  return hours > uncoveredHours ? bad(name, found, mend) : good(name, found)
}

async function verified(admin: AdminDb, now: Date): Promise<Finding> {
  const name = 'verified copies'
  const late = await uncovered(admin, now)
  if (late.length === 0) return good(name, 'everything older than 36 hours is in one')
  const dates = late.flatMap(({ safeUntil }) => safeUntil ?? [])
  const oldest = dates.toSorted((a, b) => a.getTime() - b.getTime())[0]
  const never = late.length - dates.length
  const parts = [
    `${late.length} businesses changed more than 36 hours ago and are in none: ${few(late.map(({ tenantId }) => String(tenantId)))}`,
    ...(oldest ? [`the oldest is safe until ${oldest.toISOString()}`] : []),
    ...(never > 0 ? [`${never} never had one`] : []),
  ]
  return bad(name, parts.join('; '), 'smartket backup run, then smartket backup verify.')
}

/** Asks, and sends nothing: `backup store check` sends copies there and back. */
async function store(config: Config): Promise<Finding[]> {
  if (!config.store) {
    const found = 'copies stay on this machine (SMARTKET_STORE_URL is not set)'
    const mend =
      'Whoever loses this machine loses everything: set SMARTKET_STORE_URL and the variables beside it.'
    return [isLocal(config.landingOrigin) ? good('store', found) : bad('store', found, mend)]
  }
  const there = await openStore(config.store, { attempts: 2, connectMs: 5_000, requestMs: 20_000 })
  const { bucket, keep } = config.store
  try {
    const before = Date.now()
    const now = await there.now()
    const kept = `${keep.daily} nights, ${keep.weekly} weeks and ${keep.monthly} months stay`
    const keepsVersions = await there.keepsVersions()
    const reached =
      keepsVersions === false
        ? bad(
            'store',
            `bucket ${bucket} answers, but keeps no versions of what is deleted`,
            'Turn versioning on for the bucket: whoever has this key could delete every copy at once.',
          )
        : good('store', `bucket ${bucket} answers; ${kept}`)
    return [reached, clockFinding('clock of the store', now.getTime() - (before + Date.now()) / 2)]
  } catch (error) {
    const { problem, message } = faultOf(error)
    return [bad('store', `${problem} (${message})`, storeTexts[problem])]
  } finally {
    there.close()
  }
}

async function sentLogs(config: Config, admin: AdminDb, now: Date): Promise<Finding[]> {
  if (!config.store) return []
  const name = 'binary log in the store'
  const [last] = await admin
    .select({ at: jobRuns.finishedAt })
    .from(jobRuns)
    .where(and(eq(jobRuns.job, 'send-logs'), eq(jobRuns.status, 'done')))
    .orderBy(desc(jobRuns.dueAt))
    .limit(1)
  const mend = 'smartket jobs show send-logs tells why. A machine lost now takes what was sold since with it.'
  if (!last?.at) return [bad(name, 'was never sent', mend)]
  const ageMs = now.getTime() - last.at.getTime()
  const found = `last sent ${Math.round(ageMs / 60_000)} minutes ago`
  return [ageMs > logsLateMs ? bad(name, found, mend) : good(name, found)]
}
