import type { MiddlewareHandler } from 'hono'
import type { Env } from '#src/http/env.ts'
import { behind } from '#src/metrics/guard.ts'
import { shed } from '#src/metrics/metrics.ts'

/**
 * A process that is behind refuses pages, which can be asked for again, and so has time for charges, which are
 * never refused here.
 */
export const shedding: MiddlewareHandler<Env> = async (c, next) => {
  // A page that got through must not come without its styles.
  if (c.req.method !== 'GET' || c.req.path.startsWith('/assets/') || !behind()) return next()
  shed.inc()
  c.header('Retry-After', '2')
  c.header('Cache-Control', 'no-store')
  return c.text('Hay mucha gente ahora. Vuelve a intentar en unos segundos.', 503)
}
