import { and, eq, inArray } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import type { Admin } from '#src/db/admin.ts'
import { subscriptions, webhookEvents } from '#src/db/admin-schema.ts'
import { providerName } from '../../provider.ts'
import { endRenewal } from '../actions.ts'
import { endBegun } from '../begun/actions.ts'
import { begunOf } from '../begun/queries.ts'
import { type StopReason, stoppedTopic } from './stopping.ts'
import { stopTexts } from './texts.ts'

/**
 * Nothing more is charged to this business, neither by what renews it nor by what was begun. Its owner and the
 * operator are told, unless she closed it herself.
 */
export async function stopRenewals(tx: Admin, tenantId: number, why: StopReason, now: Date): Promise<void> {
  await endBegun(tx, await begunOf(tx, tenantId), now)
  const externalId = await runningRenewal(tx, tenantId)
  if (!externalId) return
  await endRenewal(tx, externalId, now)
  await tx
    .update(subscriptions)
    .set({ status: 'cancelled', cancelledAt: now, updatedAt: now })
    .where(eq(subscriptions.tenantId, tenantId))
  await audit(
    tx,
    { tenantId, act: 'subscription.stopped', reason: stopTexts[why], detail: { externalId } },
    now,
  )
  if (why !== 'closed') await tellSoon(tx, tenantId, why, externalId, now)
}

/**
 * The money of a payment went back. A disputed card is charged no more. A refund may be about one month only: the
 * operator is asked to ask her.
 */
export async function renewalAfterReversal(
  tx: Admin,
  tenantId: number,
  kind: 'refunded' | 'charged_back',
  now: Date,
): Promise<void> {
  if (kind === 'charged_back') return stopRenewals(tx, tenantId, 'charged-back', now)
  const externalId = await runningRenewal(tx, tenantId)
  if (!externalId) return
  await audit(
    tx,
    { tenantId, act: 'subscription.still-charges', reason: stopTexts.asked, detail: { externalId } },
    now,
  )
}

async function runningRenewal(tx: Admin, tenantId: number): Promise<string | null> {
  const [row] = await tx
    .select({ externalId: subscriptions.externalId })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.tenantId, tenantId),
        eq(subscriptions.provider, providerName),
        inArray(subscriptions.status, ['pending', 'active']),
      ),
    )
  return row?.externalId ?? null
}

/** By the job that reads the notices: what stops a renewal may be a command, which has no mailer. */
async function tellSoon(tx: Admin, tenantId: number, why: StopReason, externalId: string, now: Date) {
  await tx
    .insert(webhookEvents)
    .ignore()
    .values({
      ...{ provider: providerName, topic: stoppedTopic, status: 'new', receivedAt: now },
      resourceId: String(tenantId),
      requestId: `${why}:${externalId}`,
    })
}
