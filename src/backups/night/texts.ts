import type { FailedEntry } from '#src/backups/manifest.ts'

/** Why there is no copy of a database tonight. */
export type NightProblem =
  | 'no-database'
  | 'another-business'
  | 'unreadable'
  | 'server-gone'
  | 'disk-low'
  | 'no-space'
  | 'definition-changed'
  | 'moving'
  | 'died'

/** For the sysadmin: on the terminal, in the manifest and in the history of the job. */
export const nightTexts: Record<NightProblem, string> = {
  'no-database': 'its database is not there, although the business is: restore it (smartket restore)',
  'another-business': 'its database holds another business: nothing was copied over its own copies',
  unreadable: 'a table cannot be read: check the database server',
  'server-gone': 'its database server does not answer',
  'disk-low': 'too little room on the disk, so nothing more was copied: make room at once',
  'no-space': 'the disk filled up while it was written',
  'definition-changed':
    'its tables were being changed at each attempt: run the copy again after the migration',
  moving: 'it was being restored or moved at each attempt',
  died: 'the dump did not end well',
}

export type NightReport = {
  night: string
  dumped: number
  carried: number
  /** Of the files made in this run. */
  bytes: number
  failed: FailedEntry[]
  /** Businesses that were deleted while the night ran. */
  deleted: number
  /** Nights that left this disk. */
  removed: string[]
}

/** What a night did, for the history of the job. */
export function reportLines(report: NightReport): string[] {
  const { night, dumped, carried, bytes, failed, deleted, removed } = report
  return [
    `${night}: ${dumped} dumped (${megabytes(bytes)}), ${carried} carried, ${failed.length} failed`,
    ...(deleted > 0 ? [`${deleted} deleted while the night ran`] : []),
    ...failed.map(({ tenantId, nombreDb, problem }) => `business ${tenantId} (${nombreDb}): ${problem}`),
    ...removed.map((gone) => `${gone} left this disk`),
  ]
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`
