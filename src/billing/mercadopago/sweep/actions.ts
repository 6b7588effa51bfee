import { eq } from 'drizzle-orm'
import { openDays } from '#src/billing/payments/payment.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { payments, tenants } from '#src/db/admin-schema.ts'
import { describeError } from '#src/db/errors.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { type Elsewhere, elsewhereOf, type NoticeContext } from '../elsewhere.ts'
import { endBegun } from '../renewals/begun/actions.ts'
import { begunAndLeft, stoppedWithBegun } from '../renewals/begun/queries.ts'
import { stopRenewals } from '../renewals/stopping/actions.ts'
import { applyPayment } from '../settling/actions.ts'
import { leftCheckouts, openReferences, renewalsDue, renewalsOfStopped } from './queries.ts'

const hour = 3_600_000
const day = 24 * hour
/** While its checkout takes money, and a little longer: what was paid in its last minute is found too. */
const sweptMs = openDays * day + hour
/** A charge comes on its day or is tried again for some days after it. */
const renewalDays = { before: 1, after: 10 }

/** Notices get lost: asks the service itself for everything that may have been paid meanwhile. */
export async function sweepCheckouts(context: NoticeContext, signal?: AbortSignal): Promise<void> {
  const elsewhere = elsewhereOf(context)
  if (!elsewhere) return
  const { admin } = elsewhere
  const now = context.clock()
  const since = new Date(now.getTime() - sweptMs)
  await stopWhatIsStopped(admin, now)

  const references = await openReferences(admin, since)
  const subscriptions = await renewalsDue(
    admin,
    new Date(now.getTime() - renewalDays.after * day),
    new Date(now.getTime() + renewalDays.before * day),
  )
  const work = [
    ...references.map((reference) => () => sweepReference(elsewhere, reference, now)),
    ...subscriptions.map((id) => () => sweepRenewal(elsewhere, id, now)),
  ]
  let failed = 0
  for (const one of work) {
    signal?.throwIfAborted()
    await one().catch((error: unknown) => {
      failed += 1
      context.log.error({ error: describeError(error) }, 'a checkout could not be looked up')
    })
  }
  // Only after a last look: what could not be looked up is not over.
  if (failed > 0) throw new Error(`${failed} of ${work.length} checkouts could not be looked up`)
  await inTransaction(admin, async (tx) => {
    await endBegun(tx, await begunAndLeft(tx, since), now)
    await tx.update(payments).set({ status: 'expired', updatedAt: now }).where(leftCheckouts(since))
    return { ok: true }
  })
}

/** Whatever was paid under this reference, by what the service says of each payment. */
export async function sweepReference(elsewhere: Elsewhere, reference: string, now: Date): Promise<void> {
  for (const id of await elsewhere.provider.paymentsOf(reference)) await applyPayment(elsewhere, id, now)
}

async function sweepRenewal(elsewhere: Elsewhere, subscriptionId: string, now: Date): Promise<void> {
  for (const { paymentId } of await elsewhere.provider.chargesOf(subscriptionId)) {
    if (paymentId) await applyPayment(elsewhere, paymentId, now, subscriptionId)
  }
}

async function stopWhatIsStopped(admin: AdminDb, now: Date): Promise<void> {
  const all = new Set([...(await renewalsOfStopped(admin)), ...(await stoppedWithBegun(admin))])
  for (const tenantId of all) {
    await inTransaction(admin, async (tx) => {
      const [tenant] = await tx.select().from(tenants).where(eq(tenants.id, tenantId)).for('update')
      const why = tenant?.closedAt ? 'closed' : tenant?.suspendedAt ? 'suspended' : null
      if (why) await stopRenewals(tx, tenantId, why, now)
      return { ok: true }
    })
  }
}

/** Somebody waits for this payment on the screen. What fails is left to the notice and to the sweep. */
export function lookSoon(context: NoticeContext, reference: string): void {
  const elsewhere = elsewhereOf(context)
  if (!elsewhere) return
  const { clock, log } = context
  sweepReference(elsewhere, reference, clock()).catch((error: unknown) =>
    log.error({ error: describeError(error) }, 'a payment could not be looked up'),
  )
}
