import { and, eq, ne } from 'drizzle-orm'
import type { ExternalSubscription } from '#src/billing/provider.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { subscriptions } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Elsewhere } from '../../elsewhere.ts'
import { isOurReference } from '../../settling/queries.ts'
import { endRenewal } from '../actions.ts'
import { endBegun } from '../begun/actions.ts'
import { begunUnder } from '../begun/queries.ts'

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
  await inTransaction(admin, async (tx) => {
    if (theirs.state === 'cancelled') await cancelled(tx, theirs, now)
    if (theirs.state === 'active' && (await isStray(tx, theirs))) await endRenewal(tx, externalId, now)
    return { ok: true }
  })
  return null
}

async function cancelled(tx: AdminTx, { id, reference }: ExternalSubscription, now: Date): Promise<void> {
  if (reference) await endBegun(tx, await begunAs(tx, reference, id), now)
  await tx
    .update(subscriptions)
    .set({ status: 'cancelled', cancelledAt: now, updatedAt: now })
    .where(and(eq(subscriptions.externalId, id), ne(subscriptions.status, 'cancelled')))
}

/** Allowed after it was ended: it must never charge. Others' subscriptions are others' business. */
async function isStray(tx: AdminTx, { id, reference }: ExternalSubscription): Promise<boolean> {
  if (!reference || !(await isOurReference(tx, reference))) return false
  // In this order: its first charge moves it from the one to the other.
  if ((await begunAs(tx, reference, id)).length > 0) return false
  const [ours] = await tx
    .select({ status: subscriptions.status })
    .from(subscriptions)
    .where(eq(subscriptions.externalId, id))
  return !ours || ours.status === 'cancelled'
}

const begunAs = async (tx: AdminTx, reference: string, id: string) =>
  (await begunUnder(tx, reference)).filter(({ externalId }) => externalId === id)
