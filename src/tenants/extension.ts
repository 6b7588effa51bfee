/** More days from the operator: pure. */

import { type AccountFacts, accountState, type TrialSales } from '#src/billing/account.ts'
import { limaDayBounds } from '#src/lib/lima.ts'

/** What an operator does to a business: who, to which, why, and from where. */
export type OperatorAct = { tenantId: number; operatorId: number; reason: string; address: string }

/** The same by a command on the server: nobody signed in to it, so only the reason is known. */
export type StateAct = Pick<OperatorAct, 'tenantId' | 'reason'> &
  Partial<Pick<OperatorAct, 'operatorId' | 'address'>>

const day = 86_400_000
export const mostExtendedDays = 90

/**
 * The midnight in Lima at which selling ends as things stand, tonight's at the earliest: more days are counted
 * from it. null: in pause or closed, days change nothing.
 */
export function extendedFrom(facts: AccountFacts, sales: TrialSales, now: Date): Date | null {
  const tonight = limaDayBounds(now).to
  // A payment that is waiting works for two days at most, and may be refused: it is not counted on.
  const account = accountState({ ...facts, provisionalUntil: null }, sales, now)
  switch (account.kind) {
    case 'suspended':
    case 'closed':
      return null
    case 'trial':
      return account.left.kind === 'days' ? plusDays(tonight, account.left.daysLeft) : tonight
    case 'late':
      return later(tonight, account.until)
    case 'paid': {
      // Days after a paid period come on top of the week that it works on anyway.
      const late = accountState({ ...facts, provisionalUntil: null }, sales, account.until)
      return late.kind === 'late' ? later(tonight, late.until) : tonight
    }
    default:
      return tonight
  }
}

export const plusDays = (midnight: Date, days: number) => new Date(midnight.getTime() + days * day)

const later = (one: Date, other: Date) => (other > one ? other : one)
