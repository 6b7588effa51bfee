import { and, eq, inArray } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { payments, webhookEvents } from '#src/db/admin-schema.ts'
import { providerName } from '../../provider.ts'
import { endRenewal } from '../actions.ts'
import { type Begun, begunTopic } from './queries.ts'

/** Whatever charges her now goes on until this one has charged: she may still think better of it. */
export async function noteBegun(tx: Admin, reference: string, externalId: string, now: Date): Promise<void> {
  await tx
    .insert(webhookEvents)
    .ignore()
    .values({
      ...{ provider: providerName, topic: begunTopic, resourceId: reference, requestId: externalId },
      status: 'done',
      receivedAt: now,
      processedAt: now,
    })
}

/** It charges now, and is the business's renewal. */
export async function forgetBegun(tx: Admin, begun: readonly Begun[]): Promise<void> {
  if (begun.length === 0) return
  const ids = begun.map(({ markId }) => markId)
  await tx.delete(webhookEvents).where(inArray(webhookEvents.id, ids))
}

/** It is to charge never. Its payment is over too, since the only way to pay it is: the same choice begins another. */
export async function endBegun(tx: Admin, begun: readonly Begun[], now: Date): Promise<void> {
  for (const { paymentId, externalId } of begun) {
    await endRenewal(tx, externalId, now)
    await tx
      .update(payments)
      .set({ status: 'expired', updatedAt: now })
      .where(and(eq(payments.id, paymentId), eq(payments.status, 'open')))
  }
  await forgetBegun(tx, begun)
}
