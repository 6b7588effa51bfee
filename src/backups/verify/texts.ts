import { copyTexts } from '#src/backups/restoring/texts.ts'
import type { VerifyFailure, VerifyProblem, VerifyReport } from '#src/backups/verify/verification.ts'

/** For whoever sits at the terminal, and beside the copy in the admin database. */
export const verifyTexts: Record<VerifyProblem, string> = {
  ...copyTexts,
  different: 'Restored, it does not hold what its manifest says.',
  gap: "Restored, a register's sales and its last number do not fit.",
  stale: 'It was carried from an earlier night although something had been sold since.',
  'no-room': 'There is too little room on the disk to restore it: make room.',
}

export const verifySentence = ({ problem, detail }: { problem: VerifyProblem; detail: string | null }) =>
  `${verifyTexts[problem]}${detail ? ` (${detail})` : ''}`

/** `business 7 (db_cliente_7): It ends too early: …` */
export const failureLine = (one: VerifyFailure) =>
  `${one.tenantId === 0 ? 'the admin database' : `business ${one.tenantId} (${one.nombreDb})`}: ${verifySentence(one)}`

export const reportLine = ({ night, restored, unchanged, failed, waiting }: VerifyReport) =>
  `night ${night}: ${restored} restored and equal, ${unchanged} unchanged since they were, ${failed.length} failed` +
  (waiting > 0 ? `, ${waiting} left for the next run` : '')

/** Why nothing was verified, and what to do. */
export function refusalText(
  problem: 'held' | 'no-night' | 'no-copy',
  { tenant, night }: { tenant?: number; night?: string },
): string {
  switch (problem) {
    case 'held':
      return 'Copies are being verified already; wait for the end.'
    case 'no-night':
      return night
        ? `There is no finished night ${night} on this disk; smartket backup list shows them.`
        : 'There are no copies yet: smartket backup run makes them.'
    case 'no-copy':
      return tenant === undefined
        ? 'That night has no copy.'
        : `There is no copy of business ${tenant} in ${night ?? 'the newest night'}; smartket backup list --tenant ${tenant} shows its nights.`
  }
}
