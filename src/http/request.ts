import { randomUUID } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { limitedAddress } from '#src/http/client-address.ts'
import type { Env, Services } from '#src/http/env.ts'

/** Gives the request its services, its instant, a code to quote when it fails, and the caller's address. */
export function request(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('services', services)
    c.set('now', services.clock())
    c.set('requestId', randomUUID().slice(0, 8))
    c.set('clientAddress', limitedAddress(clientAddress(c, services.config.trustProxy)))
    const started = performance.now()
    await next()
    // The route's pattern, not the path: paths can hold tokens.
    services.log.debug(
      {
        requestId: c.var.requestId,
        method: c.req.method,
        route: c.req.routePath,
        status: c.res.status,
        ms: Math.round((performance.now() - started) * 10) / 10,
      },
      'request',
    )
  }
}

/** Behind the proxy the last hop of X-Forwarded-For is the one that the proxy itself wrote. */
function clientAddress(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() : undefined
  if (forwarded) return forwarded
  try {
    return getConnInfo(c).remote.address ?? 'unknown'
  } catch {
    // `app.request()` in tests has no socket.
    return 'unknown'
  }
}
