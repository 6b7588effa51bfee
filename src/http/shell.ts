import type { MiddlewareHandler } from 'hono'
import { accountChip } from '#src/billing/account.ts'
import { accountOf } from '#src/billing/queries.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import { business } from '#src/db/tenant-schema.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import type { Tenant } from '#src/tenants/queries.ts'
import { rubroOf } from '#src/tenants/rubro.ts'

/** What surrounds every signed-in page. */
export type Shell = {
  businessName: string
  rubroNoun: string
  staffName: string
  email: string
  emailConfirmed: boolean
  /** null once there is a paid plan. */
  trialChip: string | null
  /** How many steps of the wizard are passed, 0 to 4. */
  setupStep: number
  appOrigin: string
  landingOrigin: string
  supportWhatsapp: string | null
}

/** Loads the shell once a request: one row of `business`, and a bounded count of sales when days no longer tell. */
export const loadShell: MiddlewareHandler<TenantEnv> = async (c, next) => {
  if (!isPageless.test(c.req.path)) c.set('shell', await shellOf(c))
  await next()
}

/** The till's JSON has no page around it: a charge does not wait for what nobody will see. */
const isPageless = /^\/pos\/(ventas|practica)$|^\/pos\/catalogo\/|\/impresiones$/

async function shellOf(c: TenantContext): Promise<Shell> {
  const { tenant, db, user, staff, now, services } = c.var
  const [setup] = await db.select({ step: business.setupStep }).from(business)
  return {
    businessName: tenant.businessName,
    rubroNoun: rubroOf(tenant.rubro).noun,
    staffName: staff.name,
    email: user.email,
    emailConfirmed: user.emailConfirmedAt !== null,
    trialChip: await chipOf(tenant, db, now),
    setupStep: setup?.step ?? 0,
    appOrigin: services.config.appOrigin,
    landingOrigin: services.config.landingOrigin,
    supportWhatsapp: services.config.supportWhatsapp,
  }
}

async function chipOf(tenant: Tenant, db: TenantDb, now: Date): Promise<string | null> {
  return accountChip(await accountOf(tenant, db, now))
}
