import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { countOnce } from '#src/counts/counter.ts'
import { describeError, isBusy, isTenantGone, TenantUpdating } from '#src/db/errors.ts'
import type { Env, TenantEnv } from '#src/http/env.ts'
import { mailError } from '#src/http/error-mail.ts'
import { respond } from '#src/http/respond.tsx'
import { ErrorNotice, ErrorPage } from '#views/errors/error.tsx'
import { UpdatingNotice, UpdatingPage, updatingText } from '#views/errors/updating.tsx'

/** Not there, or not yours: the same answer, so that nobody learns which. */
export class NotFound extends Error {}

/** Seen, but not for this person. `who` is the role that may, as the screen says it. */
export class Forbidden extends Error {
  readonly who: string
  constructor(who = 'el dueño') {
    super('forbidden')
    this.who = who
  }
}

/** Too many tries; the page tells when to come back. */
export class TooMany extends Error {
  readonly retryAfterSeconds: number
  constructor(retryAfterSeconds: number) {
    super('too many requests')
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The one place where a thrown error becomes an answer. Logged once, without the statement's parameters. */
export function onError(error: Error, c: Context<Env>) {
  const status = statusOf(error)
  // Expected, and told once by whoever tried to migrate: no error of ours to look into.
  if (status >= 500 && !(error instanceof TenantUpdating)) {
    if (c.var.now) countOnce('error', c.var.now, tenantIdOf(c))
    if (c.var.services) mailError(c, error)
    c.var.services?.log.error(
      {
        requestId: c.var.requestId,
        tenantId: tenantIdOf(c),
        staffId: (c.var as Partial<TenantEnv['Variables']>).staff?.id,
        method: c.req.method,
        route: c.req.routePath,
        error: describeError(error),
      },
      'request failed',
    )
  }
  if (error instanceof TooMany) c.header('Retry-After', String(error.retryAfterSeconds))
  if (status === 503) c.header('Retry-After', '2')
  if (error instanceof TenantUpdating) {
    c.header('Retry-After', String(error.retryAfterSeconds))
    return answerUpdating(c, error.retryAfterSeconds)
  }
  // Logged above as what it is; its people are told that somebody is at it, and the till keeps its order.
  if (status === 503 && isTenantGone(error)) {
    const { retryAfterSeconds } = new TenantUpdating()
    c.header('Retry-After', String(retryAfterSeconds))
    return answerUpdating(c, retryAfterSeconds)
  }
  return answerError(c, status, error instanceof Forbidden ? error.who : undefined)
}

/** Behind the door the error is a business's; 0: it came before anybody was known. */
const tenantIdOf = (c: Context<Env>) => (c.var as Partial<TenantEnv['Variables']>).tenant?.id ?? 0

export const notFound = (c: Context<Env>) => answerError(c, 404)

function answerError(c: Context<Env>, status: number, who?: string) {
  const code = c.var.requestId ?? ''
  if (c.req.header('Accept')?.includes('application/json')) {
    return c.json(
      { ok: false, problem: problems[status] ?? 'failed', text: jsonText(status, code) },
      status as ContentfulStatusCode,
    )
  }
  // htmx swaps error answers into the target: send the notice to #flash, so that what is on screen survives.
  c.header('HX-Retarget', '#flash')
  c.header('HX-Reswap', 'innerHTML')
  return respond(
    c,
    {
      page: () => <ErrorPage status={status} code={code} who={who} />,
      partial: () => <ErrorNotice status={status} code={code} who={who} />,
    },
    status as ContentfulStatusCode,
  )
}

/** Its database is being changed: nothing was done, and nothing is lost. */
function answerUpdating(c: Context<Env>, refreshSeconds: number) {
  // The till's own posts, like what asks for JSON, cannot show a page.
  const isTill = c.req.method !== 'GET' && c.req.path.startsWith('/pos/')
  if (isTill || c.req.header('Accept')?.includes('application/json'))
    return c.json({ ok: false, problem: 'updating', text: updatingText.json }, 503)
  c.header('HX-Retarget', '#flash')
  c.header('HX-Reswap', 'innerHTML')
  // The address of a form may have no page of its own.
  const again = c.req.method === 'GET' ? c.req.path : '/'
  return respond(
    c,
    {
      page: () => <UpdatingPage again={again} refreshSeconds={refreshSeconds} />,
      partial: () => <UpdatingNotice />,
    },
    503,
  )
}

const problems: Record<number, string> = {
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  429: 'too-many',
  503: 'busy',
}

const jsonText = (status: number, code: string) =>
  status === 404
    ? 'No encontramos eso.'
    : status === 413
      ? 'Eso es demasiado grande.'
      : `Algo falló de nuestro lado y ya lo estamos viendo. Vuelve a intentar. Código ${code}`

const statusOf = (error: Error): number => {
  if (error instanceof TenantUpdating) return 503
  if (error instanceof NotFound) return 404
  if (error instanceof Forbidden) return 403
  if (error instanceof TooMany) return 429
  if (error instanceof HTTPException) return error.status
  return isBusy(error) || isTenantGone(error) ? 503 : 500
}
