import { type NightContext, runNight } from '#src/backups/night/actions.ts'
import { sendCopies } from '#src/backups/store/actions.ts'
import { sentLine } from '#src/backups/store/texts.ts'
import { verifyNight } from '#src/backups/verify/actions.ts'
import { failureLine } from '#src/backups/verify/texts.ts'
import type { JobContext } from '#src/jobs/schedule.ts'

/** `space`: told by tests. */
type Context = Pick<JobContext, 'databases' | 'config' | 'clock'> & Pick<NightContext, 'space'>

/**
 * A copy of this business as it is now, restored, compared, and in the store where there is one: what is left of it
 * when it is deleted. Kept as every last copy is: 90 days on this disk; in the store it opens for nobody any more some
 * days after the deletion, which destroys its key.
 */
export async function lastCopyOf(
  context: Context,
  tenantId: number,
): Promise<{ ok: true; night: string } | { ok: false; problem: string }> {
  const signal = new AbortController().signal
  const tenantIds = [tenantId]
  const made = await runNight({ ...context, signal }, { tenantIds, waitMs: patienceMs })
  if (!made.ok) return { ok: false, problem: 'copies are being made right now; try again later' }
  const { night, failed } = made.report
  if (failed[0]) return { ok: false, problem: failed[0].problem }
  const verified = await verifyNight({ ...context, signal }, { night, tenantIds, isThorough: true })
  if (!verified.ok) return { ok: false, problem: 'copies are being verified right now; try again later' }
  const broken = verified.report.failed[0]
  if (broken) return { ok: false, problem: failureLine(broken) }
  if (!context.config.store) return { ok: true, night }
  const sent = await sendCopies(context, signal, night)
  const unsent = sent?.find((one) => !one.ok || one.broken.length > 0)
  if (sent === null) return { ok: false, problem: 'copies are being sent right now; try again later' }
  return unsent ? { ok: false, problem: sentLine(unsent) } : { ok: true, night }
}

const patienceMs = 600_000
