import type { Context, Env as HonoEnv, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { Config } from '#src/config.ts'
import type { Env } from '#src/http/env.ts'

/** Uploads are limited by their own routes; everything else is a form or an order. */
const formBytes = 1_000_000

/** For answers that are no page of ours. */
export const plainHeaders = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
}

/** No page of ours needs anything from elsewhere, nor any inline script or style. */
export function securityHeaders(
  config: Config,
  host: 'landing' | 'app' | 'operator',
): MiddlewareHandler<Env> {
  // The landing's sign-up and the console's way into a business post to the app's host.
  const formAction = host !== 'app' ? `'self' ${config.appOrigin}` : "'self'"
  const policy = [
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${formAction}`,
    "frame-ancestors 'none'",
  ].join('; ')
  const secure = config.appOrigin.startsWith('https:')
  return async (c, next) => {
    await next()
    // A file that a person uploaded says its own, stricter one.
    if (!c.res.headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', policy)
    // On a shared counter PC the page of whoever left must not come back from the browser's store.
    if (host !== 'landing' && !c.res.headers.has('Cache-Control'))
      c.header('Cache-Control', 'private, no-store')
    c.header('X-Content-Type-Options', 'nosniff')
    // Under `same-origin` their forms would reach the app with «Origin: null», and be refused.
    c.header('Referrer-Policy', host === 'app' ? 'same-origin' : 'strict-origin')
    c.header('Cross-Origin-Opener-Policy', 'same-origin')
    c.header('Cross-Origin-Resource-Policy', 'same-origin')
    c.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()')
    if (secure) c.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
  }
}

/**
 * A form from another site is refused. The origin rule compares with what we are called, not with what
 * the socket says: behind the proxy the request's own address starts with http:, and browsers without
 * Sec-Fetch-Site (Safari before 16.4) are known by Origin alone. A request with neither header is no
 * browser's form: its cookie could not have been sent across sites (SameSite=Lax).
 */
export function sameOriginOnly(
  ownOrigin: string,
  exceptions: Record<string, string>,
): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS') return next()
    const origin = c.req.header('Origin')
    const site = c.req.header('Sec-Fetch-Site')
    const isOurs = origin
      ? origin === ownOrigin
      : site === undefined || site === 'same-origin' || site === 'none'
    if (isOurs || (origin !== undefined && exceptions[c.req.path] === origin)) return next()
    throw new HTTPException(403, { message: 'cross-site' })
  }
}

/** A body of 100 MB is refused before it is read. Routes that receive whole files set a limit of their own. */
export function limitBody(limitsItself: (path: string) => boolean): MiddlewareHandler<Env> {
  const refuse = () => {
    throw new HTTPException(413, { message: 'too large' })
  }
  const form = bodyLimit({ maxSize: formBytes, onError: refuse })
  return (c, next) => {
    if (limitsItself(c.req.path)) return next()
    return form(c, next)
  }
}

/** What is read and thrown away of a body that is too large: a browser hears no answer while it still sends. */
const drainedBytes = 200_000_000

/**
 * The limit of a route that receives whole files: its own page answers, once the sender has finished. Nothing of
 * the body is kept.
 */
export function limitUpload<E extends HonoEnv>(
  maxSize: number,
  refuse: (c: Context<E>) => Response | Promise<Response>,
): MiddlewareHandler<E> {
  const onError = async (c: Context) => {
    await drain(c.req.raw)
    return refuse(c as Context<E>)
  }
  return bodyLimit({ maxSize, onError })
}

async function drain(request: Request) {
  const length = Number(request.headers.get('Content-Length') ?? Number.POSITIVE_INFINITY)
  if (!request.body || request.bodyUsed || request.body.locked || length > drainedBytes) return
  let left = drainedBytes
  try {
    for await (const chunk of request.body) {
      left -= chunk.length
      if (left < 0) return
    }
  } catch {
    // Cut while it was being thrown away: nothing is lost.
  }
}
