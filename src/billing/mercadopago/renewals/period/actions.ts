import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { ExternalPayment } from '#src/billing/provider.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { payments } from '#src/db/admin-schema.ts'
import type { Mismatch } from '../../decision.ts'
import { providerName } from '../../provider.ts'
import { lockSubscriptionOf } from '../../settling/queries.ts'
import { endRenewal } from '../actions.ts'

type Row = typeof payments.$inferSelect
type Added = { ok: true; payment: Row } | { ok: false; problem: Mismatch }

/**
 * Another period that the service has charged by itself: a payment of its own, sold as the first one was. Of a
 * subscription that is not the business's, or no longer, the money goes back, and it is ended once more.
 */
export async function addRenewal(
  tx: AdminTx,
  theirs: ExternalPayment,
  first: Row,
  now: Date,
): Promise<Added> {
  const subscription = await lockSubscriptionOf(tx, first.tenantId)
  if (!theirs.subscriptionId) return { ok: false, problem: 'unknown-subscription' }
  const isItsOwn =
    subscription?.provider === providerName && subscription.externalId === theirs.subscriptionId
  if (!isItsOwn) {
    await endRenewal(tx, theirs.subscriptionId, now)
    return { ok: false, problem: 'unknown-subscription' }
  }
  const { cancelledAt } = subscription
  // What was charged before the cancelling may well be told after it.
  if (cancelledAt && (theirs.createdAt ?? now) > cancelledAt) {
    await endRenewal(tx, theirs.subscriptionId, now)
    return { ok: false, problem: 'after-cancelling' }
  }
  const { plan, planName, period, priceCentimos, amountCentimos, currency, tenantId } = first
  const { document, documentNumber, documentName, documentAddress } = subscription
  const [{ insertId }] = await tx.insert(payments).values({
    ...{ tenantId, plan, planName, period, priceCentimos, amountCentimos, currency },
    ...{ document, documentNumber, documentName, documentAddress },
    reference: randomUUID(),
    method: 'mercadopago',
    status: 'open',
    externalId: theirs.id,
    createdAt: now,
    updatedAt: now,
  })
  const [payment] = await tx.select().from(payments).where(eq(payments.id, insertId))
  if (!payment) throw new Error('the renewal that was just written is not there')
  return { ok: true, payment }
}
