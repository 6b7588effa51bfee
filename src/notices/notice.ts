/** Which mails about its account a business is to get now. Pure: where it stands and what was sent come in. */

import { type AccountState, lateDays, type TrialEnd, trialEnds } from '#src/billing/account.ts'
import { addPeriod, anchorBefore } from '#src/billing/period.ts'
import { limaDate, limaDayBounds } from '#src/lib/lima.ts'

export const noticeKinds = [
  'trial-3',
  'trial-1',
  'trial-0',
  'trial-sales',
  'late',
  'locked',
  'delete-60',
  'delete-30',
  'delete-7',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** One row of `notices`. `about` is the day in Lima that it is about: another day brings its own notice. */
export type Notice = { kind: NoticeKind; about: string } & (
  | { kind: 'trial-3' | 'trial-1' | 'trial-0'; daysLeft: number }
  | { kind: 'trial-sales'; salesLeft: number }
  | { kind: 'late'; until: Date }
  | { kind: 'locked' }
  | { kind: DeletionKind; keptUntil: Date }
)
export type DeletionKind = 'delete-60' | 'delete-30' | 'delete-7'

/** When the mails of before were taken, by kind, each about the same day. */
export type Accepted = Partial<Record<NoticeKind, Date>>

const day = 86_400_000
/** A lock of longer ago is no news: whoever was locked before there were notices hears of deletion only. */
const lockedNewsDays = lateDays

/**
 * `lastMidnight` is the end of a trial that lives on its sales: before it, or before the last of them, and never
 * before days that are not the end. A notice that was missed (the process stood still)
 * is made up for while it is true, and left out after.
 */
export function dueNotice(state: AccountState, lastMidnight: Date | null, now: Date): Notice | null {
  switch (state.kind) {
    case 'trial': {
      const end = trialEnds(state, lastMidnight, now)
      return end && trialNotice(end, now)
    }
    case 'late':
      return { kind: 'late', about: limaDate(state.since), until: state.until }
    case 'trial-over':
    case 'locked':
      if (now.getTime() - state.since.getTime() >= lockedNewsDays * day) return null
      return { kind: 'locked', about: limaDate(state.since) }
    default:
      return null
  }
}

function trialNotice(end: TrialEnd, now: Date): Notice | null {
  // One mail, however slowly the last ones are sold.
  if (end.by === 'sales') return { kind: 'trial-sales', about: 'ventas', salesLeft: end.salesLeft }
  const { daysLeft } = end
  if (daysLeft < 0) return null
  const about = limaDate(new Date(now.getTime() + daysLeft * day))
  const kind = daysLeft === 0 ? 'trial-0' : daysLeft === 1 ? 'trial-1' : 'trial-3'
  return { kind, about, daysLeft }
}

/** Since when a business is locked for want of a plan; null: it is not, and nothing is deleted. */
export const deletableSince = (state: AccountState): Date | null =>
  state.kind === 'trial-over' || state.kind === 'locked' ? state.since : null

/** How many days of keeping each promises, at the least. */
const noticeDays: Record<DeletionKind, number> = { 'delete-60': 60, 'delete-30': 30, 'delete-7': 7 }

/** In their order, and how long after the one before it each may come. */
const deletionSteps: readonly { kind: DeletionKind; after: DeletionKind | null; daysAfter: number }[] = [
  { kind: 'delete-60', after: null, daysAfter: 0 },
  { kind: 'delete-30', after: 'delete-60', daysAfter: 30 },
  { kind: 'delete-7', after: 'delete-30', daysAfter: 20 },
]

/** Everything is kept for 12 months after the lock, to the midnight in Lima after that day. */
export function keptUntil(lockedAt: Date): Date {
  const midnight = limaDayBounds(lockedAt).to
  return addPeriod(midnight, 'year', anchorBefore(midnight))
}

/**
 * The next of the three, or null. Each needs that the one before it was taken, and really so long ago: by the app's
 * clock and by the database's (`databaseNow`).
 */
export function dueDeletionNotice(
  lockedAt: Date,
  accepted: Accepted,
  { now, databaseNow }: { now: Date; databaseNow: Date },
): Notice | null {
  const end = keptUntil(lockedAt)
  const earlier = Math.min(now.getTime(), databaseNow.getTime())
  const step = deletionSteps.find(({ kind }) => !accepted[kind])
  if (!step) return null
  const before = step.after ? accepted[step.after] : null
  if (step.after && (!before || earlier - before.getTime() < step.daysAfter * day)) return null
  const days = noticeDays[step.kind]
  if (earlier < end.getTime() - days * day) return null
  const promised = limaDayBounds(new Date(now.getTime() + days * day)).to
  return {
    kind: step.kind,
    about: limaDate(lockedAt),
    keptUntil: promised > end ? promised : end,
  }
}

/**
 * The first instant at which a locked business may be deleted: 12 months after the lock, and after each of the
 * three mails by as many days as it promised. null: one of them was not taken, or they came too close together.
 */
export function deletableFrom(lockedAt: Date, accepted: Accepted): Date | null {
  let from = keptUntil(lockedAt)
  for (const { kind, after, daysAfter } of deletionSteps) {
    const at = accepted[kind]
    const before = after ? accepted[after] : null
    if (!at || (after && (!before || at.getTime() - before.getTime() < daysAfter * day))) return null
    const promised = limaDayBounds(new Date(at.getTime() + noticeDays[kind] * day)).to
    if (promised > from) from = promised
  }
  return from
}

/** Whether a deletion's notice can be due at all: only then are the rows and the clocks asked. */
export const mayBeDue = (lockedAt: Date, now: Date): boolean =>
  now.getTime() >= keptUntil(lockedAt).getTime() - noticeDays['delete-60'] * day

/** The same moment for both: nothing that counts towards a deletion is done while the clocks disagree. */
export const clocksAgree = (now: Date, databaseNow: Date): boolean =>
  Math.abs(now.getTime() - databaseNow.getTime()) <= 5 * 60_000
