import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { Config } from '#src/config.ts'
import type { Env } from '#src/http/env.ts'

/** A form or an order; only the addresses that take files get more. */
const bodyBytes = { form: 1_000_000, upload: 10_500_000 }

/** No page of ours needs anything from elsewhere, nor any inline script or style. */
export function securityHeaders(config: Config, host: 'landing' | 'app'): MiddlewareHandler<Env> {
  // The sign-up form of the landing posts to the app's host and is redirected there.
  const formAction = host === 'landing' ? `'self' ${config.appOrigin}` : "'self'"
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
    c.header('Content-Security-Policy', policy)
    c.header('X-Content-Type-Options', 'nosniff')
    // Under `same-origin` the landing's form would reach the app with «Origin: null», and be refused.
    c.header('Referrer-Policy', host === 'landing' ? 'strict-origin' : 'same-origin')
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

/** A body of 100 MB is refused before it is read. `uploads`: the paths that take a file. */
export function limitBody(uploads: readonly string[]): MiddlewareHandler<Env> {
  const refuse = () => {
    throw new HTTPException(413, { message: 'too large' })
  }
  const form = bodyLimit({ maxSize: bodyBytes.form, onError: refuse })
  const upload = bodyLimit({ maxSize: bodyBytes.upload, onError: refuse })
  return (c, next) => (uploads.includes(c.req.path) ? upload(c, next) : form(c, next))
}
