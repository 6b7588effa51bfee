import type { Books, Payment, Preapproval, Preference } from './books.ts'

export type Asked = {
  method: string
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
  idempotencyKey: string | undefined
}
export type Answer = { status: number; body: unknown }

const notThere: Answer = { status: 404, body: { message: 'not found', error: 'not_found', status: 404 } }
const found = (body: unknown): Answer => (body ? { status: 200, body } : notThere)

/** The documented addresses that we use; a creation under the same idempotency key is the same creation. */
export function documentedApi(books: Books) {
  const created = new Map<string, Answer>()

  function once(asked: Asked, make: () => unknown): Answer {
    const key = `${asked.path} ${asked.idempotencyKey}`
    const answer = created.get(key) ?? { status: 201, body: make() }
    created.set(key, answer)
    return answer
  }

  return function answer(asked: Asked): Answer {
    const { method, query, body } = asked
    const path = asked.path.replace(/\/$/, '')
    const id = path.split('/').at(-1) ?? ''
    if (method === 'POST' && path === '/checkout/preferences') {
      return once(asked, () => books.addPreference(body as unknown as Preference))
    }
    if (method === 'POST' && path === '/preapproval') {
      return once(asked, () => books.addPreapproval(body as unknown as Preapproval))
    }
    if (method === 'PUT' && path.startsWith('/preapproval/')) {
      const subscription = books.preapprovals.get(id)
      if (subscription) Object.assign(subscription, body)
      return found(subscription)
    }
    if (method === 'POST' && /^\/v1\/payments\/\d+\/refunds$/.test(path)) return refund(books, path)
    if (method !== 'GET') return notThere
    if (path === '/v1/payments/search') {
      const reference = query.get('external_reference')
      const results = [...books.payments.values()].filter((one) => one.external_reference === reference)
      return page(results)
    }
    if (path === '/authorized_payments/search') {
      const results = [...books.charges.values()].filter(
        (one) =>
          one.preapproval_id === query.get('preapproval_id') ||
          String(one.payment?.id) === query.get('payment_id'),
      )
      return page(results)
    }
    if (path.startsWith('/v1/payments/')) return found(books.payments.get(id))
    if (path.startsWith('/preapproval/')) return found(books.preapprovals.get(id))
    if (path.startsWith('/authorized_payments/')) return found(books.charges.get(id))
    if (path.startsWith('/v1/chargebacks/')) return found(books.chargebacks.get(id))
    return notThere
  }
}

const page = (results: unknown[]): Answer => ({
  status: 200,
  body: { paging: { total: results.length, limit: 50, offset: 0 }, results },
})

function refund(books: Books, path: string): Answer {
  const payment: Payment | undefined = books.payments.get(path.split('/')[3] ?? '')
  if (!payment) return notThere
  Object.assign(payment, { status: 'refunded', transaction_amount_refunded: payment.transaction_amount })
  return { status: 201, body: { id: 1, payment_id: payment.id, amount: payment.transaction_amount } }
}
