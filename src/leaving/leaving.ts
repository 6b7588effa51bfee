/** When a business goes for good. Pure: where it stands and which mails were taken come in. */

import { type AccountState, closedDays } from '#src/billing/account.ts'
import { type Accepted, deletableFrom, deletableSince, keptUntil } from '#src/notices/notice.ts'

const day = 86_400_000

/** The mails about a closing, each with the closing's own instant as what it is about. */
export const closingKinds = ['closed', 'closed-7'] as const
export type ClosingKind = (typeof closingKinds)[number]
export type ClosingAccepted = Partial<Record<ClosingKind, Date>>

/** So many days lie between the last mail and the deletion, however late the mail was taken. */
export const lastWarningDays = 7

/** From then on a closed business may be deleted. */
export const closingEnd = (closedAt: Date) => new Date(closedAt.getTime() + closedDays * day)

/** Another closing brings its own mails. */
export const aboutClosing = (closedAt: Date) => closedAt.toISOString()

/** Two mails on two days in a row are one warning. */
const daysBetween = 20

/** The next mail about a closing that is due and was not taken yet; the last never sooner than the first allows. */
export function dueClosingNotice(closedAt: Date, accepted: ClosingAccepted, now: Date): ClosingKind | null {
  if (!accepted.closed) return 'closed'
  if (accepted['closed-7'] || !isFarEnough(accepted.closed, now)) return null
  return now.getTime() >= closingEnd(closedAt).getTime() - lastWarningDays * day ? 'closed-7' : null
}

const isFarEnough = (first: Date, last: Date) => last.getTime() - first.getTime() >= daysBetween * day

/** What the last mail promises: never fewer days than it says. */
export function keptAfterWarning(closedAt: Date, warnedAt: Date): Date {
  const promised = new Date(warnedAt.getTime() + lastWarningDays * day)
  const end = closingEnd(closedAt)
  return promised > end ? promised : end
}

export type Leaving =
  | { why: 'closed'; since: Date; accepted: ClosingAccepted }
  | { why: 'locked'; since: Date; accepted: Accepted }

/** Is this business on its way out, and since when? Suspended it waits for the operator, as long as that takes. */
export function leavingOf(state: AccountState): { why: 'closed' | 'locked'; since: Date } | null {
  if (state.kind === 'closed') return { why: 'closed', since: state.since }
  const since = deletableSince(state)
  return since && { why: 'locked', since }
}

/**
 * From when on it may be deleted: an owner's closing after her 30 days and both mails, a lock after 12 months and
 * the three mails (OPERATIONS.md, section 3). null: a mail is missing, or they came too close together.
 */
export function mayGoFrom(leaving: Leaving): Date | null {
  if (leaving.why === 'locked') return deletableFrom(leaving.since, leaving.accepted)
  const { closed, 'closed-7': warned } = leaving.accepted
  if (!closed || !warned || !isFarEnough(closed, warned)) return null
  return keptAfterWarning(leaving.since, warned)
}

/**
 * Its days are over: it goes, or somebody must hear why it does not. Where a mail is missing these are the days that
 * were promised without it.
 */
export function isDue(leaving: Leaving, now: Date): boolean {
  const promised = leaving.why === 'locked' ? keptUntil(leaving.since) : closingEnd(leaving.since)
  return now >= (mayGoFrom(leaving) ?? promised)
}
