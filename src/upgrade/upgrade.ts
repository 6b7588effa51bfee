import { compareReleases } from '#src/db/release.ts'

/** What «smartket --version» says of an executable. */
export type Release = { version: string; commit: string }

/** A migration that a release brings: what it says of itself (docs/migrations.md). */
export type Brought = { name: string; readsFrom: string | null; contract: string | null }

/** The last switch, kept in the data folder: what a way back needs to know. */
export type Switch = {
  from: Release
  to: Release
  at: string
  /** The night that holds the admin database and the positions of the binary log, as they were before. */
  night: string
  brought: Brought[]
  confirmedAt: string | null
  wentBackAt: string | null
}

export type UpgradeProblem =
  | 'not-smartket'
  | 'same-release'
  | 'older-release'
  | 'no-way-back'
  | 'not-confirmed'
  | 'no-installation'
  | 'no-copy'
  | 'migration-failed'
  | 'went-back'
  | 'nothing-to-go-back-to'
  | 'went-back-already'
  | 'old-cannot-read'
  | 'nothing-to-confirm'

const hour = 3_600_000
/** Nobody goes back after a day: what was not confirmed until then counts as confirmed. */
const confirmedByItselfMs = 24 * hour

/** `0.3.0 (1a2b3c4)`; anything else is not ours. */
export function parseRelease(text: string): Release | null {
  const [, version, commit] = /^(\d+\.\d+\.\d+[\w.-]*) \(([\w.+-]{1,60})\)\s*$/.exec(text) ?? []
  return version && commit ? { version, commit } : null
}

export const releaseText = ({ version, commit }: Release) => `${version} (${commit})`

/** Whether `release` may run on a database that has had all of these (OPERATIONS.md, section 6). */
export function canRead({ version }: Release, brought: readonly Brought[]): boolean {
  return brought.every(
    ({ readsFrom, contract }) =>
      contract === null && (readsFrom === null || compareReleases(version, readsFrom) >= 0),
  )
}

/**
 * What stands against a switch, or null. A release that takes something away from the databases leaves no way back:
 * it waits until the switch before is confirmed, or a day old, and asks to be told that it is meant.
 */
export function upgradeProblem(
  {
    from,
    to,
    brought,
    last,
  }: { from: Release; to: Release; brought: readonly Brought[]; last: Switch | null },
  now: Date,
  isMeant: boolean,
): UpgradeProblem | null {
  if (from.version === to.version && from.commit === to.commit) return 'same-release'
  if (compareReleases(to.version, from.version) < 0) return 'older-release'
  if (canRead(from, brought)) return null
  if (last && isOpen(last, now)) return 'not-confirmed'
  return isMeant ? null : 'no-way-back'
}

/** A switch that may still be taken back. */
export const isOpen = (last: Switch, now: Date): boolean =>
  last.confirmedAt === null &&
  last.wentBackAt === null &&
  now.getTime() - Date.parse(last.at) < confirmedByItselfMs

/** A way back never brings data back: it only runs the release of before, if that one can read what is there now. */
export function rollbackProblem(last: Switch | null): UpgradeProblem | null {
  if (!last) return 'nothing-to-go-back-to'
  if (last.wentBackAt !== null) return 'went-back-already'
  return canRead(last.from, last.brought) ? null : 'old-cannot-read'
}
