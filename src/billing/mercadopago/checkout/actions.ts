import { and, eq, isNull } from 'drizzle-orm'
import { type PaymentRow, subscriptionOf } from '#src/billing/payments/queries.ts'
import type { PaymentProvider } from '#src/billing/provider.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { payments, subscriptions } from '#src/db/admin-schema.ts'
import { describeError } from '#src/db/errors.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'
import { noticePath, providerName } from '../provider.ts'
import { endRenewal } from '../renewals/actions.ts'
import { type CheckoutProblem, checkoutEnd, checkoutTitle, mayRenew } from './checkout.ts'

type Context = Pick<Services, 'databases' | 'config' | 'log'>
type Wish = { renews: boolean; payerEmail: string; returnPath: string }
export type CheckoutOpened =
  | { ok: true; checkoutUrl: string; alreadyWas: boolean }
  | { ok: false; problem: CheckoutProblem }

/**
 * Begins the checkout of an open payment at the service, once: what has begun is answered again. Two at the
 * same instant begin the same one, since its key there is our reference.
 */
export async function openCheckout(
  { databases, config, log }: Context,
  provider: PaymentProvider,
  payment: PaymentRow,
  wish: Wish,
  now: Date,
): Promise<CheckoutOpened> {
  if (payment.status !== 'open') return { ok: false, problem: 'not-open' }
  if (payment.checkoutUrl) return { ok: true, checkoutUrl: payment.checkoutUrl, alreadyWas: true }
  if (wish.renews && !mayRenew(payment)) return { ok: false, problem: 'cannot-renew' }
  try {
    const begun = await provider.begin({
      reference: payment.reference,
      title: checkoutTitle(payment),
      amountCentimos: payment.amountCentimos,
      currency: payment.currency,
      everyMonths: wish.renews ? (payment.period === 'year' ? 12 : 1) : null,
      payerEmail: wish.payerEmail,
      returnUrl: config.appOrigin + wish.returnPath,
      noticeUrl: config.appOrigin + noticePath,
      expiresAt: checkoutEnd(payment),
    })
    return await inTransaction(databases.admin, (tx) => keepCheckout(tx, payment, begun, now))
  } catch (error) {
    log.error({ tenantId: payment.tenantId, error: describeError(error) }, 'no checkout could be begun')
    return { ok: false, problem: 'no-answer' }
  }
}

async function keepCheckout(
  tx: AdminTx,
  payment: PaymentRow,
  begun: { checkoutUrl: string; subscriptionId: string | null },
  now: Date,
): Promise<CheckoutOpened> {
  const { checkoutUrl, subscriptionId } = begun
  const [kept] = await tx
    .update(payments)
    .set({ checkoutUrl, method: 'mercadopago', updatedAt: now })
    .where(and(eq(payments.id, payment.id), eq(payments.status, 'open'), isNull(payments.checkoutUrl)))
  if (kept.affectedRows === 0) {
    const [row] = await tx.select().from(payments).where(eq(payments.id, payment.id))
    // Somebody else's checkout of this payment stands: a subscription that nobody knows must not charge.
    if (subscriptionId && row?.checkoutUrl !== checkoutUrl) await endRenewal(tx, subscriptionId, now)
    return { ok: true, checkoutUrl: row?.checkoutUrl ?? checkoutUrl, alreadyWas: true }
  }
  if (subscriptionId) await keepSubscription(tx, payment, subscriptionId, now)
  return { ok: true, checkoutUrl, alreadyWas: false }
}

/** A business renews by one subscription: the one before, paid or merely begun, is ended at the service. */
async function keepSubscription(tx: AdminTx, payment: PaymentRow, externalId: string, now: Date) {
  const before = await subscriptionOf(tx, payment.tenantId)
  if (before?.externalId && before.externalId !== externalId) await endRenewal(tx, before.externalId, now)
  const { plan, period, document, documentNumber, documentName, documentAddress } = payment
  const wanted = {
    ...{ plan, period, document, documentNumber, documentName, documentAddress },
    provider: providerName,
    externalId,
    status: 'pending' as const,
    cancelledAt: null,
    updatedAt: now,
  } as const
  await tx
    .insert(subscriptions)
    .values({ tenantId: payment.tenantId, createdAt: now, ...wanted })
    .onDuplicateKeyUpdate({ set: wanted })
}
