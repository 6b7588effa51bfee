import { eq } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import { endRenewal } from '#src/billing/mercadopago/renewals/actions.ts'
import { endBegun, forgetBegun } from '#src/billing/mercadopago/renewals/begun/actions.ts'
import { begunOf } from '#src/billing/mercadopago/renewals/begun/queries.ts'
import type { Invoice } from '#src/billing/payments/payment.ts'
import { subscriptionOf } from '#src/billing/payments/queries.ts'
import type { Period } from '#src/billing/price.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { subscriptions } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'

type Chosen = { tenantId: number; plan: string; period: Period } & Invoice

/** Whom the boleta or factura is made out to is typed once; the plan itself changes when it is paid. */
export async function rememberInvoice(tx: AdminTx, chosen: Chosen, now: Date): Promise<void> {
  const { tenantId, plan, period, document, documentNumber, documentName, documentAddress } = chosen
  const invoice = { document, documentNumber, documentName, documentAddress }
  await tx
    .insert(subscriptions)
    .values({
      ...{ tenantId, plan, period, ...invoice },
      provider: 'hand',
      status: 'pending',
      createdAt: now,
      updatedAt: now,
    })
    .onDuplicateKeyUpdate({ set: { ...invoice, updatedAt: now } })
}

/** A payment took effect: that is her plan now, and whoever had cancelled is back. */
export async function followPayment(
  tx: AdminTx,
  paid: Chosen & { declaredAt: Date | null },
  chargedUnder: string | null,
  now: Date,
): Promise<void> {
  const before = await subscriptionOf(tx, paid.tenantId)
  await rememberInvoice(tx, paid, now)
  const { tenantId, plan, period } = paid
  const isItsCharge = chargedUnder !== null && before?.externalId === chargedUnder
  const renewal = isItsCharge ? {} : await renewalAfter(tx, before, paid, chargedUnder, now)
  const staysCancelled = (isItsCharge && before?.status === 'cancelled') || isCancelledSince(before, paid)
  await tx
    .update(subscriptions)
    .set({
      ...{ plan, period, updatedAt: now },
      // A charge that was made before she cancelled is told after it: she stays cancelled.
      ...(staysCancelled ? {} : { status: 'active', cancelledAt: null }),
      ...renewal,
    })
    .where(eq(subscriptions.tenantId, tenantId))
}

/** Declared before she cancelled, found after it: she stays cancelled, and has her days. */
const isCancelledSince = (before: Subscription | null, { declaredAt }: { declaredAt: Date | null }) =>
  before?.status === 'cancelled' && !!before.cancelledAt && !!declaredAt && before.cancelledAt > declaredAt

type Subscription = NonNullable<Awaited<ReturnType<typeof subscriptionOf>>>

/**
 * What charges her from now on. The first charge of a subscription that was begun makes it her renewal, and ends the
 * one before; so does a payment for something else. What was begun there and paid here must not charge either.
 */
async function renewalAfter(
  tx: AdminTx,
  before: Subscription | null,
  paid: Chosen,
  chargedUnder: string | null,
  now: Date,
) {
  const begun = await begunOf(tx, paid.tenantId)
  const charging = begun.filter(({ externalId }) => externalId === chargedUnder)
  await forgetBegun(tx, charging)
  await endBegun(
    tx,
    begun.filter((one) => !charging.includes(one)),
    now,
  )
  if (charging.length === 0 && before && renewsOn(before, paid)) return {}
  if (before?.externalId) await endRenewal(tx, before.externalId, now)
  return charging.length > 0
    ? ({ provider: 'mercadopago', externalId: chargedUnder } as const)
    : ({ provider: 'hand', externalId: null } as const)
}

/** A payment by hand for the same goes beside the renewal. */
const renewsOn = ({ provider, externalId, status, ...renewed }: Subscription, { plan, period }: Chosen) =>
  provider === 'mercadopago' &&
  externalId !== null &&
  status === 'active' &&
  renewed.plan === plan &&
  renewed.period === period

type Who = { tenantId: number; userId: number }

/** Works on to the end of what is paid; nothing more is charged nor asked for. Twice is once. */
export const cancelSubscription = (admin: AdminDb, who: Who, now: Date) =>
  inTransaction(admin, async (tx) => {
    const before = await subscriptionOf(tx, who.tenantId)
    if (before?.status !== 'active') return { ok: true as const, changed: false }
    await tx
      .update(subscriptions)
      .set({ status: 'cancelled', cancelledAt: now, updatedAt: now })
      .where(eq(subscriptions.tenantId, who.tenantId))
    if (before.provider === 'mercadopago' && before.externalId) await endRenewal(tx, before.externalId, now)
    await audit(tx, { ...who, act: 'subscription.cancelled' }, now)
    return { ok: true as const, changed: true }
  })

/** «Deshacer»: only of a renewal by hand; a cancelled charge of Mercado Pago is asked for anew there. */
export const resumeSubscription = (admin: AdminDb, who: Who, now: Date) =>
  inTransaction(admin, async (tx) => {
    const before = await subscriptionOf(tx, who.tenantId)
    if (before?.status !== 'cancelled') return { ok: true as const, changed: false }
    await tx
      .update(subscriptions)
      .set({ status: 'active', provider: 'hand', externalId: null, cancelledAt: null, updatedAt: now })
      .where(eq(subscriptions.tenantId, who.tenantId))
    await audit(tx, { ...who, act: 'subscription.resumed' }, now)
    return { ok: true as const, changed: true }
  })
