import { randomBytes, randomUUID } from 'node:crypto'

// What the service keeps, in the shape of its documented answers.

export type Preference = {
  id: string
  external_reference: string
  items: { title: string; quantity: number; unit_price: number; currency_id: string }[]
  back_urls: { success: string; pending: string; failure: string }
  init_point: string
}
export type Preapproval = {
  id: string
  status: string
  external_reference: string
  reason: string
  payer_email: string
  back_url: string
  init_point: string
  auto_recurring: {
    frequency: number
    frequency_type: string
    transaction_amount: number
    currency_id: string
  }
}
export type Payment = {
  id: number
  status: string
  status_detail: string
  external_reference: string | null
  transaction_amount: number
  transaction_amount_refunded: number
  currency_id: string
  operation_type: string
  date_created: string
  live_mode: boolean
  metadata: Record<string, unknown>
  point_of_interaction?: { transaction_data: { subscription_id: string } }
}
export type AuthorizedPayment = {
  id: number
  preapproval_id: string
  external_reference: string
  status: string
  transaction_amount: number
  currency_id: string
  payment?: { id: number; status: string; status_detail: string }
}
export type Chargeback = { id: string; payments: number[]; amount: number; currency: string }

export function newBooks(origin: () => string) {
  const preferences = new Map<string, Preference>()
  const preapprovals = new Map<string, Preapproval>()
  const payments = new Map<string, Payment>()
  const charges = new Map<string, AuthorizedPayment>()
  const chargebacks = new Map<string, Chargeback>()
  let last = 100_000_000 + Math.floor(Math.random() * 800_000_000)

  function addPreference(body: Omit<Preference, 'id' | 'init_point'>): Preference {
    const id = `44444-${randomUUID()}`
    const made = { ...body, id, init_point: `${origin()}/checkout/v1/redirect?pref_id=${id}` }
    preferences.set(id, made)
    return made
  }

  function addPreapproval(body: Omit<Preapproval, 'id' | 'init_point'>): Preapproval {
    const id = randomBytes(16).toString('hex')
    const made = { ...body, id, init_point: `${origin()}/subscriptions/checkout?preapproval_id=${id}` }
    preapprovals.set(id, made)
    return made
  }

  /** Somebody paid, or tried to. */
  function addPayment(of: Partial<Payment> & { external_reference: string | null }): Payment {
    const id = ++last
    const payment: Payment = {
      id,
      status: 'approved',
      status_detail: 'accredited',
      transaction_amount: 0,
      transaction_amount_refunded: 0,
      currency_id: 'PEN',
      operation_type: 'regular_payment',
      date_created: new Date().toISOString(),
      live_mode: true,
      metadata: {},
      ...of,
    }
    payments.set(String(id), payment)
    return payment
  }

  /** One period of a subscription. `isNamed` false: the payment does not say which subscription charged it. */
  function charge(subscriptionId: string, of: Partial<Payment> = {}, isNamed = true) {
    const subscription = preapprovals.get(subscriptionId)
    if (!subscription) throw new Error(`no subscription ${subscriptionId}`)
    const { transaction_amount, currency_id } = subscription.auto_recurring
    const payment = addPayment({
      external_reference: subscription.external_reference,
      transaction_amount,
      currency_id,
      operation_type: 'recurring_payment',
      ...(isNamed ? { point_of_interaction: { transaction_data: { subscription_id: subscriptionId } } } : {}),
      ...of,
    })
    const id = ++last
    const { external_reference } = subscription
    const told = { id: payment.id, status: payment.status, status_detail: payment.status_detail }
    const authorized = { id, preapproval_id: subscriptionId, external_reference, status: 'processed' }
    charges.set(String(id), { ...authorized, transaction_amount, currency_id, payment: told })
    return { payment, chargeId: String(id) }
  }

  function dispute(paymentId: number): Chargeback {
    const payment = payments.get(String(paymentId))
    if (!payment) throw new Error(`no payment ${paymentId}`)
    Object.assign(payment, { status: 'charged_back', status_detail: 'in_process' })
    const id = String(++last)
    const made = { id, payments: [paymentId], amount: payment.transaction_amount, currency: 'PEN' }
    chargebacks.set(id, made)
    return made
  }

  return {
    ...{ preferences, preapprovals, payments, charges, chargebacks },
    ...{ addPreference, addPreapproval, addPayment, charge, dispute },
    change(paymentId: number, to: Partial<Payment>) {
      Object.assign(payments.get(String(paymentId)) ?? {}, to)
    },
  }
}

export type Books = ReturnType<typeof newBooks>
