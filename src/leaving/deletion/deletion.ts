/** May a business be deleted? Pure, and every doubt is a no: what is deleted never comes back. OPERATIONS.md, 3. */

import { limaDayBounds } from '#src/lib/lima.ts'
import { clocksAgree } from '#src/notices/notice.ts'
import { type Leaving, mayGoFrom } from '../leaving.ts'

const hour = 3_600_000
const day = 24 * hour

/** `isKept`: it was uploaded, or its file is still on this machine. A row alone brings nothing back. */
export type Copy = { takenAt: Date; verifiedAt: Date | null; isWhole: boolean; isKept: boolean }
export type DeletionFacts = {
  /** null: the business is not on its way out: reopened, paid, suspended, or never locked. */
  leaving: Leaving | null
  /** The last trace of a change in its database. */
  lastChangeAt: Date
  /** Of this very database (uid and generation). */
  copies: readonly Copy[]
  /** What she has paid for is hers to come back to, whoever closed it. */
  paidUntil: Date | null
  /** She says that she paid, and the operator has not decided. */
  hasPaymentWaiting: boolean
}

export type DeletionProblem =
  | 'not-leaving'
  | 'notices-missing'
  | 'not-yet'
  | 'paid-ahead'
  | 'payment-waiting'
  | 'no-verified-copy'

export function deletionProblems(
  { leaving, lastChangeAt, copies, paidUntil, hasPaymentWaiting }: DeletionFacts,
  now: Date,
): DeletionProblem[] {
  if (!leaving) return ['not-leaving']
  const problems: DeletionProblem[] = []
  const from = mayGoFrom(leaving)
  if (!from) problems.push('notices-missing')
  else if (now < from) problems.push('not-yet')
  if (paidUntil && now < paidUntil) problems.push('paid-ahead')
  if (hasPaymentWaiting) problems.push('payment-waiting')
  if (!copies.some((copy) => isProof(copy, leaving.since, lastChangeAt, now)))
    problems.push('no-verified-copy')
  return problems
}

/**
 * Restored and compared, with everything in it: taken after the last change, and after the last sale could be made;
 * and still there.
 */
function isProof(
  { takenAt, verifiedAt, isWhole, isKept }: Copy,
  since: Date,
  lastChangeAt: Date,
  now: Date,
): boolean {
  if (!isWhole || !isKept || verifiedAt === null || verifiedAt > now) return false
  return takenAt > lastChangeAt && takenAt > since
}

/** The clocks by which days are counted; `store` is null while copies stay on this machine. */
export type Clocks = { app: Date; database: Date; store: Date | null }
export type RunFacts = {
  clocks: Clocks
  /** When this job ended in the last weeks: a clock that jumped leaves a gap, or a run in the future. */
  heartbeats: readonly Date[]
  deletedToday: number
  /** An operator said yes to this very business. */
  hasOperatorsYes: boolean
  /** Mails reach their readers: without that nobody was warned, whatever the rows say. */
  canWarn: boolean
}

export type RunProblem = 'no-mail-server' | 'clocks-differ' | 'heartbeat-missing' | 'enough-today'

export const mostADay = 3
/** So long back the heartbeats must reach without a gap. */
export const steadyDays = 7
const longestGapMs = 48 * hour

export function runProblems({ clocks, heartbeats, ...facts }: RunFacts): RunProblem[] {
  const problems: RunProblem[] = []
  const { app, database, store } = clocks
  if (!facts.canWarn) problems.push('no-mail-server')
  const others = store ? [database, store] : [database]
  if (others.some((other) => !clocksAgree(app, other)) || (store && !clocksAgree(database, store)))
    problems.push('clocks-differ')
  if (!isSteady(heartbeats, app)) problems.push('heartbeat-missing')
  if (facts.deletedToday >= mostADay && !facts.hasOperatorsYes) problems.push('enough-today')
  return problems
}

/** Since when deletions of today count. */
export const todayFrom = (now: Date) => limaDayBounds(now).from

function isSteady(heartbeats: readonly Date[], now: Date): boolean {
  const from = now.getTime() - steadyDays * day
  const times = heartbeats.map((at) => at.getTime()).filter((at) => at >= from)
  if (times.some((at) => at > now.getTime() + 5 * 60_000)) return false
  const points = [from, ...times.toSorted((a, b) => a - b), now.getTime()]
  return points.every((at, i) => i === 0 || at - (points[i - 1] ?? at) <= longestGapMs)
}
