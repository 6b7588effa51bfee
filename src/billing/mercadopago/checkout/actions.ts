import { and, eq, isNull } from 'drizzle-orm'
import type { PaymentRow } from '#src/billing/payments/queries.ts'
import type { PaymentProvider } from '#src/billing/provider.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { payments } from '#src/db/admin-schema.ts'
import { describeError } from '#src/db/errors.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'
import { noticePath } from '../provider.ts'
import { endRenewal } from '../renewals/actions.ts'
import { noteBegun } from '../renewals/begun/actions.ts'
import { type CheckoutProblem, checkoutEnd, checkoutTitle, mayRenew } from './checkout.ts'
import { payableAs } from './replacing/actions.ts'

type Context = Pick<Services, 'databases' | 'config' | 'log'>
type Wish = { renews: boolean; payerEmail: string; returnPath: string }
export type CheckoutOpened =
  | { ok: true; reference: string; checkoutUrl: string; alreadyWas: boolean }
  | { ok: false; problem: CheckoutProblem }

/**
 * Begins the checkout of an open payment at the service, once: what has begun is answered again, unless she wants
 * to pay the other way now. Two at the same instant begin the same one, since its key there is our reference.
 */
export async function openCheckout(
  { databases, config, log }: Context,
  provider: PaymentProvider,
  asked: PaymentRow,
  wish: Wish,
  now: Date,
): Promise<CheckoutOpened> {
  if (asked.status !== 'open') return { ok: false, problem: 'not-open' }
  if (wish.renews && !mayRenew(asked)) return { ok: false, problem: 'cannot-renew' }
  const payment = await payableAs(databases.admin, asked, wish.renews, now)
  if (!payment) return { ok: false, problem: 'not-open' }
  const { reference, checkoutUrl } = payment
  if (checkoutUrl) return { ok: true, reference, checkoutUrl, alreadyWas: true }
  try {
    const begun = await provider.begin({
      reference,
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
  const { reference } = payment
  const [kept] = await tx
    .update(payments)
    .set({ checkoutUrl, method: 'mercadopago', updatedAt: now })
    .where(and(eq(payments.id, payment.id), eq(payments.status, 'open'), isNull(payments.checkoutUrl)))
  if (kept.affectedRows === 0) {
    const [row] = await tx.select().from(payments).where(eq(payments.id, payment.id))
    // Somebody else's checkout of this payment stands: a subscription that nobody knows must not charge.
    if (subscriptionId && row?.checkoutUrl !== checkoutUrl) await endRenewal(tx, subscriptionId, now)
    return { ok: true, reference, checkoutUrl: row?.checkoutUrl ?? checkoutUrl, alreadyWas: true }
  }
  if (subscriptionId) await noteBegun(tx, reference, subscriptionId, now)
  return { ok: true, reference, checkoutUrl, alreadyWas: false }
}
