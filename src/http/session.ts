import { createHash, randomBytes } from 'node:crypto'
import { DrizzleMySQLAdapter } from '@lucia-auth/adapter-drizzle'
import { and, eq } from 'drizzle-orm'
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type Adapter, Lucia, TimeSpan } from 'lucia'
import type { AdminDb } from '#src/db/admin.ts'
import { memberships, plans, sessions, tenants, users } from '#src/db/admin-schema.ts'
import { staff } from '#src/db/tenant-schema.ts'
import { askToSignIn } from '#src/http/ask-to-sign-in.ts'
import type { Env, TenantContext, TenantEnv } from '#src/http/env.ts'
import { enterAsSupport, hasSupportCookie } from '#src/http/support-session.ts'
import { letIn } from '#src/http/updating.ts'
import { type Tenant, toTenant } from '#src/tenants/queries.ts'

// The only file that knows lucia: to replace it, keep these functions and the table `sessions`.

/** However busy a session is, it ends 30 days after it began: lucia alone would renew it for ever. */
const absoluteDays = 30
const idle = new TimeSpan(14, 'd')
const day = 86_400_000

/** Signs the person in: ends what this browser had before, and gives it a token that nobody has seen. */
export async function startSession(c: AnyContext, userId: number, tenantId: number): Promise<void> {
  await endSession(c)
  const token = await createSession(c.var.services.databases.admin, { userId, tenantId, now: c.var.now })
  setCookie(c, cookieName(c), token, { ...cookieAttributes(c), maxAge: absoluteDays * 86_400 })
}

/** Signs out here and nowhere else. */
export async function endSession(c: AnyContext): Promise<void> {
  const id = sessionIdOf(c)
  if (!id) return
  await luciaOf(c.var.services.databases.admin).invalidateSession(id)
  deleteCookie(c, cookieName(c), cookieAttributes(c))
}

/** Signs this person out everywhere: after a new password nobody stays in with the old one. */
export async function endAllSessions(admin: AdminDb, userId: number): Promise<void> {
  await luciaOf(admin).invalidateUserSessions(userId)
}

/** The row and its token: 256 random bits for the cookie, of which the database knows the SHA-256 only. */
export async function createSession(
  admin: AdminDb,
  of: { userId: number; tenantId: number; now: Date },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const attributes = { tenantId: of.tenantId, createdAt: of.now }
  await luciaOf(admin).createSession(of.userId, attributes, { sessionId: sessionIdFor(token) })
  return token
}

/** Is somebody signed in here? Asked only by the pages outside the door. */
export async function isSignedIn(c: AnyContext): Promise<boolean> {
  return (await readSession(c)) !== null
}

/**
 * The door to everything signed in. Two queries: the session with its user, membership, tenant and plan,
 * and the person in the tenant's own database.
 */
export const requireSession: MiddlewareHandler<TenantEnv> = async (c, next) => {
  if (hasSupportCookie(c)) return enterAsSupport(c, next)
  if (!(await enter(c))) return askToSignIn(c)
  return next()
}

async function enter(c: TenantContext): Promise<boolean> {
  const { databases } = c.var.services
  const session = await readSession(c)
  if (!session) return false
  const { tenant } = session
  await letIn(c, tenant)
  const db = databases.tenant(tenant)
  const [person] = await db
    .select({ id: staff.id, name: staff.name, role: staff.role })
    .from(staff)
    .where(and(eq(staff.id, session.staffId), eq(staff.active, true)))
  if (!person) {
    await endSession(c)
    return false
  }
  c.set('tenant', tenant)
  c.set('db', db)
  c.set('user', session.user)
  c.set('staff', person)
  c.set('device', null)
  c.set('sessionId', session.id)
  c.set('support', null)
  return true
}

async function readSession(c: AnyContext) {
  const id = sessionIdOf(c)
  if (!id) return null
  const { session, user } = await luciaOf(c.var.services.databases.admin).validateSession(id)
  if (!session || !user) return null
  if (c.var.now.getTime() - session.createdAt.getTime() >= absoluteDays * day) {
    await endSession(c)
    return null
  }
  const { staffId, tenant, ...person } = user
  return { id: session.id, tenant, staffId, user: person }
}

type AnyContext = Context<Env> | TenantContext

/** `__Host-` makes the browser refuse the cookie for any other host or path, and without https. */
const cookieName = (c: AnyContext) => (isSecure(c) ? '__Host-smartket' : 'smartket')
const cookieAttributes = (c: AnyContext) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(c) }) as const
const isSecure = (c: AnyContext) => c.var.services.config.appOrigin.startsWith('https:')

const sessionIdFor = (token: string) => createHash('sha256').update(token).digest('hex')

function sessionIdOf(c: AnyContext): string | null {
  const token = getCookie(c, cookieName(c))
  return token && /^[\w-]{43}$/.test(token) ? sessionIdFor(token) : null
}

const made = new WeakMap<AdminDb, ReturnType<typeof makeLucia>>()

function luciaOf(admin: AdminDb) {
  const lucia = made.get(admin) ?? makeLucia(admin)
  made.set(admin, lucia)
  return lucia
}

function makeLucia(admin: AdminDb) {
  return new Lucia<SessionAttributes, UserAttributes>(sessionStore(admin), {
    sessionExpiresIn: idle,
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  })
}

/**
 * Lucia's own adapter; only the reading is ours, so that everything a request needs comes with it, and the
 * password does not. A membership or a business that is gone is no session.
 */
function sessionStore(admin: AdminDb): Adapter {
  return Object.assign(new DrizzleMySQLAdapter(admin, sessions, users), {
    getSessionAndUser: async (id: string): ReturnType<Adapter['getSessionAndUser']> => {
      const [row] = await admin
        .select({
          session: sessions,
          email: users.email,
          emailConfirmedAt: users.emailConfirmedAt,
          staffId: memberships.staffId,
          tenant: tenants,
          plan: plans,
        })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .innerJoin(
          memberships,
          and(eq(memberships.userId, sessions.userId), eq(memberships.tenantId, sessions.tenantId)),
        )
        .innerJoin(tenants, and(eq(tenants.id, sessions.tenantId), eq(tenants.status, 'ACTIVO')))
        .innerJoin(plans, eq(plans.code, tenants.plan))
        .where(eq(sessions.id, id))
      if (!row) return [null, null]
      const { email, emailConfirmedAt, staffId } = row
      const { userId, expiresAt, ...attributes } = row.session
      return [
        { id, userId, expiresAt, attributes },
        { id: userId, attributes: { email, emailConfirmedAt, staffId, tenant: toTenant(row) } },
      ]
    },
  })
}

type SessionAttributes = { tenantId: number; createdAt: Date }
type UserAttributes = { email: string; emailConfirmedAt: Date | null; staffId: number; tenant: Tenant }

declare module 'lucia' {
  interface Register {
    UserId: number
    Lucia: Lucia<SessionAttributes, UserAttributes>
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: UserAttributes
  }
}
