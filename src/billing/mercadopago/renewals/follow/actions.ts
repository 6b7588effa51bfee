import { and, eq, ne } from 'drizzle-orm'
import { subscriptions } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Elsewhere } from '../../elsewhere.ts'
import { isOurReference } from '../../settling/queries.ts'
import { endRenewal } from '../actions.ts'

/**
 * Brings our subscription to the state that the service has. It becomes active with its first payment, and not
 * before; cancelled elsewhere (in her own account there) it is cancelled here.
 */
export async function followSubscription(
  { admin, provider }: Elsewhere,
  externalId: string,
  now: Date,
): Promise<'not-there' | null> {
  const theirs = await provider.subscription(externalId)
  if (!theirs) return 'not-there'
  const { reference, state } = theirs
  await inTransaction(admin, async (tx) => {
    const [ours] = await tx
      .select({ status: subscriptions.status })
      .from(subscriptions)
      .where(eq(subscriptions.externalId, externalId))
    if (!ours || ours.status === 'cancelled') {
      // Allowed in another window after a newer one was begun: it must never charge. Others' are others' business.
      const isStray = state === 'active' && reference !== null && (await isOurReference(tx, reference))
      if (isStray) await endRenewal(tx, externalId, now)
    } else if (state === 'cancelled') {
      await tx
        .update(subscriptions)
        .set({ status: 'cancelled', cancelledAt: now, updatedAt: now })
        .where(and(eq(subscriptions.externalId, externalId), ne(subscriptions.status, 'cancelled')))
    }
    return { ok: true }
  })
  return null
}
