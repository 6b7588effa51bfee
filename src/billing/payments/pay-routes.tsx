import { Hono } from 'hono'
import { backOf } from '#src/billing/back.ts'
import { payForm } from '#src/billing/form.ts'
import { invoiceValues } from '#src/billing/invoice.ts'
import { fits } from '#src/billing/limits.ts'
import { paymentPath, plansPath, readPeriod } from '#src/billing/paths.ts'
import { beginPayment } from '#src/billing/payments/actions.ts'
import { offeredMethods } from '#src/billing/payments/payment.ts'
import { declaredPayment, standingOf, subscriptionOf } from '#src/billing/payments/queries.ts'
import { priceOf } from '#src/billing/plans/plan-row.ts'
import { findPlan } from '#src/billing/plans/queries.ts'
import { quote } from '#src/billing/price.ts'
import { loadFiscal } from '#src/billing/receipts/queries.ts'
import { beginText, formTexts } from '#src/billing/texts.ts'
import { usageOf } from '#src/billing/usage/queries.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { type Rejected, readForm } from '#src/http/form.ts'
import { ownersOnly } from '#src/http/owners-only.ts'
import { takeHit } from '#src/http/rate-limit.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { returnPath } from '#src/http/return-path.ts'
import { NotNowPage } from '#views/billing/not-now-page.tsx'
import { PayPage } from '#views/billing/pay-page.tsx'

/** What is paid, for whom the boleta or factura is, and how. The amount is ours at every step. */
export const payRoutes = new Hono<TenantEnv>()

payRoutes.use('/plan/pagar', ownersOnly)

payRoutes.get('/plan/pagar', async (c) => {
  const waiting = await declaredPayment(c.var.services.databases.admin, c.var.tenant.id)
  const volver = backFrom(c, c.req.query('volver'))
  if (waiting) return goTo(c, paymentPath(waiting.reference, { volver }))
  return show(c, { plan: c.req.query('plan') ?? '', periodo: c.req.query('periodo') ?? '', volver })
})

/** Far more than anybody chooses; each is a row. */
const beginLimit = { bucket: 'begin-payment', max: 40, windowSeconds: 3_600 }

payRoutes.post('/plan/pagar', async (c) => {
  const { services, tenant, user, db, now } = c.var
  const form = await readForm(c, payForm)
  const typed = form.values
  const volver = backFrom(c, typed.volver)
  const asked = { plan: typed.plan ?? '', periodo: typed.periodo ?? '', volver }
  if (!form.ok) return show(c, asked, form)
  const { admin } = services.databases
  const hit = await takeHit(admin, beginLimit, String(tenant.id), now)
  if (!hit.ok) return show(c, asked, { values: typed, errors: { form: formTexts.tooMany } }, 429)
  const { plan, period, method, invoice } = form.data
  if (!offeredMethods(services.config).includes(method)) {
    return show(c, asked, { values: typed, errors: { method: formTexts.method } })
  }
  const usage = await usageOf(db)
  const chosen = { tenantId: tenant.id, userId: user.id, plan, period, method, usage, ...invoice }
  const begun = await beginPayment(admin, chosen, now)
  if (begun.ok) return goTo(c, paymentPath(begun.payment.reference, { volver }))
  if (begun.problem === 'identity') {
    return show(c, asked, { values: typed, errors: { dni: formTexts.identity } })
  }
  if (begun.problem === 'declared') return goTo(c, paymentPath(begun.reference, { volver }))
  return notNow(c, beginText(begun, now), volver)
})

type Asked = { plan: string; periodo: string; volver: string | undefined }

async function show(c: TenantContext, asked: Asked, rejected?: Rejected, status: 422 | 429 = 422) {
  const { services, tenant, shell, db, now } = c.var
  const { admin } = services.databases
  const period = readPeriod(asked.periodo)
  const plan = await findPlan(admin, asked.plan.slice(0, 32))
  const isOwn = plan?.code === tenant.plan.code
  const priceCentimos = plan && (isOwn || !plan.retiredAt) ? priceOf(plan, period) : null
  if (!plan || priceCentimos === null)
    return notNow(c, beginText({ ok: false, problem: 'not-sold' }, now), asked.volver)
  const over = isOwn ? [] : fits(plan, await usageOf(db))
  if (over.length > 0) {
    return notNow(
      c,
      beginText({ ok: false, problem: 'too-small', planName: plan.name, over }, now),
      asked.volver,
    )
  }
  const standing = await standingOf(admin, tenant)
  const quoted = quote(standing, { plan: plan.code, period, priceCentimos }, now)
  if (!quoted.ok) return notNow(c, beginText({ ...quoted, planName: plan.name }, now), asked.volver)
  const values =
    rejected?.values ?? invoiceValues(await subscriptionOf(admin, tenant.id), await loadFiscal(db))
  const props = { shell, plan, period, quoted, values, now, volver: asked.volver }
  const methods = offeredMethods(services.config)
  const page = () => (
    <PayPage
      {...props}
      methods={methods}
      oldPlanName={tenant.plan.name}
      isOnTrial={standing.trialDaysEnd !== null}
      errors={rejected?.errors}
      whatsapp={services.config.supportWhatsapp}
    />
  )
  return respond(c, { page }, rejected ? status : 200)
}

/** Told calmly, with the way out; nothing was begun. */
function notNow(c: TenantContext, text: string, volver: string | undefined) {
  const { shell, services } = c.var
  const way = plansPath({ volver })
  const page = () => <NotNowPage {...{ shell, text, way }} whatsapp={services.config.supportWhatsapp} />
  return respond(c, { page }, 409)
}

const backFrom = (c: TenantContext, address: string | undefined) =>
  backOf(returnPath(address, c.var.services.config.appOrigin))
