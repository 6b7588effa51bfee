import { audit } from '#src/audit/actions.ts'
import type { ExternalPayment } from '#src/billing/provider.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { webhookEvents } from '#src/db/admin-schema.ts'
import type { Mismatch } from '../decision.ts'
import { providerName } from '../provider.ts'
import { mismatchTexts } from '../texts.ts'

// Lines of our own among the notices, each once for a payment of theirs: what was seen of it.

export const reversedTopic = 'our-reversed'
const mismatchTopic = 'our-mismatch'

/** For the operator, once, however often the notice comes: money that is not where it should be. Nothing is settled. */
export async function noteMismatch(
  tx: AdminTx,
  theirs: ExternalPayment,
  ours: { tenantId: number; reference: string; amountCentimos: number; currency: string } | null,
  problem: Mismatch,
  now: Date,
): Promise<void> {
  if (!(await mark(tx, mismatchTopic, theirs.id, problem, now))) return
  const { id: externalId, reference, amountCentimos, currency, state } = theirs
  await audit(
    tx,
    {
      ...(ours ? { tenantId: ours.tenantId } : {}),
      act: 'payment.mismatch',
      reason: mismatchTexts[problem],
      detail: {
        ...{ problem, provider: providerName, externalId, reference, amountCentimos, currency, state },
        ...(ours ? { expectedCentimos: ours.amountCentimos, expectedCurrency: ours.currency } : {}),
      },
    },
    now,
  )
}

export async function noteReversed(tx: AdminTx, theirs: ExternalPayment, now: Date): Promise<void> {
  await mark(tx, reversedTopic, theirs.id, theirs.state, now)
}

/** false: the owner was told of this state before. */
export const noteTold = (tx: AdminTx, theirs: ExternalPayment, now: Date): Promise<boolean> =>
  mark(tx, 'our-told', theirs.id, theirs.state, now)

/** false: it was there already. */
async function mark(tx: AdminTx, topic: string, resourceId: string, requestId: string, now: Date) {
  const [marked] = await tx
    .insert(webhookEvents)
    .ignore()
    .values({
      ...{ provider: providerName, topic, resourceId, requestId },
      status: 'done',
      receivedAt: now,
      processedAt: now,
    })
  return marked.affectedRows > 0
}
