import { copyPath, type Space, spaceOf } from '#src/backups/folder.ts'
import type { CopyEntry } from '#src/backups/manifest.ts'
import { leastFree } from '#src/backups/night/decision.ts'
import { type Checked, checkBytes, checkCopy } from '#src/backups/verify/checking/actions.ts'
import {
  correctManifest,
  isStillListed,
  markFailed,
  markVerified,
} from '#src/backups/verify/marks/actions.ts'
import type { Plan, VerifyFailure, VerifyReport } from '#src/backups/verify/verification.ts'
import type { Config } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'
import type { Fingerprint } from '#src/db/fingerprint.ts'
import { withLease } from '#src/db/lease.ts'
import { startScratchServer } from '#src/db/scratch-server.ts'

export type RoundContext = {
  databases: Databases
  config: Pick<Config, 'dataFolder'>
  clock: () => Date
  signal: AbortSignal
  onProgress?: (progress: { done: number; all: number; note: string }) => void
  /** In bytes; told by tests. */
  freeMemory?: () => number
  /** How full the disk is; told by tests. */
  space?: (path: string) => Promise<Space>
}

type Round = { folder: string; night: string; scratchFolder: string; plan: Plan; endsAt: Date | null }

/** How many copies are restored at a time: a till that sells meanwhile must not notice. */
const atOnce = 2

/** Everything of one night's plan; what is known of a copy is written down at once, and survives a kill. */
export async function verifyRound(context: RoundContext, round: Round): Promise<VerifyReport> {
  const { databases, clock } = context
  const { folder, night, plan } = round
  const report: VerifyReport = { night, restored: 0, unchanged: 0, waiting: 0, failed: [] }
  const corrected = new Map<string, Fingerprint>()
  const all = plan.known.length + plan.restore.length

  const note = async (entry: CopyEntry, checked: Checked, verifiedAt: Date): Promise<boolean> => {
    const { tenantId, nombreDb } = entry
    // Copied again while we looked: what is known is of a file that is gone.
    if (!isStillListed(folder, night, entry)) return false
    if (checked.ok)
      await markVerified(databases.admin, night, entry, { verifiedAt, figures: checked.figures })
    else {
      if (checked.problem !== 'no-room') await markFailed(databases.admin, night, entry, checked)
      const { problem, detail } = checked
      const failure: VerifyFailure = { tenantId, nombreDb, problem, detail }
      report.failed.push(failure)
    }
    const done = report.restored + report.unchanged + report.failed.length + (checked.ok ? 1 : 0)
    context.onProgress?.({ done, all, note: nombreDb })
    return checked.ok
  }

  for (const { entry, verifiedAt } of plan.known) {
    context.signal.throwIfAborted()
    const checked = await checkBytes(copyPath(folder, night, entry.file), entry)
    // The instant of its restoring, not of this look: within a week it is restored again.
    if (await note(entry, checked, verifiedAt)) report.unchanged++
  }
  const queue = [...plan.restore]
  await restoring(context, round, queue, async (entry, checked) => {
    if (!(await note(entry, checked, clock()))) return
    report.restored++
    if (checked.ok && !entry.isExact) corrected.set(entry.sha256, checked.figures)
  })
  report.waiting = queue.length
  if (corrected.size > 0) await correct(context, round, corrected)
  return report
}

/** Takes from `queue` what was checked; what is left when the time is up waits there. */
async function restoring(
  { databases, clock, signal, freeMemory, space = spaceOf }: RoundContext,
  { folder, night, scratchFolder, endsAt }: Round,
  queue: CopyEntry[],
  note: (entry: CopyEntry, checked: Checked) => Promise<void>,
): Promise<void> {
  const isTimeLeft = () => endsAt === null || clock() < endsAt
  if (queue.length === 0 || !isTimeLeft()) return
  const options = { isQuiet: true, signal, ...(freeMemory ? { freeMemory } : {}) }
  const scratch = await startScratchServer(scratchFolder, options)
  // Where nothing can be said about one copy (the disk is full) nothing can be said about the others.
  const broken = new AbortController()
  const stopped = AbortSignal.any([signal, broken.signal])
  const worker = async () => {
    try {
      for (let entry = queue[0]; entry && isTimeLeft(); entry = queue[0]) {
        stopped.throwIfAborted()
        // At once: the other worker must not take it too.
        queue.shift()
        if (!hasRoom(await space(folder), entry)) {
          await note(entry, { ok: false, problem: 'no-room', detail: null })
          continue
        }
        const file = copyPath(folder, night, entry.file)
        await note(entry, await checkCopy({ databases, scratch, signal: stopped }, file, entry))
      }
    } catch (error) {
      broken.abort(error)
      throw error
    }
  }
  try {
    const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker))
    signal.throwIfAborted()
    // The first reason: the others were only told to stop.
    if (ended.some((one) => one.status === 'rejected')) throw broken.signal.reason
  } finally {
    await scratch.stop()
  }
}

/** Restored, a copy takes eight times its bytes and an index or two. */
const timesItsBytes = 12

/** The tills' own database lies on this disk: with a full one every commit would hang. */
const hasRoom = ({ freeBytes, totalBytes }: Space, { bytes }: CopyEntry) =>
  freeBytes - timesItsBytes * bytes >= leastFree(totalBytes, bytes)

/** With the night's own lease: two must not write one manifest. A night that is copied again corrects itself. */
async function correct(
  { databases, signal }: RoundContext,
  { folder, night }: Round,
  figures: ReadonlyMap<string, Fingerprint>,
): Promise<void> {
  await withLease(
    databases.admin,
    'backup',
    async (lease) => {
      await lease.stillOurs()
      await correctManifest(folder, night, figures)
    },
    { waitMs: 60_000, signal },
  )
}
