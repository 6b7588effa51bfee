import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** Asked on this machine and not through the proxy: every proxy says for whom it asks. */
export function isFromHere(c: Context): boolean {
  if (['X-Forwarded-For', 'Forwarded', 'X-Forwarded-Host', 'Via'].some((name) => c.req.header(name)))
    return false
  try {
    const { address = '' } = getConnInfo(c).remote
    return /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(address)
  } catch {
    // `app.request()` in tests has no socket.
    return false
  }
}
