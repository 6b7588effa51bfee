import { join } from 'node:path'
import { backupsFolder, nightsIn, readManifest } from '#src/backups/folder.ts'
import { copiesOf } from '#src/backups/manifest.ts'
import { fileKey } from '#src/backups/night/queries.ts'
import { judgedFiles, restoredFiles, verifiedLast, waitingNights } from '#src/backups/verify/queries.ts'
import { type RoundContext, verifyRound } from '#src/backups/verify/round/actions.ts'
import { failureLine, reportLine } from '#src/backups/verify/texts.ts'
import { planVerification, type VerifyReport, verificationEnd } from '#src/backups/verify/verification.ts'
import { withLease } from '#src/db/lease.ts'
import { limaDate } from '#src/lib/lima.ts'

export type VerifyContext = RoundContext & {
  /** What it did, in lines for the job's history. */
  say?: (line: string) => void
}

export type VerifyOptions = {
  /** The newest finished one without it. */
  night?: string
  /** Only these businesses; 0 is the admin database. */
  tenantIds?: readonly number[]
  /** Restore every one, also what was restored within the week. */
  isThorough?: boolean
  /** Only what nobody has looked at yet, and none begun after the night's end: how the job asks. */
  isJob?: boolean
}

export type VerifyAnswer =
  | { ok: true; report: VerifyReport }
  /** Another process is at it; no such night has finished; that night has no copy of these. */
  | { ok: false; problem: 'held' | 'no-night' | 'no-copy' }

/** Where scratch servers lie, for verifying and for `--at`. */
export const scratchFolder = (dataFolder: string) => join(dataFolder, 'scratch')

/**
 * Restores a night's copies into a scratch server and compares them with the manifest. One that fails stops no
 * other; it stands in the report. Throws where nothing can be verified at all: no memory, no `mariadbd`, a full disk.
 */
export async function verifyNight(
  context: VerifyContext,
  options: VerifyOptions = {},
): Promise<VerifyAnswer> {
  const { databases, signal } = context
  const leased = await withLease(
    databases.admin,
    'verify',
    (lease) => verify({ ...context, signal: AbortSignal.any([signal, lease.signal]) }, options),
    { signal },
  )
  return leased.ok ? leased.value : leased
}

/** For the job, which looks often and seldom has anything to do: the last nights, until all of each is verified. */
export async function verifyWhatWaits(context: VerifyContext): Promise<VerifyAnswer | null> {
  const { databases, clock, config } = context
  const folder = backupsFolder(config.dataFolder)
  for (const night of await waitingNights(databases.admin, clock())) {
    const manifest = readManifest(folder, night)
    if (!manifest || clock() >= verificationEnd(manifest)) continue
    const answer = await verifyNight(context, { night, isJob: true })
    // A row whose file no manifest names any more waits for ever: for the next run of its night.
    if (answer.ok || answer.problem !== 'no-copy') return answer
  }
  return null
}

/** The job: it fails where a copy did, so that the console shows it, after all others were looked at. */
export async function verifyCopies(
  context: Omit<VerifyContext, 'signal'>,
  signal: AbortSignal,
): Promise<void> {
  const answer = await verifyWhatWaits({ ...context, signal })
  if (!answer?.ok || answer.report.failed.length === 0) return
  throw new Error([reportLine(answer.report), ...answer.report.failed.map(failureLine)].join('\n'))
}

async function verify(context: VerifyContext, options: VerifyOptions): Promise<VerifyAnswer> {
  const { config, clock, databases, say = () => {} } = context
  const folder = backupsFolder(config.dataFolder)
  const manifest = options.night
    ? readManifest(folder, options.night)
    : newestManifest(folder, limaDate(clock()))
  if (!manifest) return { ok: false, problem: 'no-night' }
  const { night } = manifest
  const { tenantIds, isThorough = false, isJob = false } = options
  const judged = isJob ? await judgedFiles(databases.admin, night) : new Set<string>()
  const entries = copiesOf(manifest).filter(
    (entry) => (!tenantIds || tenantIds.includes(entry.tenantId)) && !judged.has(fileKey(entry)),
  )
  if (entries.length === 0) return { ok: false, problem: 'no-copy' }
  const restored = isThorough
    ? new Map<string, Date>()
    : await restoredFiles(databases.admin, weekAgo(clock()), clock())
  const plan = planVerification(entries, restored, clock(), await verifiedLast(databases.admin, clock()))
  const report = await verifyRound(context, {
    folder,
    night,
    scratchFolder: scratchFolder(config.dataFolder),
    plan,
    endsAt: isJob ? verificationEnd(manifest) : null,
  })
  say(reportLine(report))
  for (const one of report.failed) say(failureLine(one))
  return { ok: true, report }
}

/** The night that is under way has none yet, and one of the future is the work of a wrong clock. */
function newestManifest(folder: string, today: string) {
  for (const night of nightsIn(folder)) {
    if (night > today) continue
    const manifest = readManifest(folder, night)
    if (manifest) return manifest
  }
  return null
}

const weekAgo = (now: Date) => new Date(now.getTime() - 7 * 86_400_000)
