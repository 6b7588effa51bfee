import type { CopyProblem } from '#src/backups/restoring/copy.ts'
import { copyTexts } from '#src/backups/restoring/texts.ts'
import type { RestoreStep } from './restore.ts'

/** Why nothing was restored. In every case the business works on in the database that it had. */
export type RestoreProblem =
  | CopyProblem
  | 'no-tenant'
  | 'not-living'
  | 'held'
  | 'no-copy'
  | 'no-night'
  | 'too-early'
  | 'future'
  | 'log-needs-manifest'
  | 'log-failed'
  | 'log-purged'
  | 'no-log'
  | 'migrating-then'
  | 'migrating-now'
  | 'behind'
  | 'not-equal'
  | 'changed'
  | 'no-space'
  | 'scratch'
  | 'no-kept'
  | 'owner-taken'
  | 'no-store'
  | 'not-empty'
  | 'living'
  | 'there-already'
  | 'rebuilding'
  | 'no-room'
  | 'no-key'

export type RestoreRefused = { ok: false; problem: RestoreProblem; detail?: string }

export const restoreTexts: Record<RestoreProblem, string> = {
  ...copyTexts,
  'no-tenant': 'There is no such business.',
  'not-living':
    'This business is deleted, or its database is not made yet. Its copies can be restored with --as-new.',
  held: 'Somebody is restoring this business at this moment. Try again when that is over.',
  'no-copy':
    'There is no copy of it, and the binary log does not reach back to its first day. Try --from store.',
  'no-night': 'That night has no copy of it.',
  'too-early':
    'Neither a copy nor the binary log reaches back to that time. Try --from with an earlier night.',
  future: 'That time is still to come.',
  'log-needs-manifest': 'A file alone does not say where the binary log goes on: leave --at or --from away.',
  'log-failed': 'The binary log could not be replayed.',
  'log-purged':
    'The binary log no longer reaches back to that copy (it is kept for 8 days). Take a later night, or --from alone.',
  'no-log': 'This database server keeps no binary log: only whole copies can be restored (--from).',
  'migrating-then':
    'At that second its tables were being changed by a migration. Take a time before or after it.',
  'migrating-now': 'Its tables are being changed by a migration at this moment. Try again in some minutes.',
  behind: 'The copy is newer than what the admin database knows of it. Run smartket migrate first.',
  'not-equal':
    'What was restored is not what the copy says it holds. Nothing was swapped; smartket backup verify tells more.',
  changed: 'The business was changed by somebody else in the meantime. Nothing was swapped; run it again.',
  'no-space': 'The disk is too full to restore it beside what is there.',
  scratch: 'The scratch database did not start.',
  'no-kept': 'There is no earlier database of it to go back to: they are kept for 7 days.',
  'owner-taken': 'That e-mail already enters another business. Choose another one.',
  'no-store': 'No store is configured (SMARTKET_STORE_…).',
  'not-empty': 'This installation already has businesses. Rebuild on an empty one.',
  living:
    'There are databases of businesses on this server: nothing was touched. If only the admin database is gone, --adopt brings it back and keeps them; if they are nobody’s, drop them first.',
  'there-already':
    'A database of this business is there that this rebuilding did not make; it was left alone. --adopt keeps the one that its row names; any other has to be looked into first.',
  'no-room': 'No database server is open for another business: smartket servers list.',
  rebuilding: 'Somebody is rebuilding this installation at this moment.',
  'no-key': 'The recovery key does not open these copies.',
}

/** Carries a refusal out of work that must be undone: a swap, a transaction. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  readonly refusal: RestoreRefused
  constructor(refusal: RestoreRefused) {
    super(refusal.problem)
    this.refusal = refusal
  }
}

export const restoreSentence = ({ problem, detail }: RestoreRefused) =>
  detail ? `${restoreTexts[problem]} (${detail})` : restoreTexts[problem]

/** What is being done, for whoever waits at the terminal. */
export const stepTexts: Record<RestoreStep, string> = {
  looking: 'Looking for the copy and the binary log …',
  replaying: 'Replaying in a scratch database …',
  filling: 'Filling the new database …',
  comparing: 'Comparing …',
  swapping: 'Swapping: nobody is let in for a moment …',
}
