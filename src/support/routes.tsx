import { type Context, Hono } from 'hono'
import type { Env, TenantEnv } from '#src/http/env.ts'
import { Forbidden, NotFound, TooMany } from '#src/http/errors.tsx'
import { readForm } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { takeHit } from '#src/http/rate-limit.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { forgetSupportCookie, setSupportCookie, supportSessionHash } from '#src/http/support-session.ts'
import type { OperatorContext, OperatorEnv } from '#src/operator/env.ts'
import { EntryPage } from '#views/support/entry-page.tsx'
import { GrantsPage } from '#views/support/grants-page.tsx'
import { OwnerPage } from '#views/support/owner-page.tsx'
import { endSupport, grantSupport } from './actions.ts'
import { beginEntry, enterSupport, leaveSupport } from './entering/actions.ts'
import { entryForm } from './form.ts'
import { openGrant, openGrants } from './queries.ts'
import { grantLimit } from './support.ts'
import { texts } from './texts.ts'

/** «Soporte» of the business: the owner lets us look for an hour, sees it, and ends it. */
export const support = new Hono<TenantEnv>()

const notices: Record<string, string> = { permiso: texts.granted, fin: texts.ended }

support.get('/cuenta/soporte', async (c) => {
  const { services, tenant, shell, now } = c.var
  ownerOnly(c)
  const grant = await openGrant(services.databases.admin, tenant.id, now)
  const notice = notices[c.req.query('aviso') ?? '']
  return respond(c, { page: () => <OwnerPage shell={shell} grant={grant} now={now} notice={notice} /> })
})

support.post('/cuenta/soporte', async (c) => {
  const { services, tenant, user, now, clientAddress } = c.var
  ownerOnly(c)
  const hit = await takeHit(services.databases.admin, grantLimit, String(tenant.id), now)
  if (!hit.ok) throw new TooMany(hit.retryAfterSeconds)
  await grantSupport(services.databases, { tenant, userId: user.id, address: clientAddress }, now)
  return goTo(c, '/cuenta/soporte?aviso=permiso')
})

support.post('/cuenta/soporte/fin', async (c) => {
  const { services, tenant, user, now, clientAddress } = c.var
  ownerOnly(c)
  await endSupport(services.databases, { tenant, userId: user.id, address: clientAddress }, now)
  return goTo(c, '/cuenta/soporte?aviso=fin')
})

function ownerOnly(c: Context<TenantEnv>): void {
  if (c.var.staff.role !== 'dueno') throw new Forbidden()
}

/** Before the door of the app: the console's form arrives here with its code, from its origin and no other. */
export const supportDoor = new Hono<Env>()

supportDoor.post('/soporte', async (c) => {
  const { services, now, clientAddress } = c.var
  const { operatorOrigin } = services.config
  if (c.req.header('Origin') !== operatorOrigin) throw new Forbidden('SmartKet')
  const form = await readForm(c, entryForm)
  const over = `${operatorOrigin}/soporte?aviso=termino`
  if (!form.ok) return c.redirect(over, 303)
  const code = { code: form.data.codigo, address: clientAddress }
  const entered = await enterSupport(services.databases.admin, code, now)
  if (!entered.ok) return c.redirect(over, 303)
  setSupportCookie(c, entered.token, entered.expiresAt)
  return goTo(c, '/')
})

supportDoor.post('/soporte/salida', async (c) => {
  const { services, now } = c.var
  const hash = supportSessionHash(c)
  if (hash) await leaveSupport(services.databases.admin, hash, now)
  forgetSupportCookie(c)
  return c.redirect(`${services.config.operatorOrigin}/soporte`, 303)
})

/** «Soporte» of the console: who lets us look at this instant, and the way in. */
export const supportDesk = new Hono<OperatorEnv>()

supportDesk.get('/soporte', (c) => showDesk(c))

supportDesk.post('/soporte/:id{[0-9]+}/entradas', async (c) => {
  const { services, operator, now } = c.var
  const { admin } = services.databases
  const grantId = idOf(c)
  const grant = (await openGrants(admin, now)).find((one) => one.id === grantId)
  if (!grant) throw new NotFound()
  const code = await beginEntry(admin, { grantId, operatorId: operator.id }, now)
  if (!code) throw new NotFound()
  const props = { operator, grant, code, appOrigin: services.config.appOrigin }
  return respond(c, { page: () => <EntryPage {...props} /> })
})

async function showDesk(c: OperatorContext) {
  const { services, operator, now } = c.var
  const grants = await openGrants(services.databases.admin, now)
  const notice = c.req.query('aviso') === 'termino' ? texts.over : undefined
  return respond(c, { page: () => <GrantsPage operator={operator} grants={grants} notice={notice} /> })
}
