import { createHmac, randomUUID } from 'node:crypto'
import { request } from 'node:http'

/** As the service sends it: what it is about in the address, and a signature over that, a request's number and a time. */
export type Notice = { path: string; headers: Record<string, string>; body: string }

export type NoticeOptions = {
  secret: string
  requestId?: string
  /** Seconds. */
  ts?: number
  /** The kind only in the body, as some notices have it. */
  kindInBody?: boolean
}

export function signedNotice(type: string, id: string, options: NoticeOptions): Notice {
  const { secret, requestId = randomUUID(), ts = Math.floor(Date.now() / 1000) } = options
  const manifest = `id:${id.toLowerCase()};request-id:${requestId};ts:${ts};`
  const hash = createHmac('sha256', secret).update(manifest).digest('hex')
  const kind = options.kindInBody ? '' : `&type=${encodeURIComponent(type)}`
  return {
    path: `/avisos/mercadopago?source_news=webhooks&data.id=${encodeURIComponent(id)}${kind}`,
    headers: {
      'Content-Type': 'application/json',
      'X-Signature': `ts=${ts},v1=${hash}`,
      'X-Request-Id': requestId,
    },
    body: JSON.stringify({
      action: `${type}.updated`,
      api_version: 'v1',
      data: { id },
      date_created: new Date(ts * 1000).toISOString(),
      id: 112_233,
      live_mode: true,
      type,
      user_id: '44444',
    }),
  }
}

/** Over the wire to an app whose name only browsers know: by its port here, and its name in Host. */
export function sendTo(origin: string, { path, headers, body }: Notice): Promise<number> {
  const { port, host } = new URL(origin)
  return new Promise((resolve, reject) => {
    const sending = request(
      { host: '127.0.0.1', port, path, method: 'POST', headers: { ...headers, Host: host } },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      },
    )
    sending.on('error', reject)
    sending.end(body)
  })
}
