import {
  Chargeback,
  Invoice,
  MercadoPagoConfig,
  MPNotFoundError,
  Payment,
  PreApproval,
  Preference,
} from 'mercadopago'
import { AppConfig } from 'mercadopago/dist/utils/config/index.js'
import type { Checkout, CheckoutRequest, PaymentProvider } from '#src/billing/provider.ts'
import { toCharge, toPayment, toSubscription } from './answers.ts'

export type Settings = { accessToken: string; apiUrl: string }

/** A person or a job waits: two tries of 3 s each, and never longer than this for all of it. */
const requestOptions = { timeout: 3_000, maxRetries: 1, initialDelay: 300, maxDelay: 1_000 }
const patienceMs = 8_000

/** Mercado Pago through its official SDK. */
export function mercadoPago({ accessToken, apiUrl }: Settings): PaymentProvider {
  // The SDK has one address for the whole process; ours is set here and nowhere else.
  Object.assign(AppConfig, { BASE_URL: apiUrl.replace(/\/+$/, '') })
  // A client writes each call's options, our idempotency key too, into its configuration: one for each call.
  const config = (idempotencyKey?: string) =>
    new MercadoPagoConfig({
      accessToken,
      options: { ...requestOptions, ...(idempotencyKey ? { idempotencyKey } : {}) },
    })
  return {
    begin: (checkout) =>
      checkout.everyMonths === null ? once(config, checkout) : renewing(config, checkout),
    async payment(id) {
      const answer = await found(new Payment(config()).get({ id }), (answer) => answer)
      if (!answer) return null
      const payment = toPayment(answer)
      if (payment.id !== id) throw new Error('Mercado Pago answered another payment')
      if (payment.subscriptionId || answer.operation_type !== 'recurring_payment') return payment
      return { ...payment, subscriptionId: await subscriptionOf(config, payment.id) }
    },
    async paymentsOf(reference) {
      const options = { external_reference: reference, limit: 50 }
      const { results } = await within(new Payment(config()).search({ options }))
      return (results ?? []).flatMap(({ id }) => (id === undefined ? [] : [String(id)]))
    },
    subscription: (id) => found(new PreApproval(config()).get({ id }), (answer) => toSubscription(answer)),
    charge: (id) => found(new Invoice(config()).get({ id }), (answer) => toCharge(answer)),
    async chargesOf(subscriptionId) {
      const options = { preapproval_id: subscriptionId, limit: 50 }
      const { results } = await within(new Invoice(config()).search({ options }))
      return (results ?? []).map((answer) => toCharge(answer))
    },
    chargeback: (id) => found(new Chargeback(config()).get({ id }), disputed),
    async endSubscription(id) {
      const now = await this.subscription(id)
      if (!now || now.state === 'cancelled') return
      const body = { status: 'cancelled' }
      await within(new PreApproval(config(`${id}-end`)).update({ id, body }))
    },
  }
}

type NewConfig = (idempotencyKey?: string) => MercadoPagoConfig

async function once(config: NewConfig, checkout: CheckoutRequest): Promise<Checkout> {
  const { reference, returnUrl, noticeUrl } = checkout
  const expiry = checkout.expiresAt.toISOString()
  const answer = await within(
    new Preference(config(`${reference}-once`)).create({
      body: {
        external_reference: reference,
        items: [{ ...itemOf(checkout), id: reference, title: checkout.title, quantity: 1 }],
        back_urls: { success: returnUrl, pending: returnUrl, failure: returnUrl },
        // The service refuses both where the world cannot reach us.
        ...(returnUrl.startsWith('https:')
          ? { auto_return: 'approved', notification_url: `${noticeUrl}?source_news=webhooks` }
          : {}),
        expires: true,
        expiration_date_to: expiry,
        // A code to be paid in cash ends with it.
        date_of_expiration: expiry,
        statement_descriptor: 'SMARTKET',
      },
    }),
  )
  return { checkoutUrl: webAddress(answer.init_point), subscriptionId: null }
}

const itemOf = ({ amountCentimos, currency }: CheckoutRequest) => ({
  unit_price: amountCentimos / 100,
  currency_id: currency,
})

async function renewing(config: NewConfig, checkout: CheckoutRequest): Promise<Checkout> {
  const { reference, title, returnUrl, payerEmail, everyMonths } = checkout
  const answer = await within(
    new PreApproval(config(`${reference}-renewing`)).create({
      body: {
        external_reference: reference,
        reason: title,
        payer_email: payerEmail,
        back_url: returnUrl,
        status: 'pending',
        auto_recurring: {
          frequency: everyMonths ?? 1,
          frequency_type: 'months',
          transaction_amount: checkout.amountCentimos / 100,
          currency_id: checkout.currency,
        },
      },
    }),
  )
  if (!answer.id) throw new Error('Mercado Pago made a subscription without a number')
  return { checkoutUrl: webAddress(answer.init_point), subscriptionId: answer.id }
}

function webAddress(address: string | undefined): string {
  if (address && address.length <= 500 && /^https?:\/\//.test(address)) return address
  throw new Error('Mercado Pago began a checkout without an address')
}

/** Not every answer about a charge names its subscription; the list of charges does. */
async function subscriptionOf(config: NewConfig, paymentId: string): Promise<string | null> {
  const options = { payment_id: Number(paymentId) }
  const { results } = await within(new Invoice(config()).search({ options }))
  const charges = (results ?? []).map((answer) => toCharge(answer))
  return charges.find((charge) => charge.paymentId === paymentId)?.subscriptionId ?? null
}

/** A chargeback names its payments in one of two ways, by the version of the answer. */
function disputed(answer: { payment_id?: number; payments?: unknown }) {
  const several = Array.isArray(answer.payments) ? answer.payments : []
  const all = [answer.payment_id, ...several].filter((id) => id !== undefined && id !== null)
  return { paymentIds: [...new Set(all.map(String))] }
}

async function found<A, T>(answer: Promise<A>, read: (answer: A) => T): Promise<T | null> {
  try {
    return read(await within(answer))
  } catch (error) {
    if (error instanceof MPNotFoundError) return null
    throw error
  }
}

/** The SDK's own limit ends with the first byte of the answer. */
async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Mercado Pago does not answer')), patienceMs)
  })
  try {
    return await Promise.race([answer, enough])
  } finally {
    clearTimeout(timer)
  }
}
