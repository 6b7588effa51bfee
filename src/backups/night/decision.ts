import type { CopyEntry } from '#src/backups/manifest.ts'
import type { Fingerprint } from '#src/db/fingerprint.ts'

/** A database that is to be copied tonight. */
export type Source = {
  tenantId: number
  uid: string
  generation: number
  nombreDb: string
  serverId: number
  schemaVersion: number
}

/** An earlier copy that tonight's could be, and what is known of its file. */
export type Earlier = {
  entry: CopyEntry
  /** Bytes of the file as it lies there; null when it is gone. */
  fileBytes: number | null
  /** Its verification failed. */
  isDoubtful: boolean
}

export type WhyDump = 'first' | 'another-database' | 'changed' | 'weekly' | 'doubtful'

/** So old a file may become by being carried: then it is made anew, whatever its content. */
const carriedDays = 7

/**
 * Whether the database must be dumped, or null: then its earlier copy holds exactly what it holds. Any doubt dumps.
 * `night` is tonight's Lima day.
 */
export function whyDump(
  source: Source,
  now: Fingerprint,
  earlier: Earlier | null,
  night: string,
): WhyDump | null {
  if (earlier === null) return 'first'
  const { entry, fileBytes, isDoubtful } = earlier
  if (!isSameDatabase(source, entry)) return 'another-database'
  if (now.contentHash !== entry.fingerprint.contentHash) return 'changed'
  if (now.definitionsHash !== entry.fingerprint.definitionsHash) return 'changed'
  const age = daysBetween(entry.dumpedOn, night)
  if (age >= carriedDays) return 'weekly'
  // A copy from the future: a clock was wrong, then or now.
  if (age < 0) return 'doubtful'
  return entry.isExact && !isDoubtful && fileBytes === entry.bytes ? null : 'doubtful'
}

const isSameDatabase = (source: Source, entry: CopyEntry) =>
  source.uid === entry.uid &&
  source.generation === entry.generation &&
  source.nombreDb === entry.nombreDb &&
  source.serverId === entry.serverId &&
  source.schemaVersion === entry.schemaVersion

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/**
 * So much must stay free on the disk, in bytes: with a full one the commit that writes the binary log hangs, and
 * every till behind it (OPERATIONS.md, section 3).
 */
export const leastFree = (totalBytes: number, largestCopyBytes: number) =>
  Math.max(Math.ceil(totalBytes * 0.15), 3 * 1024 ** 3, 2 * largestCopyBytes)
