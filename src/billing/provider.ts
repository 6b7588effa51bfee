/**
 * A service elsewhere that takes money for us: what is asked of it, and what it tells, in our own words. Nothing
 * that a browser or a notice says is believed: only what these functions fetch.
 */
export type PaymentProvider = {
  /** Begins a checkout under our reference; asked again it begins the same one. */
  begin(checkout: CheckoutRequest): Promise<Checkout>
  /** null: the service knows no such payment. All of these throw when it does not answer. */
  payment(id: string): Promise<ExternalPayment | null>
  /** The numbers of all payments, tried or made, under one reference of ours. */
  paymentsOf(reference: string): Promise<string[]>
  subscription(id: string): Promise<ExternalSubscription | null>
  /** One charge of a subscription: its payment, once there is one. */
  charge(id: string): Promise<ExternalCharge | null>
  chargesOf(subscriptionId: string): Promise<ExternalCharge[]>
  /** The payments that a cardholder has disputed. */
  chargeback(id: string): Promise<{ paymentIds: string[] } | null>
  /** No charge comes after it. Ending what has ended is no error. */
  endSubscription(id: string): Promise<void>
}

export type CheckoutRequest = {
  /** Ours: 128 random bits, also the key under which the service creates it once. */
  reference: string
  title: string
  amountCentimos: number
  currency: string
  /** null: paid once. Otherwise charged again by itself every so many months. */
  everyMonths: number | null
  payerEmail: string
  returnUrl: string
  noticeUrl: string
  /** From then on the checkout takes no money. */
  expiresAt: Date
}

export type Checkout = { checkoutUrl: string; subscriptionId: string | null }

/**
 * `reimbursed`: a chargeback that was decided for us. `waiting`: pending, in process, authorized or in mediation.
 */
export type ExternalState =
  | 'approved'
  | 'waiting'
  | 'rejected'
  | 'cancelled'
  | 'refunded'
  | 'charged_back'
  | 'reimbursed'

export type ExternalPayment = {
  id: string
  /** Ours, or whatever another sale of the same account carries. */
  reference: string | null
  state: ExternalState
  /** null: no amount of whole céntimos. */
  amountCentimos: number | null
  refundedCentimos: number
  currency: string | null
  createdAt: Date | null
  /** Charged by itself under this subscription. */
  subscriptionId: string | null
}

export type ExternalSubscription = {
  id: string
  reference: string | null
  state: 'pending' | 'active' | 'paused' | 'cancelled'
}

export type ExternalCharge = { subscriptionId: string | null; paymentId: string | null }
