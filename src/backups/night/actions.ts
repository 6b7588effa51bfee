import {
  backupsFolder,
  makeFolder,
  manifestsIn,
  newestCopies,
  nightFolder,
  type Space,
  spaceOf,
} from '#src/backups/folder.ts'
import { adminTenantId, type FailedEntry, type Manifest } from '#src/backups/manifest.ts'
import type { Config } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'
import { describeError } from '#src/db/errors.ts'
import { type Lease, withLease } from '#src/db/lease.ts'
import { limaDate } from '#src/lib/lima.ts'
import { commitNight } from './commit/actions.ts'
import type { Tonight } from './copying/actions.ts'
import { adminSource, businessesToCopy, copyKey, doubtfulCopies, migrating } from './queries.ts'
import { sweepNights } from './retention/actions.ts'
import { copyRounds, type NightProgress, type Result } from './rounds/actions.ts'
import { discardAttempt, type Staged, sweepParts } from './staging.ts'
import { type NightReport, nightTexts, reportLines } from './texts.ts'

export type NightContext = {
  databases: Databases
  config: Pick<Config, 'dataFolder'>
  clock: () => Date
  signal: AbortSignal
  /** What it did, in lines for the job's history. */
  say?: (line: string) => void
  onProgress?: (progress: NightProgress) => void
  /** For tests: how full the disk is, and how patiently a server is asked again. */
  space?: (path: string) => Promise<Space>
  pausesMs?: readonly number[]
}

export type NightOptions = {
  /** Only these businesses; 0 is the admin database. All of them and the admin database without it. */
  tenantIds?: readonly number[]
  /** How long to wait for another night that is under way. */
  waitMs?: number
}

/**
 * Copies every business and the admin database into tonight's folder (a Lima day). One that is broken stops no
 * other; it stands in the report and in the manifest. Files get their names, and the night its manifest, at the
 * very end: a run that is killed at any moment leaves the night as it was. Throws when `signal` aborts.
 */
export async function runNight(
  context: NightContext,
  { tenantIds, waitMs = 0 }: NightOptions = {},
): Promise<{ ok: true; report: NightReport } | { ok: false; problem: 'held' }> {
  const { databases, signal } = context
  const leased = await withLease(
    databases.admin,
    'backup',
    (lease) => copyAll({ ...context, signal: AbortSignal.any([signal, lease.signal]) }, lease, tenantIds),
    { waitMs, signal },
  )
  return leased.ok ? { ok: true, report: leased.value } : leased
}

/** The job of three o'clock. It fails where one business has no copy tonight, after all others have theirs. */
export async function backUp(context: Omit<NightContext, 'signal'>, signal: AbortSignal): Promise<void> {
  const answer = await runNight({ ...context, signal }, { waitMs: waitForAnotherMs })
  if (!answer.ok) throw new Error('another copy has been under way for an hour')
  const { failed } = answer.report
  if (failed.length > 0) throw new Error(reportLines(answer.report).join('\n'))
}
const waitForAnotherMs = 3_600_000

async function copyAll(
  context: NightContext,
  lease: Lease,
  tenantIds: readonly number[] | undefined,
): Promise<NightReport> {
  const { databases, config, clock, say = () => {} } = context
  const startedAt = clock()
  const folder = backupsFolder(config.dataFolder)
  const place = { folder, night: limaDate(startedAt), attempt: lease.owner.slice(0, 8) }
  await makeFolder(nightFolder(folder, place.night))
  sweepParts(folder)
  await prepareServers(context, !tenantIds)
  const tonight = await prepare(context, place)
  const source = {
    list: () => toCopy(databases, tenantIds),
    listMigrating: () => migrating(databases.admin, clock()),
  }
  try {
    const { results, deleted } = await copyRounds(tonight, source, context.onProgress)
    const staged = results.flatMap(({ copied }) => (copied.ok ? [copied.staged] : []))
    const failed = results.flatMap((result) => failedEntry(result) ?? [])
    await commitNight(databases.admin, { ...tonight, startedAt, finishedAt: clock(), staged, failed, lease })
    const removed = tenantIds ? [] : await sweepNights(databases.admin, folder, place.night)
    const report = { ...totalsOf(staged), night: place.night, failed, removed, deleted }
    for (const line of reportLines(report)) say(line)
    return report
  } catch (error) {
    discardAttempt(folder, place.night, place.attempt)
    throw error
  }
}

async function toCopy(databases: Databases, tenantIds: readonly number[] | undefined) {
  const businesses = await businessesToCopy(databases.admin, tenantIds)
  // The admin database last: all businesses that have a copy tonight are in it.
  return !tenantIds || tenantIds.includes(adminTenantId) ? [...businesses, adminSource()] : businesses
}

/**
 * Each server has the accounts that copy. In a whole night it also begins a new binary log: the one before is
 * closed, can be sent away and, one day, be removed.
 */
async function prepareServers(
  { databases, say = () => {} }: NightContext,
  isWholeNight: boolean,
): Promise<void> {
  for (const serverId of databases.servers.keys()) {
    try {
      await databases.provision(async (root) => {
        await root.prepareServer()
        if (isWholeNight) await root.query('flush binary logs')
      }, serverId)
    } catch (error) {
      // Its businesses will say so too.
      say(`server ${serverId} could not be prepared: ${describeError(error).message}`)
    }
  }
}

async function prepare(
  { databases, clock, signal, space = spaceOf, pausesMs = [1_000, 4_000] }: NightContext,
  place: Pick<Tonight, 'folder' | 'night' | 'attempt'>,
): Promise<Tonight> {
  // A night of the future is the work of a wrong clock: nothing is carried from it.
  const past = manifestsIn(place.folder).filter(({ night }: Manifest) => night <= place.night)
  const known = newestCopies(past)
  const doubtful = await doubtfulCopies(databases.admin)
  return {
    ...place,
    server: databases.copies,
    clock,
    signal,
    space,
    pausesMs,
    goneServers: new Set(),
    largestCopyBytes: Math.max(0, ...[...known.values()].map(({ entry }) => entry.bytes)),
    earlier({ tenantId }) {
      const found = known.get(tenantId)
      if (!found) return null
      const keys = [copyKey(tenantId, found.night), copyKey(tenantId, found.entry.dumpedOn)]
      return { ...found, isDoubtful: keys.some((key) => doubtful.has(key)) }
    },
  }
}

function failedEntry({ source, copied }: Result): FailedEntry | null {
  if (copied.ok) return null
  const { tenantId, nombreDb } = source
  const detail = copied.detail ? ` (${copied.detail})` : ''
  return { tenantId, nombreDb, problem: `${nightTexts[copied.problem]}${detail}` }
}

function totalsOf(staged: readonly Staged[]): Pick<NightReport, 'dumped' | 'carried' | 'bytes'> {
  const made = staged.filter(({ part, entry }) => part !== null && entry.kind === 'dumped')
  return {
    dumped: made.length,
    carried: staged.length - made.length,
    bytes: made.reduce((sum, { entry }) => sum + entry.bytes, 0),
  }
}
