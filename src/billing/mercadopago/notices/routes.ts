import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Env } from '#src/http/env.ts'
import { readJson } from '#src/http/form.ts'
import { noticePath } from '../provider.ts'
import { checkSignature } from '../signature.ts'
import { readNoticesSoon, storeNotice } from './actions.ts'
import { topicOf } from './notice.ts'

const noticeBytes = 16_384

/**
 * Where the service tells that something happened: before the door, with a signature in the place of an origin and
 * a session. It is kept and answered at once; what it is about is fetched by the job.
 */
export const notices = new Hono<Env>()

notices.post(
  noticePath,
  bodyLimit({ maxSize: noticeBytes, onError: (c) => c.json({ ok: false }, 413) }),
  async (c) => {
    const { services, now } = c.var
    const { mercadoPago } = services.config
    if (!mercadoPago) return c.json({ ok: false }, 404)
    const dataId = c.req.query('data.id')
    const requestId = c.req.header('X-Request-Id')
    const signature = c.req.header('X-Signature')
    const checked = checkSignature({ signature, requestId, dataId }, mercadoPago.webhookSecret)
    if (!checked.ok || !dataId || !requestId) {
      const problem = checked.ok ? 'Incomplete' : checked.problem
      services.log.debug({ requestId: c.var.requestId, problem }, 'a notice without a valid signature')
      return c.json({ ok: false }, 401)
    }
    const topic = topicOf(await kindOf(c))
    // A kind that we do not follow was still received.
    if (!topic) return c.json({ ok: true })
    const notice = { topic, resourceId: dataId, requestId, signedAt: checked.signedAt }
    await storeNotice(services.databases.admin, notice, now)
    readNoticesSoon(services)
    return c.json({ ok: true })
  },
)

async function kindOf(c: Context<Env>): Promise<string | undefined> {
  const inAddress = c.req.query('type') ?? c.req.query('topic')
  if (inAddress !== undefined) return inAddress
  const body = await readJson(c)
  const kind = typeof body === 'object' && body !== null ? (body as { type?: unknown }).type : undefined
  return typeof kind === 'string' ? kind : undefined
}
