import { Hono } from 'hono'
import { paymentPath } from '#src/billing/paths.ts'
import { findPayment, type PaymentRow } from '#src/billing/payments/queries.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { type Rejected, readForm } from '#src/http/form.ts'
import { ownersOnly } from '#src/http/owners-only.ts'
import { takeHit } from '#src/http/rate-limit.ts'
import { goTo, respond, wantsPartial } from '#src/http/respond.tsx'
import { returnPath } from '#src/http/return-path.ts'
import { CheckoutPage } from '#views/billing/mercadopago/checkout-page.tsx'
import { PaidPage, Waiting, WaitingPage } from '#views/billing/mercadopago/return-page.tsx'
import { openCheckout } from './checkout/actions.ts'
import { checkoutPath, mayRenew, returnPathOf } from './checkout/checkout.ts'
import { checkoutForm } from './form.ts'
import { providerOf } from './provider.ts'
import { lookSoon } from './sweep/actions.ts'
import { checkoutTexts } from './texts.ts'

/** The way to Mercado Pago and back: left by a link, since no form of ours may be redirected elsewhere. */
export const mercadoPago = new Hono<TenantEnv>()

const checkout = '/plan/mercadopago/:reference'
const comingBack = '/plan/retorno/:reference'
mercadoPago.use('/plan/mercadopago/*', ownersOnly)
mercadoPago.use('/plan/retorno/*', ownersOnly)

/** The service is asked about one payment so often, however many windows wait for it. */
const looks = { bucket: 'payment-look', max: 1, windowSeconds: 15 }
const begins = { bucket: 'checkout', max: 20, windowSeconds: 3600 }

mercadoPago.get(checkout, async (c) => {
  const payment = await load(c)
  if (payment.status !== 'open') return c.redirect(returnPathOf(payment.reference, back(c)), 303)
  return showCheckout(c, payment)
})

mercadoPago.post(checkout, async (c) => {
  const { services, now, user, tenant } = c.var
  const payment = await load(c)
  const provider = providerOf(services.config)
  if (!provider) throw new NotFound()
  const form = await readForm(c, checkoutForm)
  if (!form.ok) return showCheckout(c, payment, form)
  const hit = await takeHit(services.databases.admin, begins, String(tenant.id), now)
  if (!hit.ok) return showCheckout(c, payment, { ...form, errors: { form: checkoutTexts['no-answer'] } }, 429)
  const wish = {
    renews: form.data.renews,
    payerEmail: user.email,
    returnPath: returnPathOf(payment.reference, back(c)),
  }
  const opened = await openCheckout(services, provider, payment, wish, now)
  if (!opened.ok) {
    return showCheckout(c, payment, { ...form, errors: { form: checkoutTexts[opened.problem] } })
  }
  return goTo(c, checkoutPath(opened.reference, back(c)))
})

/** What the address says of the payment is never believed: only what the service has told us. */
mercadoPago.get(comingBack, async (c) => {
  const payment = await load(c)
  const props = { shell: c.var.shell, payment, back: back(c) }
  if (payment.status === 'confirmed') {
    if (wantsPartial(c)) return goTo(c, returnPathOf(payment.reference, back(c)))
    return respond(c, { page: () => <PaidPage {...props} /> })
  }
  if (payment.status !== 'open') return goTo(c, paymentPath(payment.reference, { volver: back(c) }))
  await look(c, payment)
  return respond(c, { page: () => <WaitingPage {...props} />, partial: () => <Waiting {...props} /> })
})

/** A notice may be late or lost: asks the service itself, in the background. */
async function look(c: TenantContext, { reference }: PaymentRow): Promise<void> {
  const { services, now } = c.var
  const hit = await takeHit(services.databases.admin, looks, reference, now)
  if (hit.ok) lookSoon(services, reference)
}

async function load(c: TenantContext): Promise<PaymentRow> {
  const { services, tenant } = c.var
  const reference = c.req.param('reference') ?? ''
  const payment = await findPayment(services.databases.admin, tenant.id, reference)
  if (payment?.method !== 'mercadopago') throw new NotFound()
  return payment
}

const back = (c: TenantContext) => returnPath(c.req.query('volver'), c.var.services.config.appOrigin)

function showCheckout(c: TenantContext, payment: PaymentRow, rejected?: Rejected, status: 422 | 429 = 422) {
  if (!c.var.services.config.mercadoPago) throw new NotFound()
  const props = {
    shell: c.var.shell,
    payment,
    back: back(c),
    mayRenew: mayRenew(payment),
    isAnew: c.req.query('elegir') === '1',
    ...rejected,
  }
  return respond(c, { page: () => <CheckoutPage {...props} /> }, rejected ? status : 200)
}
