import { randomUUID } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { limitedAddress } from '#src/http/client-address.ts'
import type { Env, Services, TenantEnv } from '#src/http/env.ts'
import { requests } from '#src/metrics/metrics.ts'

/** Gives the request its services, its instant, a code to quote when it fails, and the caller's address. */
export function request(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('services', services)
    c.set('now', services.clock())
    c.set('requestId', randomUUID().slice(0, 8))
    c.set('clientAddress', limitedAddress(clientAddress(c, services.config.trustProxy)))
    const started = performance.now()
    await next()
    tell(c, services, performance.now() - started)
  }
}

/** Longer than this and somebody at a counter has noticed. */
const slowMs = 1_000

/** One line a request, and its place in the figures. The route's pattern, not the path: paths can hold tokens. */
function tell(c: Context<Env>, { log }: Services, ms: number): void {
  const route = c.req.routePath
  const { status } = c.res
  const labels = { method: c.req.method, route, status: `${Math.floor(status / 100)}xx` }
  requests.observe(labels, ms / 1_000)
  const { tenant, staff } = c.var as Partial<TenantEnv['Variables']>
  const line = {
    requestId: c.var.requestId,
    method: c.req.method,
    route,
    status,
    ms: Math.round(ms * 10) / 10,
    ...(tenant ? { tenantId: tenant.id } : {}),
    ...(staff ? { staffId: staff.id } : {}),
  }
  if (ms >= slowMs) log.warn(line, 'slow request')
  else if (quiet.has(route)) log.debug(line, 'request')
  else log.info(line, 'request')
}

/** Asked every few seconds, or a dozen times a page. */
const quiet = new Set(['/assets/*', '/healthz', '/readyz', '/metrics'])

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
