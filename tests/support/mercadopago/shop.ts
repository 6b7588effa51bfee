import { eq } from 'drizzle-orm'
import { type Mail, mailerOver } from '#src/accounts/mailer.ts'
import { noticesSettled, readNotices } from '#src/billing/mercadopago/notices/actions.ts'
import { sweepCheckouts } from '#src/billing/mercadopago/sweep/actions.ts'
import { type Beginning, beginPayment } from '#src/billing/payments/actions.ts'
import { findPayment } from '#src/billing/payments/queries.ts'
import { auditLog, payments, subscriptions, tenants, webhookEvents } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { readyTenant } from '../database.ts'
import { testApp, testServices } from '../http.ts'
import type { MercadoPago } from '../mercadopago.ts'
import type { Notice } from './notice.ts'

/** Rosa's business, the app, and a Mercado Pago for both; the clock stands still until it is moved. */
export async function payingShop(databases: Databases, service: MercadoPago, startsAt = new Date()) {
  const clock = { now: startsAt }
  const plain = testServices(databases)
  const mails: Mail[] = []
  const mailer = mailerOver(async (mail) => void mails.push(mail), { log: plain.log, waits: [] })
  const services = {
    ...plain,
    mailer,
    clock: () => clock.now,
    config: { ...plain.config, mercadoPago: service.settings, spares: 0 },
  }
  const { admin } = databases
  const app = testApp(services)
  const rosa = await readyTenant('Pollería Rosita', databases)
  const asRosa = await app.as(rosa)
  const tenantId = rosa.tenant.id
  const appHost = new URL(services.config.appOrigin).host

  const post = (notice: Notice) =>
    app.server.request(services.config.appOrigin + notice.path, {
      method: 'POST',
      headers: { ...notice.headers, Host: appHost },
      body: notice.body,
    })

  async function begin(change: Partial<Pick<Beginning, 'plan' | 'period' | 'method'>> = {}) {
    const invoice = {
      document: 'boleta' as const,
      documentNumber: null,
      documentName: null,
      documentAddress: null,
    }
    const asked = { tenantId, plan: 'LOCAL', period: 'month' as const, method: 'mercadopago' as const }
    const begun = await beginPayment(
      admin,
      { ...asked, ...invoice, userId: rosa.user.id, usage: null, ...change },
      clock.now,
    )
    if (!begun.ok) throw new Error(begun.problem)
    return begun.payment
  }

  /** Sends it, and waits until what follows from it is done. */
  async function hear(notice: Notice): Promise<number> {
    const answer = await post(notice)
    await noticesSettled()
    return answer.status
  }

  /** Begins a payment and its checkout, as the two pages do; another one, where it is chosen anew. */
  async function checkOut(renews: 'si' | 'no' = 'no', change = {}) {
    const { reference } = await begin(change)
    const answer = await asRosa(`/plan/mercadopago/${reference}`, { form: { renews } })
    if (answer.status !== 303) throw new Error(`no checkout: ${answer.status}`)
    const path = new URL(answer.headers.get('Location') ?? '', services.config.appOrigin).pathname
    const payment = await findPayment(admin, tenantId, path.split('/').at(-1) ?? '')
    if (!payment) throw new Error('no payment')
    return payment
  }

  /** The checkout of a subscription, and the subscription there, which she has not allowed yet. */
  async function beginRenewing(change = {}) {
    const first = await checkOut('si', change)
    const all = [...service.books.preapprovals.values()]
    const subscription = all.findLast(({ external_reference }) => external_reference === first.reference)
    if (!subscription) throw new Error('no subscription at the service')
    return { first, subscription, externalId: subscription.id }
  }

  /** She allows it, and the first period is charged. */
  async function allow({ subscription }: Pick<Awaited<ReturnType<typeof beginRenewing>>, 'subscription'>) {
    subscription.status = 'authorized'
    const { payment } = service.books.charge(subscription.id)
    await hear(service.notice('payment', payment.id))
    return payment
  }

  return {
    ...{ clock, services, app, rosa, asRosa, tenantId, begin, post },
    ...{ hear, checkOut, beginRenewing, allow },
    /** She has allowed it, and the first period is charged. */
    async subscribed() {
      const begun = await beginRenewing()
      return { ...begun, charge: await allow(begun) }
    },
    mails,
    async mailsToRosa() {
      await mailer.settled()
      return mails.filter(({ to }) => to === rosa.user.email).map(({ subject }) => subject)
    },
    readAll: () => readNotices(services),
    sweep: () => sweepCheckouts(services),
    payment: async (reference: string) => {
      const payment = await findPayment(admin, tenantId, reference)
      if (!payment) throw new Error('no payment')
      return payment
    },
    payments: () => admin.select().from(payments).where(eq(payments.tenantId, tenantId)),
    async business() {
      const [row] = await admin.select().from(tenants).where(eq(tenants.id, tenantId))
      return { plan: row?.plan, paidUntil: row?.paidUntil ?? null }
    },
    async subscription() {
      const [row] = await admin.select().from(subscriptions).where(eq(subscriptions.tenantId, tenantId))
      return row
    },
    events: (resourceId: string | number) =>
      admin
        .select()
        .from(webhookEvents)
        .where(eq(webhookEvents.resourceId, String(resourceId))),
    /** What the operator was told about a payment of theirs. */
    async mismatches(externalId: number) {
      const rows = await admin.select().from(auditLog).where(eq(auditLog.act, 'payment.mismatch'))
      return rows
        .filter((row) => row.detail?.externalId === String(externalId))
        .map((row) => row.detail?.problem)
    },
  }
}

export type PayingShop = Awaited<ReturnType<typeof payingShop>>
