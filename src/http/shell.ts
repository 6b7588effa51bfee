import type { MiddlewareHandler } from 'hono'
import { isInLastDays, trialEnds, trialLastMidnight } from '#src/billing/account.ts'
import { newsOf } from '#src/billing/payments/news.ts'
import { lastPayment } from '#src/billing/payments/queries.ts'
import { listPaidPlans } from '#src/billing/plans/queries.ts'
import { accountOf } from '#src/billing/queries.ts'
import { type AccountStrip, accountChip, accountStrip, firstPlan } from '#src/billing/strip.ts'
import { business } from '#src/db/tenant-schema.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { limaDate } from '#src/lib/lima.ts'
import { openGrant } from '#src/support/queries.ts'
import type { SupportNotice } from '#src/support/support.ts'
import { rubroOf } from '#src/tenants/rubro.ts'

/** What surrounds every signed-in page. */
export type Shell = {
  businessName: string
  rubroNoun: string
  staffName: string
  email: string
  emailConfirmed: boolean
  /** What is left of the trial, or why nothing is sold; null while all is well. */
  trialChip: string | null
  /** Above each page, for who can do something about the account. */
  account: AccountStrip | null
  /** While support may look into the business. */
  support: SupportNotice | null
  /** How many steps of the wizard are passed, 0 to 4. */
  setupStep: number
  appOrigin: string
  landingOrigin: string
  supportWhatsapp: string | null
}

/** Loads the shell once a request: one row of `business`, and a bounded count of sales when days no longer tell. */
export const loadShell: MiddlewareHandler<TenantEnv> = async (c, next) => {
  const { tenant, db, now } = c.var
  c.set('account', await accountOf(tenant, db, now))
  if (!isPageless.test(c.req.path)) c.set('shell', await shellOf(c))
  await next()
}

/** The till's JSON has no page around it: a charge does not wait for what nobody will see. */
const isPageless = /^\/pos\/(ventas|practica)$|^\/pos\/catalogo\/|\/impresiones$/

async function shellOf(c: TenantContext): Promise<Shell> {
  const { tenant, db, user, staff, services, account } = c.var
  const [setup] = await db.select({ step: business.setupStep }).from(business)
  return {
    businessName: tenant.businessName,
    rubroNoun: rubroOf(tenant.rubro).noun,
    staffName: staff.name,
    email: user.email,
    emailConfirmed: user.emailConfirmedAt !== null,
    trialChip: accountChip(account, trialEnds(account, trialLastMidnight(tenant), c.var.now)),
    account: await stripOf(c),
    support: await supportOf(c),
    setupStep: setup?.step ?? 0,
    appOrigin: services.config.appOrigin,
    landingOrigin: services.config.landingOrigin,
    supportWhatsapp: services.config.supportWhatsapp,
  }
}

/** Where she chooses and pays nothing needs to lead there. */
const isAboutPlan = /^\/(plan|continuar)(\/|$)/

/** The price is read only where it is shown. */
async function stripOf(c: TenantContext): Promise<AccountStrip | null> {
  const { account, tenant, staff, now, services, support } = c.var
  if (support || isAboutPlan.test(c.req.path)) return null
  // Nobody else is told of plans and payments.
  if (staff.role !== 'dueno' && staff.role !== 'encargado') return null
  const { admin } = services.databases
  const isHidden = tenant.stripHiddenOn === limaDate(now)
  const lastMidnight = trialLastMidnight(tenant)
  const tellsPrice = isInLastDays(account, lastMidnight, now) && !isHidden
  const [sold, last] = await Promise.all([
    tellsPrice ? listPaidPlans(admin) : [],
    lastPayment(admin, tenant.id),
  ])
  const reader = { role: staff.role, plan: firstPlan(sold), isHidden, lastMidnight, news: newsOf(last) }
  return accountStrip(account, reader, now)
}

/** Whoever works here sees while somebody from outside may look; only the owner, who allowed it, ends it. */
async function supportOf(c: TenantContext): Promise<SupportNotice | null> {
  const { support, services, tenant, staff, now } = c.var
  if (support) return support
  const grant = await openGrant(services.databases.admin, tenant.id, now)
  if (!grant) return null
  const { expiresAt: until, operatorName } = grant
  return { side: 'business', until, operatorName, mayEnd: staff.role === 'dueno' }
}
