import type { CopyEntry, Manifest } from '#src/backups/manifest.ts'
import type { CopyProblem } from '#src/backups/restoring/copy.ts'
import type { Fingerprint } from '#src/db/fingerprint.ts'

/** Why a copy is not verified: it cannot be restored, or what came back is not what it should be. */
export type VerifyProblem =
  | CopyProblem
  /** Restored, and its content is not what the manifest says. */
  | 'different'
  /** Restored, and a register's sales and its last number do not fit as they did in the living database. */
  | 'gap'
  /** Carried although something had been sold: the living database has older sales that are not in it. */
  | 'stale'
  /** Nothing is known of it: the disk has no room to restore it. */
  | 'no-room'

/** So old the last restoring of a carried copy may become, in hours: within a week, whatever hour the job runs at. */
const carriedHours = 6.5 * 24

export type Plan = {
  /** To be restored. */
  restore: CopyEntry[]
  /** The same bytes were restored in the last week: it is enough that they are still the same. */
  known: { entry: CopyEntry; verifiedAt: Date }[]
}

/**
 * What has to be done for these copies. `restored` tells when a file with this SHA-256 was last restored,
 * `verifiedLast` when any copy of a business was. The smallest go first, for a large one must not keep the others
 * waiting; but before them whoever came to nothing last night, or the largest would never have its turn.
 */
export function planVerification(
  entries: readonly CopyEntry[],
  restored: ReadonlyMap<string, Date>,
  now: Date,
  verifiedLast: ReadonlyMap<number, Date> = new Map(),
): Plan {
  const plan: Plan = { restore: [], known: [] }
  const isYounger = (at: Date | undefined, hours: number) =>
    at !== undefined && now.getTime() - at.getTime() < hours * 3_600_000
  for (const entry of entries) {
    const verifiedAt = restored.get(entry.sha256)
    if (verifiedAt && isYounger(verifiedAt, carriedHours)) plan.known.push({ entry, verifiedAt })
    else plan.restore.push(entry)
  }
  const turn = ({ tenantId }: CopyEntry) => (isYounger(verifiedLast.get(tenantId), waitedHours) ? 1 : 0)
  plan.restore.sort((a, b) => turn(a) - turn(b) || a.bytes - b.bytes)
  return plan
}

/** Longer than from one night's verification to the next. */
const waitedHours = 30

/**
 * Until when the job begins to restore copies of a night: six in Lima, when the first shops open soon, or three hours
 * after a night that ended late, of which otherwise nothing would ever be verified.
 */
export function verificationEnd({ night, finishedAt }: Pick<Manifest, 'night' | 'finishedAt'>): Date {
  const six = Date.parse(`${night}T11:00:00Z`)
  return new Date(Math.max(six, Date.parse(finishedAt) + 3 * 3_600_000))
}

export type Compared =
  | { ok: true; figures: Fingerprint }
  | { ok: false; problem: 'foreign' | 'different' | 'gap'; detail: string }

/**
 * What was restored against what the manifest says. Where something was sold between the snapshot and the dump
 * (`isExact` is false) the figures are taken from here: what did not change must be equal, and the rest lie between
 * the looks before and after it.
 */
export function compare(entry: CopyEntry, found: Fingerprint): Compared {
  const { fingerprint: said } = entry
  if (found.uid !== said.uid) return { ok: false, problem: 'foreign', detail: 'another uid in it' }
  if (found.definitionsHash !== said.definitionsHash)
    return {
      ok: false,
      problem: 'different',
      detail: differentTables(said, found) ?? 'a table is defined otherwise',
    }
  const gap = gapIn(said, found)
  if (gap) return { ok: false, problem: 'gap', detail: gap }
  if (entry.isExact && found.contentHash !== said.contentHash)
    return { ok: false, problem: 'different', detail: differentRows(said, found) }
  const odd = entry.later && !entry.isExact ? outsideOfBoth(said, entry.later, found) : null
  if (odd) return { ok: false, problem: 'different', detail: odd }
  // The position in the binary log is the living server's: a scratch one has none.
  return { ok: true, figures: { ...found, position: said.position } }
}

function differentTables(said: Fingerprint, found: Fingerprint): string | null {
  const names = (one: Fingerprint) => new Set(one.tables.map((table) => table.name))
  const [before, after] = [names(said), names(found)]
  const missing = [...before].filter((name) => !after.has(name))
  const more = [...after].filter((name) => !before.has(name))
  if (missing.length > 0) return `without ${missing.join(', ')}`
  return more.length > 0 ? `with ${more.join(', ')}` : null
}

function differentRows(said: Fingerprint, found: Fingerprint): string {
  const now = new Map(found.tables.map((table) => [table.name, table]))
  for (const { name, rows, checksum } of said.tables) {
    const other = now.get(name)
    if (!other) return `without ${name}`
    if (other.rows !== rows) return `${name}: ${other.rows} rows instead of ${rows}`
    if (other.checksum !== checksum) return `${name}: ${rows} rows, but not the same`
  }
  return 'sales or registers do not add up'
}

/**
 * A dump between two looks cannot hold fewer sales than the first or more than the second. What somebody made and
 * took back in that second looks wrong too: then this copy is made anew tomorrow, which is the smaller harm.
 */
function outsideOfBoth(before: Fingerprint, after: Fingerprint, found: Fingerprint): string | null {
  const [later, now] = [after, found].map(({ tables }) => new Map(tables.map((one) => [one.name, one])))
  for (const { name, rows, checksum } of before.tables) {
    const [second, here] = [later?.get(name), now?.get(name)]
    if (!here) return `without ${name}`
    if (!second) continue
    if (second.rows === rows && second.checksum === checksum) {
      if (here.rows !== rows) return `${name}: ${here.rows} rows instead of ${rows}`
      if (here.checksum !== checksum) return `${name}: ${rows} rows, but not the same`
    } else if (!isBetween(rows, here.rows, second.rows)) {
      return `${name}: ${here.rows} rows, not between ${rows} and ${second.rows}`
    }
  }
  const sums = [before, found, after].map(({ sales }) => sales?.made ?? 0)
  return isBetween(...(sums as [number, number, number])) ? null : 'sales do not add up'
}

const isBetween = (one: number, here: number, other: number) =>
  here >= Math.min(one, other) && here <= Math.max(one, other)

/** Numbers without a gap stay so: sales and numbers of a register grow together, whatever was sold meanwhile. */
function gapIn(said: Fingerprint, found: Fingerprint): string | null {
  const before = new Map(said.registers.map((one) => [one.id, one.lastNumber - one.made]))
  for (const { id, made, lastNumber } of found.registers) {
    if (lastNumber - made === (before.get(id) ?? 0)) continue
    return `register ${id}: ${made} sales, last number ${lastNumber}`
  }
  return null
}

/** A carried copy says that nothing had been sold since it was made. The clocks of two machines may differ a little. */
export const soldBefore = (entry: CopyEntry) => new Date(Date.parse(entry.takenAt) - 120_000)

export const isStale = (entry: CopyEntry, livingSalesBefore: number) =>
  entry.kind === 'carried' && entry.isExact && livingSalesBefore > (entry.fingerprint.sales?.made ?? 0)

export type VerifyFailure = {
  tenantId: number
  nombreDb: string
  problem: VerifyProblem
  detail: string | null
}
export type VerifyReport = {
  night: string
  /** Restored and equal. */
  restored: number
  /** Restored within the week, and the bytes are still the same. */
  unchanged: number
  /** Left for the next run: the time was up. */
  waiting: number
  failed: VerifyFailure[]
}
