import { Hono } from 'hono'
import { lockOf } from '#src/billing/account.ts'
import { backOf } from '#src/billing/back.ts'
import { declareForm } from '#src/billing/form.ts'
import { checkoutPath } from '#src/billing/mercadopago/checkout/checkout.ts'
import { paymentPath } from '#src/billing/paths.ts'
import { declarePayment } from '#src/billing/payments/actions.ts'
import { mailDeclared } from '#src/billing/payments/mails.tsx'
import { pictureOf } from '#src/billing/payments/pictures/queries.ts'
import { qrPicture } from '#src/billing/payments/qr.ts'
import { findPayment, type PaymentRow } from '#src/billing/payments/queries.ts'
import { accountOf } from '#src/billing/queries.ts'
import { declareText, formTexts } from '#src/billing/texts.ts'
import { maxPictureBytes, readPicture } from '#src/files/picture.ts'
import { pictureTexts } from '#src/files/texts.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { NotFound, TooMany } from '#src/http/errors.tsx'
import { type Rejected, readForm } from '#src/http/form.ts'
import { ownersOnly } from '#src/http/owners-only.ts'
import { takeHit } from '#src/http/rate-limit.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { returnPath } from '#src/http/return-path.ts'
import { limitUpload } from '#src/http/security.ts'
import { PaymentPage } from '#views/billing/payment-page.tsx'

/** One payment at its own address, whatever became of it. */
export const paymentRoutes = new Hono<TenantEnv>()

paymentRoutes.use('/plan/pagos/*', ownersOnly)
paymentRoutes.use('/plan/qr', ownersOnly)

paymentRoutes.get('/plan/pagos/:reference', async (c) => {
  const payment = await load(c)
  if (payment.status !== 'open' || payment.method !== 'mercadopago') return show(c, payment)
  return goTo(c, checkoutPath(payment.reference, backFrom(c, c.req.query('volver')) ?? '/'))
})

/** Each may bring a picture. */
const declareLimit = { bucket: 'declare-payment', max: 30, windowSeconds: 3_600 }

/** The picture and what a form puts around it. */
const bodyBytes = maxPictureBytes + 20_000

/** A telephone's photo as it was taken: the page itself says so, at the field. Nothing of it is kept. */
const limitPicture = limitUpload<TenantEnv>(bodyBytes, async (c) =>
  show(c, await load(c), { values: {}, errors: { picture: formTexts.pictureTooHeavy } }, 413),
)

paymentRoutes.post('/plan/pagos/:reference/aviso', limitPicture, async (c) => {
  const { services, tenant, now } = c.var
  const payment = await load(c)
  const form = await readForm(c, declareForm)
  const picture = await uploadedPicture(c)
  const pictureError = picture && !picture.ok ? { picture: pictureTexts[picture.problem] } : null
  if (!form.ok) return show(c, payment, { values: form.values, errors: { ...form.errors, ...pictureError } })
  if (pictureError) return show(c, payment, { values: form.values, errors: pictureError })
  const hit = await takeHit(services.databases.admin, declareLimit, String(tenant.id), now)
  if (!hit.ok) throw new TooMany(hit.retryAfterSeconds)
  const said = { tenantId: tenant.id, reference: payment.reference, operationNumber: form.data.operation }
  const kept = picture?.ok ? { ...said, picture: picture.picture } : said
  const declared = await declarePayment(services.databases.admin, kept, now)
  const volver = backFrom(c, form.data.volver)
  if (declared.ok) {
    if (declared.isNew) {
      const after = { ...tenant, provisionalUntil: declared.provisionalUntil }
      mailDeclared(services, {
        ...{ payment: declared.payment, tenant },
        account: await accountOf(after, c.var.db, now),
      })
    }
    return goTo(c, paymentPath(payment.reference, { volver }))
  }
  if (declared.problem === 'not-found') throw new NotFound()
  const text = declareText(declared.problem, declared.payment, now)
  const field = declared.problem === 'number-used' ? 'operation' : 'form'
  return show(c, payment, { values: form.values, errors: { [field]: text } }, 409)
})

/** Only to its owner here; the operator sees it on his own host. */
paymentRoutes.get('/plan/pagos/:reference/foto', async (c) => {
  const picture = await pictureOf(c.var.services.databases.admin, await load(c))
  if (!picture) throw new NotFound()
  return pictureAnswer(c, picture)
})

paymentRoutes.get('/plan/qr', async (c) => {
  const { payByHand } = c.var.services.config
  const picture = payByHand && (await qrPicture(payByHand))
  if (!picture) throw new NotFound()
  return pictureAnswer(c, picture)
})

function pictureAnswer(c: TenantContext, { type, bytes }: { type: string; bytes: Uint8Array }) {
  c.header('Cache-Control', 'private, no-store')
  c.header('Content-Security-Policy', "default-src 'none'")
  c.header('Content-Type', type)
  return c.body(new Uint8Array(bytes))
}

async function load(c: TenantContext): Promise<PaymentRow> {
  const reference = c.req.param('reference') ?? ''
  const isOne = /^[0-9a-f-]{36}$/.test(reference)
  const payment = isOne ? await findPayment(c.var.services.databases.admin, c.var.tenant.id, reference) : null
  if (!payment) throw new NotFound()
  return payment
}

function show(c: TenantContext, payment: PaymentRow, rejected?: Rejected, status: 409 | 413 | 422 = 422) {
  const { shell, account, tenant, now, services } = c.var
  const { payByHand, supportWhatsapp } = services.config
  const volver = backFrom(c, rejected?.values.volver ?? c.req.query('volver'))
  const works = lockOf(account) === null
  const waits = account.kind === 'paid' && tenant.plan.code !== payment.plan
  const props = { shell, payment, now, volver, payByHand, works, waits, ...rejected }
  const page = () => <PaymentPage {...props} whatsapp={supportWhatsapp} />
  return respond(c, { page }, rejected ? status : 200)
}

async function uploadedPicture(c: TenantContext) {
  const body = await c.req.formData().catch(() => null)
  const file = body?.get('picture')
  if (!(file instanceof File) || file.size === 0) return null
  return readPicture(new Uint8Array(await file.arrayBuffer()))
}

const backFrom = (c: TenantContext, address: string | undefined) =>
  backOf(returnPath(address, c.var.services.config.appOrigin))
