/**
 * Whether a business is safe: everything it did until an instant is in a copy that was restored and compared.
 * Each night's copy, carried or made anew, moves that instant on; so one that stays behind means that something
 * is wrong tonight, last night, or with this business alone.
 */

/** From the newest verified copy; without any, from the newest one that waits for it. null: never copied. */
export type LastCopy = {
  /** Everything until then is in it. */
  takenAt: Date
  isVerified: boolean
  salesMade: number | null
  salesCentimos: number | null
}

/** So old may be what is in no verified copy. */
export const uncoveredHours = 36

export type Cover =
  /** The first night has not come yet, or its copy is being verified. */
  | { kind: 'first-tonight' }
  | { kind: 'first-waits' }
  | { kind: 'covered'; takenAt: Date; salesMade: number; salesCentimos: number }
  /** What changed since (null: since it exists) is in no verified copy, and some of it for too long. */
  | { kind: 'uncovered'; since: Date | null }

/** `signedUpAt` was the first change. Without a verified copy that is the only one known here. */
export function coverOf(last: LastCopy | null, signedUpAt: Date, now: Date): Cover {
  const coveredUntil = last?.isVerified ? last.takenAt : null
  if (isUncovered(coveredUntil, signedUpAt, now)) return { kind: 'uncovered', since: coveredUntil }
  if (last === null) return { kind: 'first-tonight' }
  if (!last.isVerified) return { kind: 'first-waits' }
  const { takenAt, salesMade, salesCentimos } = last
  return { kind: 'covered', takenAt, salesMade: salesMade ?? 0, salesCentimos: salesCentimos ?? 0 }
}

/** A business that did nothing since is carried each night: only where no night came through is there any doubt. */
export function isUncovered(coveredUntil: Date | null, signedUpAt: Date, now: Date): boolean {
  const since = coveredUntil ?? signedUpAt
  return now.getTime() - since.getTime() > uncoveredHours * 3_600_000
}

/** A row of the copies of one business. */
export type Taken = { uid: string; takenAt: Date; verifiedAt: Date | null; contentHash: string | null }

/** Until when these copies of one business make it safe: a later one with a verified one's content counts as much. */
export function newestSafe(copies: readonly Omit<Taken, 'uid'>[]): Date | null {
  const verified = copies.filter(({ verifiedAt }) => verifiedAt !== null)
  const contents = new Set(verified.flatMap(({ contentHash }) => contentHash ?? []))
  const isSafe = (one: Omit<Taken, 'uid'>) =>
    one.verifiedAt !== null || (one.contentHash !== null && contents.has(one.contentHash))
  const times = copies.filter(isSafe).map(({ takenAt }) => takenAt.getTime())
  return times.length > 0 ? new Date(Math.max(...times)) : null
}
