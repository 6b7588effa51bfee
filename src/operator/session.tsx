import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { tokenHashOf } from '#src/accounts/token.ts'
import type { Env } from '#src/http/env.ts'
import { readForm } from '#src/http/form.ts'
import { takeHit } from '#src/http/rate-limit.ts'
import { respond, wantsPartial } from '#src/http/respond.tsx'
import { returnPath } from '#src/http/return-path.ts'
import { CodePage } from '#views/operator/code-page.tsx'
import { endOperatorSession, noticeOperator, useCode } from './actions.ts'
import type { OperatorContext, OperatorEnv } from './env.ts'
import { codeForm } from './form.ts'
import { isWorthNoticing, livesStill, operatorLimits, sessionSeconds } from './operator.ts'
import { findOperatorSession } from './queries.ts'
import { texts, tooManyText } from './texts.ts'

/** The door of the console: a cookie, a table and a host of its own. An owner's session opens nothing here. */
export const requireOperator: MiddlewareHandler<OperatorEnv> = async (c, next) => {
  const session = await readOperatorSession(c)
  if (!session) return askToSignIn(c)
  const { admin } = c.var.services.databases
  if (isWorthNoticing(session, c.var.now)) await noticeOperator(admin, session.id, c.var.now)
  c.set('operator', session.operator)
  c.set('sessionId', session.id)
  return next()
}

/**
 * Asks the code again for one act (a refund, a deletion, a plan), and only for this one: nothing is remembered.
 * null: the code was given, good and is used up now. Otherwise the answer is the page that asks for it, with
 * everything that was typed; its button sends the same form to the same address.
 * Called after the form was found valid: a code is good once.
 *
 *     const asked = await requireTotp(c, 'Devolver el pago')
 *     if (asked) return asked
 */
export async function requireTotp(c: OperatorContext, act: string): Promise<Response | null> {
  const { services, operator, now } = c.var
  const form = await readForm(c, codeForm)
  const ask = (error: string | undefined, status: 200 | 422 | 429) => {
    const { codigo: _used, ...values } = form.values
    const page = () => (
      <CodePage operator={operator} act={act} path={pathOf(c)} values={values} error={error} />
    )
    return respond(c, { page }, status)
  }
  if (form.values.codigo === undefined) return ask(undefined, 200)
  if (!form.ok) return ask(texts.code, 422)
  const hit = await takeHit(services.databases.admin, operatorLimits.code, String(operator.id), now)
  if (!hit.ok) {
    c.header('Retry-After', String(hit.retryAfterSeconds))
    return ask(tooManyText(hit.retryAfterSeconds, { recover: false }), 429)
  }
  const isGood = await useCode(services, operator.id, form.data.codigo, now)
  return isGood ? null : ask(texts.wrongCode, 422)
}

function pathOf(c: OperatorContext) {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}

/** Whose cookie this is, or null: also when it was idle for too long or began too long ago. */
export async function readOperatorSession(c: AnyContext) {
  const id = sessionIdOf(c)
  if (!id) return null
  const { admin } = c.var.services.databases
  const session = await findOperatorSession(admin, id)
  if (!session) return null
  if (livesStill(session, c.var.now)) return { id, ...session }
  await endOperatorSession(admin, id)
  return null
}

export function setOperatorCookie(c: AnyContext, token: string): void {
  setCookie(c, cookieName(c), token, { ...cookieAttributes(c), maxAge: sessionSeconds })
}

/** Signs out here. */
export async function leaveOperatorSession(c: AnyContext): Promise<void> {
  const id = sessionIdOf(c)
  if (id) await endOperatorSession(c.var.services.databases.admin, id)
  deleteCookie(c, cookieName(c), cookieAttributes(c))
}

type AnyContext = Context<Env> | OperatorContext

const cookieName = (c: AnyContext) => (isSecure(c) ? '__Host-smartket-operador' : 'smartket-operador')
const cookieAttributes = (c: AnyContext) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(c) }) as const
const isSecure = (c: AnyContext) => c.var.services.config.operatorOrigin.startsWith('https:')

function sessionIdOf(c: AnyContext): string | null {
  const token = getCookie(c, cookieName(c))
  return token && /^[\w-]{43}$/.test(token) ? tokenHashOf(token) : null
}

function askToSignIn(c: OperatorContext) {
  const { operatorOrigin } = c.var.services.config
  const shown = wantsPartial(c)
    ? c.req.header('HX-Current-URL')
    : c.req.method === 'GET'
      ? pathOf(c)
      : undefined
  const back = returnPath(shown, operatorOrigin)
  const signIn = back === '/' ? '/ingresar' : `/ingresar?volver=${encodeURIComponent(back)}`
  if (!wantsPartial(c)) return c.redirect(signIn, 303)
  c.header('HX-Redirect', signIn)
  return c.body(null, 401)
}
