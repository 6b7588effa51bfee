/** What follows from what the service says of a payment. Pure: nothing is looked up here. */
import type { PaymentStatus } from '#src/billing/payments/payment.ts'
import type { ExternalPayment } from '#src/billing/provider.ts'

/** Our row under the same reference. `externalId`: the payment of theirs that paid it. */
export type OurPayment = {
  status: PaymentStatus
  amountCentimos: number
  currency: string
  externalId: string | null
}

/** Money that is not where it should be: for a person to look at. */
export type Mismatch =
  | 'unknown-reference'
  | 'wrong-amount'
  | 'wrong-currency'
  | 'partly-refunded'
  | 'chargeback-won'
  | 'unknown-subscription'
  | 'after-cancelling'
  | 'cannot-settle'

export type Decision =
  | { act: 'nothing' }
  | { act: 'settle' }
  /** Another period under the same subscription: a payment of its own. */
  | { act: 'renew' }
  | { act: 'reverse'; kind: 'refunded' | 'charged_back' }
  /** Its money came and went before we heard of it: should an older answer still arrive, it settles nothing. */
  | { act: 'remember-reversed' }
  /** This card did not pass, and another one may in the same checkout; or one is being looked at now. */
  | { act: 'tell-rejected' | 'tell-waiting' }
  | { act: 'mismatch'; problem: Mismatch }

const nothing: Decision = { act: 'nothing' }
const mismatch = (problem: Mismatch): Decision => ({ act: 'mismatch', problem })

/** Notices come twice and in any order: the answer depends on the present state of both sides alone. */
export function decide(theirs: ExternalPayment, ours: OurPayment | null): Decision {
  if (!ours) return theirs.state === 'approved' ? mismatch('unknown-reference') : nothing
  return ours.externalId === theirs.id ? aboutItsOwn(theirs, ours) : aboutAnother(theirs, ours)
}

function aboutItsOwn(theirs: ExternalPayment, ours: OurPayment): Decision {
  switch (theirs.state) {
    case 'refunded':
    case 'charged_back':
      return ours.status === theirs.state ? nothing : { act: 'reverse', kind: theirs.state }
    case 'reimbursed':
      return ours.status === 'charged_back' ? mismatch('chargeback-won') : nothing
    case 'approved':
      if (theirs.refundedCentimos > 0) return mismatch('partly-refunded')
      return ours.status === 'confirmed' || isReversed(ours) ? nothing : approved(theirs, ours)
    default:
      return nothing
  }
}

function aboutAnother(theirs: ExternalPayment, ours: OurPayment): Decision {
  switch (theirs.state) {
    case 'approved':
    case 'reimbursed':
      return approved(theirs, ours)
    case 'refunded':
    case 'charged_back':
      return { act: 'remember-reversed' }
    case 'rejected':
    case 'cancelled':
      return ours.status === 'open' ? { act: 'tell-rejected' } : nothing
    case 'waiting':
      return ours.status === 'open' ? { act: 'tell-waiting' } : nothing
  }
}

function approved(theirs: ExternalPayment, ours: OurPayment): Decision {
  if (theirs.currency !== ours.currency) return mismatch('wrong-currency')
  if (theirs.amountCentimos !== ours.amountCentimos) return mismatch('wrong-amount')
  if (theirs.refundedCentimos > 0) return mismatch('partly-refunded')
  // Paid already, and this is no charge of a subscription: she paid twice, and it extends what she has.
  const isNext = (ours.status === 'confirmed' || isReversed(ours)) && theirs.subscriptionId
  return isNext ? { act: 'renew' } : { act: 'settle' }
}

const isReversed = ({ status }: OurPayment) => status === 'refunded' || status === 'charged_back'
