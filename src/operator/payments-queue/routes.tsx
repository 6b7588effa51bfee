import { Hono } from 'hono'
import { mailDecision } from '#src/billing/payments/mails.tsx'
import { pictureOf } from '#src/billing/payments/pictures/queries.ts'
import { NotFound } from '#src/http/errors.tsx'
import { type Rejected, readForm } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { PaymentListPage } from '#views/operator/payments/list-page.tsx'
import { type Doing, PaymentPage } from '#views/operator/payments/payment-page.tsx'
import type { OperatorContext, OperatorEnv } from '../env.ts'
import { requireTotp } from '../session.tsx'
import { confirmByHand, noteInvoice, refundByHand, refuseByHand } from './actions.ts'
import { decisionForm, invoiceForm, readFilter } from './form.ts'
import { findPayment, listPayments, nextToConfirm, pageSize, sameOperation } from './queries.ts'
import { invoiceTexts, refundTexts, refuseTexts, settleTexts } from './texts.ts'

/** Payments: found in the account, and confirmed; or not found, and refused. */
export const paymentsQueue = new Hono<OperatorEnv>()

paymentsQueue.get('/pagos', async (c) => {
  const { services, operator, now } = c.var
  const filter = readFilter(c.req.query('estado'))
  const page = /^[1-9]\d{0,5}$/.test(c.req.query('pagina') ?? '') ? Number(c.req.query('pagina')) : 1
  const { rows, total } = await listPayments(services.databases.admin, filter, page)
  const props = { operator, rows, total, filter, page, pageSize, now, done: c.req.query('hecho') ?? null }
  return respond(c, { page: () => <PaymentListPage {...props} /> })
})

paymentsQueue.get('/pagos/:id{[0-9]+}', (c) => show(c))

/** Its own address, and never more than a picture: what was sent by an owner runs nothing here. */
paymentsQueue.get('/pagos/:id{[0-9]+}/foto', async (c) => {
  const { admin } = c.var.services.databases
  const { payment } = await load(c)
  const picture = await pictureOf(admin, payment)
  if (!picture) throw new NotFound()
  c.header('Cache-Control', 'private, no-store')
  c.header('Content-Security-Policy', "default-src 'none'")
  c.header('Content-Type', picture.type)
  return c.body(new Uint8Array(picture.bytes))
})

paymentsQueue.post('/pagos/:id{[0-9]+}/confirmacion', async (c) => {
  const decision = await decide(c, 'confirmacion')
  if (decision instanceof Response) return decision
  const done = await confirmByHand(c.var.services.databases.admin, decision, c.var.now)
  if (!done.ok) return show(c, refused('confirmacion', decision.reason, settleTexts[done.problem]))
  if (done.changed) mailDecision(c.var.services, done.payment.id)
  return afterDecision(c, 'confirmado')
})

paymentsQueue.post('/pagos/:id{[0-9]+}/rechazo', async (c) => {
  const decision = await decide(c, 'rechazo')
  if (decision instanceof Response) return decision
  const done = await refuseByHand(c.var.services.databases.admin, decision, c.var.now)
  if (!done.ok) return show(c, refused('rechazo', decision.reason, refuseTexts[done.problem]))
  if (done.changed) mailDecision(c.var.services, done.payment.id)
  return afterDecision(c, 'rechazado')
})

paymentsQueue.post('/pagos/:id{[0-9]+}/devolucion', async (c) => {
  const decision = await decide(c, 'devolucion')
  if (decision instanceof Response) return decision
  const { payment } = await load(c)
  // Whatever it is now, it may be confirmed by the time it is given back; a second press needs no second code.
  if (payment.status !== 'refunded') {
    const asked = await requireTotp(c, 'Anotar la devolución')
    if (asked) return asked
  }
  const done = await refundByHand(c.var.services.databases.admin, decision, c.var.now)
  if (!done.ok) return show(c, refused('devolucion', decision.reason, refundTexts[done.problem]))
  if (done.changed) mailDecision(c.var.services, done.payment.id)
  return goTo(c, `/pagos/${decision.paymentId}?hecho=devuelto`)
})

paymentsQueue.post('/pagos/:id{[0-9]+}/comprobante', async (c) => {
  const { payment } = await load(c)
  const form = await readForm(c, invoiceForm)
  if (!form.ok) return show(c, { doing: 'comprobante', ...form })
  const { admin } = c.var.services.databases
  const note = { paymentId: payment.id, operatorId: c.var.operator.id, invoiceNumber: form.data.numero }
  const done = await noteInvoice(admin, note, c.var.now)
  if (done.ok) return goTo(c, `/pagos/${payment.id}?hecho=comprobante`)
  return show(c, { doing: 'comprobante', values: form.values, errors: { form: invoiceTexts.state } })
})

async function decide(c: OperatorContext, doing: Doing) {
  const { payment } = await load(c)
  const form = await readForm(c, decisionForm)
  if (!form.ok) return show(c, { doing, ...form })
  return { paymentId: payment.id, operatorId: c.var.operator.id, reason: form.data.motivo }
}

async function load(c: OperatorContext) {
  const found = await findPayment(c.var.services.databases.admin, idOf(c))
  if (!found) throw new NotFound()
  return found
}

async function show(c: OperatorContext, rejected: (Rejected & { doing: Doing }) | null = null) {
  const { services, operator, now } = c.var
  const found = await load(c)
  const same = await sameOperation(services.databases.admin, found.payment)
  const props = { operator, found, same, rejected, done: c.req.query('hecho') ?? null, now }
  return respond(c, { page: () => <PaymentPage {...props} /> }, rejected ? 422 : 200)
}

/** On to the next one that waits. */
async function afterDecision(c: OperatorContext, done: string) {
  const next = await nextToConfirm(c.var.services.databases.admin)
  return goTo(c, `${next ? `/pagos/${next}` : '/pagos'}?hecho=${done}`)
}

const refused = (doing: Doing, motivo: string, text: string) => ({
  doing,
  values: { motivo },
  errors: { form: text },
})
