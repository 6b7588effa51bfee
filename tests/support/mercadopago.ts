import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Asked, documentedApi } from './mercadopago/api.ts'
import { newBooks } from './mercadopago/books.ts'
import {
  allowPreapproval,
  checkoutPage,
  type Manner,
  type Paid,
  payPreference,
} from './mercadopago/checkout.ts'
import { type Notice, type NoticeOptions, signedNotice } from './mercadopago/notice.ts'

export { sendTo } from './mercadopago/notice.ts'

/** What goes wrong with the next request: never answered, begun and not ended, answered with that status or no JSON. */
export type Fault = 'silence' | 'stalled' | 'garbage' | 500 | 503 | 429 | 401

export const testToken = 'APP_USR-de-prueba'
export const testSecret = 'secreto-de-los-avisos'

export type MercadoPago = Awaited<ReturnType<typeof startMercadoPago>>

/**
 * Mercado Pago on this machine: its documented API, a checkout to click through, and signed notices. Faults and
 * the manner of the notices are switched while it runs.
 */
export async function startMercadoPago() {
  let origin = ''
  const books = newBooks(() => origin)
  const answer = documentedApi(books)
  const asked: Asked[] = []
  const faults: Fault[] = []
  const control = {
    manner: 'at-once' as Manner,
    /** Where notices go; null: nowhere. */
    deliver: null as ((notice: Notice) => Promise<unknown>) | null,
    lateMs: 1_500,
  }

  const notice = (type: string, id: string | number, options: Partial<NoticeOptions> = {}) =>
    signedNotice(type, String(id), { secret: testSecret, ...options })

  async function tell({ payment, chargeId, ...paid }: Paid): Promise<void> {
    const { deliver, lateMs } = control
    const manner = paid.manner ?? control.manner
    if (!deliver || manner === 'never') return
    const about = notice('payment', payment.id)
    const all = chargeId ? [about, notice('subscription_authorized_payment', chargeId)] : [about]
    const sent = manner === 'twice' ? [...all, ...all.toReversed()] : all
    if (manner === 'late') await new Promise((resolve) => setTimeout(resolve, lateMs))
    for (const one of sent) await deliver(one)
  }

  async function browse(request: IncomingMessage, response: ServerResponse, url: URL, body: string) {
    const isSubscription = url.pathname.startsWith('/subscriptions/')
    const id = url.searchParams.get(isSubscription ? 'preapproval_id' : 'pref_id') ?? ''
    if (request.method === 'GET') {
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      const title = books.preferences.get(id)?.items[0]?.title ?? books.preapprovals.get(id)?.reason ?? ''
      return response.end(checkoutPage(url.pathname + url.search, title))
    }
    const ending = new URLSearchParams(body).get('fin') ?? ''
    const paid = (isSubscription ? allowPreapproval : payPreference)(books, id, ending)
    if (!paid) return response.writeHead(404).end()
    tell(paid).catch(() => {})
    return response.writeHead(303, { Location: paid.backTo }).end()
  }

  function serve(request: IncomingMessage, response: ServerResponse, url: URL, body: string) {
    const one: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      body: body ? JSON.parse(body) : {},
      idempotencyKey: request.headers['x-idempotency-key']?.toString(),
    }
    asked.push(one)
    const fault = faults.shift()
    if (fault === 'silence') return
    if (fault === 'stalled') return response.writeHead(200, { 'Content-Type': 'application/json' }).write('{')
    if (fault === 'garbage') return response.writeHead(200).end('<html>')
    if (request.headers.authorization !== `Bearer ${testToken}`) return json(response, 401, {})
    if (fault) return json(response, fault, { message: 'fault', status: fault })
    const { status, body: answered } = answer(one)
    return json(response, status, answered)
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', origin)
    const body = await text(request)
    const isPage = /^\/(checkout\/v1|subscriptions)\//.test(url.pathname)
    await (isPage ? browse(request, response, url, body) : serve(request, response, url, body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url: origin,
    settings: { accessToken: testToken, webhookSecret: testSecret, apiUrl: origin },
    ...{ books, asked, faults, control, notice },
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function json(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}
