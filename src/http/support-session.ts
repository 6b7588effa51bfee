import { eq } from 'drizzle-orm'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { tokenHashOf } from '#src/accounts/token.ts'
import { supportGrants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { errnoOf } from '#src/db/errors.ts'
import type { Env, TenantContext } from '#src/http/env.ts'
import { Forbidden } from '#src/http/errors.tsx'
import { goTo } from '#src/http/respond.tsx'
import { letIn } from '#src/http/updating.ts'
import { enteredGrant } from '#src/support/queries.ts'
import { isClosedToSupport, isWorthNoticing } from '#src/support/support.ts'

// An operator inside a business, with its owner's permission: a cookie of its own, every page as the owner sees
// it, through a MySQL account that can only read. Nothing here is an owner's session, nor can become one.

type AnyContext = Context<Env> | TenantContext

/** Does this browser look as support? Then it is support in every request, also when it is an owner's browser too. */
export const hasSupportCookie = (c: AnyContext) => getCookie(c, cookieName(c)) !== undefined

export function setSupportCookie(c: AnyContext, token: string, expiresAt: Date): void {
  const maxAge = Math.max(0, Math.floor((expiresAt.getTime() - c.var.now.getTime()) / 1000))
  setCookie(c, cookieName(c), token, { ...cookieAttributes(c), maxAge })
}

export const forgetSupportCookie = (c: AnyContext) => deleteCookie(c, cookieName(c), cookieAttributes(c))

/** What the database knows this cookie by, or null. */
export function supportSessionHash(c: AnyContext): string | null {
  const token = getCookie(c, cookieName(c))
  return token && /^[\w-]{43}$/.test(token) ? tokenHashOf(token) : null
}

/** The door for support: pages only, nothing of the person's own, nothing to carry away. */
export async function enterAsSupport(c: TenantContext, next: () => Promise<void>) {
  const hash = supportSessionHash(c)
  const grant = hash && (await enteredGrant(c.var.services.databases.admin, hash, c.var.now))
  if (!grant) {
    forgetSupportCookie(c)
    return goTo(c, `${c.var.services.config.operatorOrigin}/soporte`)
  }
  if (!isReading(c) || isClosedToSupport(c.req.path)) throw new Forbidden(business)
  await letIn(c, grant.tenant)
  if (isWorthNoticing(grant.lastSeenAt, c.var.now)) await notice(c, grant.id)
  actAsSupport(c, grant)
  await next()
  if (!refusedByDatabase.includes(errnoOf(c.error) ?? 0) && !isFile(c.res)) return undefined
  await forgetAnswer(c)
  throw new Forbidden(business)
}

const notice = (c: TenantContext, grantId: number) =>
  c.var.services.databases.admin
    .update(supportGrants)
    .set({ lastSeenAt: c.var.now })
    .where(eq(supportGrants.id, grantId))

const business = 'quien trabaja en el negocio'
/** The account may not do that to this table, not read this column, or is gone with its permission. */
const refusedByDatabase = [1142, 1143, 1044, 1045]

const isReading = (c: TenantContext) => c.req.method === 'GET' || c.req.method === 'HEAD'
const isFile = (answer: Response) => answer.headers.has('Content-Disposition')

/** Its body and its headers: hono would put the old headers on the new answer. */
async function forgetAnswer(c: TenantContext): Promise<void> {
  await c.res.body?.cancel()
  c.res = undefined
  c.res = new Response(null)
}

type Grant = NonNullable<Awaited<ReturnType<typeof enteredGrant>>>

function actAsSupport(c: TenantContext, { id, tenant, operator, expiresAt }: Grant): void {
  const { services } = c.var
  const db = services.databases.support(tenant, id)
  c.set('services', { ...services, databases: onlyReading(services.databases, db) })
  c.set('tenant', tenant)
  c.set('db', db)
  c.set('user', { id: 0, email: operator.email, emailConfirmedAt: c.var.now })
  // Sees what the owner sees, and is nobody: there is no person 0 whose name could stand under an act.
  c.set('staff', { id: 0, name: `Soporte: ${operator.name}`, role: 'dueno' })
  c.set('device', null)
  c.set('sessionId', '')
  c.set('support', { side: 'support', until: expiresAt, operatorName: operator.name, mayEnd: false })
}

/** Whatever opens a business's database by itself gets this one too; nothing is created, dropped or granted. */
const onlyReading = (databases: Databases, db: TenantContext['var']['db']): Databases => ({
  ...databases,
  tenant: () => db,
  provision: () => Promise.reject(new Forbidden(business)),
})

const cookieName = (c: AnyContext) => (isSecure(c) ? '__Host-smartket-soporte' : 'smartket-soporte')
const cookieAttributes = (c: AnyContext) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(c) }) as const
const isSecure = (c: AnyContext) => c.var.services.config.appOrigin.startsWith('https:')
