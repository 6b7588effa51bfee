import type { CopyEntry } from '#src/backups/manifest.ts'

/** Where the copy comes from; `newest` and `store` without a night mean the newest that fits. */
export type From =
  | { kind: 'newest' }
  | { kind: 'night'; night: string }
  | { kind: 'store'; night: string | null }
  | { kind: 'file'; path: string }

/**
 * How far the binary log is replayed on top of the copy: not at all (the copy as it is), to a second (UTC here,
 * Lima's when typed; what happened in that second is not in it), or as far as it reaches.
 */
export type Until = { kind: 'copy' } | { kind: 'second'; at: Date } | { kind: 'end' }

/** One copy of one database, as its night's manifest tells of it, and where the file lies now. */
export type Copy = { night: string; entry: CopyEntry; path: string }

/** One database in a business's life: it had others before a restore or a move. */
export type Life = { generation: number; nombreDb: string; serverId: number }
export type EndedLife = Life & { endedAt: Date }

export type RestoreStep = 'looking' | 'replaying' | 'filling' | 'comparing' | 'swapping'

/** A sale that was made and is not in the restored database. */
export type MissingSale = {
  requestKey: string
  /** NV01-000123 */
  number: string
  totalCentimos: number
  soldAt: Date
  staffName: string
}

/** `2026-11-23`, `store`, `store:2026-11-23`, or a file. */
export function parseFrom(text: string | undefined): From {
  if (text === undefined) return { kind: 'newest' }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { kind: 'night', night: text }
  const store = /^store(?::(\d{4}-\d{2}-\d{2}))?$/.exec(text)
  if (store) return { kind: 'store', night: store[1] ?? null }
  return { kind: 'file', path: text }
}

/** `2026-11-23 14:05:00` (or `14:05`) on the clocks of Lima, which has no daylight saving. null: no such time. */
export function parseLimaTime(text: string): Date | null {
  const found = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::(\d{2}))?$/.exec(text.trim())
  if (!found) return null
  const [, day, minute, second = '00'] = found
  const at = new Date(`${day}T${minute}:${second}-05:00`)
  if (Number.isNaN(at.getTime())) return null
  // JavaScript takes the 31st of November for the 1st of December.
  return formatLimaTime(at) === `${day} ${minute}:${second}` ? at : null
}

export const formatLimaTime = (at: Date) =>
  new Date(at.getTime() - 5 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/**
 * Without a wish: as late as can be had. A night, a file or the store alone: that copy as it is. With a time:
 * to that second.
 */
export function untilOf(from: From, at: Date | null): Until {
  if (at) return { kind: 'second', at }
  return from.kind === 'newest' ? { kind: 'end' } : { kind: 'copy' }
}

/** Which of its databases the business worked in at that instant. */
export function lifeAt(current: Life, ended: readonly EndedLife[], at: Date | null): Life {
  if (!at) return current
  const living = ended
    .filter((life) => life.endedAt > at)
    .toSorted((a, b) => a.endedAt.getTime() - b.endedAt.getTime())[0]
  return living ?? current
}

/**
 * The newest copy of that database from which its log leads to the wished instant. null: there is none, and
 * only the log itself may know it from its first day.
 */
export function chooseCopy(
  copies: readonly Copy[],
  { generation, until }: { generation: number; until: Until },
): Copy | null {
  const fitting = copies.filter(
    ({ entry }) =>
      entry.generation === generation &&
      (until.kind !== 'second' || new Date(entry.takenAt) <= until.at) &&
      (until.kind === 'copy' || entry.fingerprint.position !== null),
  )
  return newestOf(fitting)
}

export const newestOf = (copies: readonly Copy[]): Copy | null =>
  copies.toSorted((a, b) => a.entry.takenAt.localeCompare(b.entry.takenAt)).at(-1) ?? null
