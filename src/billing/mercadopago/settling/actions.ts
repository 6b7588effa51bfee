import { and, eq } from 'drizzle-orm'
import { reversePayment, settlePayment } from '#src/billing/payments/actions.ts'
import type { ExternalPayment, PaymentProvider } from '#src/billing/provider.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { payments } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { decide, type Mismatch } from '../decision.ts'
import type { Elsewhere } from '../elsewhere.ts'
import { noteMismatch, noteReversed, noteTold, reversedTopic } from '../marks/actions.ts'
import { addRenewal } from '../renewals/period/actions.ts'
import { rejectedText } from '../texts.ts'
import { isMarked, lockOurs } from './queries.ts'

/** What could not be done of it, for the operator; null: all is well. */
export type Applied = Mismatch | 'not-there' | null

/**
 * Fetches a payment and brings ours to the same state: the only way from the service to a paid plan. Repeated, or
 * in another order, it ends in the same state.
 */
export async function applyPayment(
  { admin, provider, decided }: Elsewhere,
  paymentId: string,
  now: Date,
  chargedUnder: string | null = null,
): Promise<Applied> {
  const theirs = await fetchPayment(provider, paymentId, chargedUnder)
  if (!theirs) return 'not-there'
  const applied = await inTransaction(admin, (tx) => apply(tx, theirs, now))
  if (applied.ok) {
    if (applied.decided) decided(applied.decided)
    return applied.problem
  }
  await inTransaction(admin, async (tx) => {
    await noteMismatch(tx, theirs, await lockOurs(tx, theirs), applied.problem, now)
    return { ok: true }
  })
  return applied.problem
}

/** With the subscription that charged it, if that is about the same reference. */
async function fetchPayment(
  provider: PaymentProvider,
  id: string,
  chargedUnder: string | null,
): Promise<ExternalPayment | null> {
  const payment = await provider.payment(id)
  const subscriptionId = payment?.subscriptionId ?? chargedUnder
  if (!payment || !subscriptionId) return payment
  const subscription = await provider.subscription(subscriptionId)
  const reference = payment.reference ?? subscription?.reference ?? null
  const isItsOwn = subscription !== null && subscription.reference === reference
  return { ...payment, reference, subscriptionId: isItsOwn ? subscription.id : null }
}

/** `decided`: this payment of ours has changed, and its owner is told. */
type Outcome = { ok: true; problem: Mismatch | null; decided?: number } | { ok: false; problem: Mismatch }
const done: Outcome = { ok: true, problem: null }
const changed = (by: { payment: { id: number }; changed: boolean }): Outcome =>
  by.changed ? { ...done, decided: by.payment.id } : done

async function apply(tx: AdminTx, theirs: ExternalPayment, now: Date): Promise<Outcome> {
  const ours = await lockOurs(tx, theirs)
  const decision = decide(theirs, ours)
  if (decision.act === 'mismatch') return mismatch(tx, theirs, ours, decision.problem, now)
  if (!ours) return done
  switch (decision.act) {
    case 'nothing':
      return done
    case 'remember-reversed':
      await noteReversed(tx, theirs, now)
      return done
    case 'tell-rejected':
      return tell(tx, theirs, ours.id, rejectedText, now)
    case 'tell-waiting':
      return tell(tx, theirs, ours.id, null, now)
    case 'reverse': {
      const reversed = await reversePayment(tx, ours.id, decision.kind, { externalId: theirs.id }, now)
      return reversed.ok ? changed(reversed) : done
    }
    case 'settle':
      return settle(tx, theirs, ours, now)
    case 'renew': {
      if (await isMarked(tx, reversedTopic, theirs.id)) return returned(tx, theirs, ours, now)
      const added = await addRenewal(tx, theirs, ours, now)
      return added.ok
        ? settle(tx, theirs, added.payment, now)
        : mismatch(tx, theirs, ours, added.problem, now)
    }
  }
}

type Ours = NonNullable<Awaited<ReturnType<typeof lockOurs>>>

async function mismatch(
  tx: AdminTx,
  theirs: ExternalPayment,
  ours: Ours | null,
  problem: Mismatch,
  now: Date,
): Promise<Outcome> {
  await noteMismatch(tx, theirs, ours, problem, now)
  return { ok: true, problem }
}

async function settle(tx: AdminTx, theirs: ExternalPayment, ours: Ours, now: Date): Promise<Outcome> {
  if (await isMarked(tx, reversedTopic, theirs.id)) return returned(tx, theirs, ours, now)
  const by = { externalId: theirs.id, subscriptionId: theirs.subscriptionId ?? undefined }
  const settled = await settlePayment(tx, ours.id, by, now)
  if (!settled.ok) return { ok: false, problem: 'cannot-settle' }
  // Confirmed by the operator before we heard of it: a refund must find it.
  if (settled.payment.externalId === null) {
    await tx.update(payments).set({ externalId: theirs.id }).where(eq(payments.id, settled.payment.id))
  }
  return changed(settled)
}

/** An older answer, or a dispute that was won before its payment was ever heard of: the money is ours, and nobody's. */
const returned = (tx: AdminTx, theirs: ExternalPayment, ours: Ours, now: Date) =>
  theirs.state === 'reimbursed' ? mismatch(tx, theirs, ours, 'chargeback-won', now) : done

/** The checkout stays open, and its page says what became of the last try. Once: an older try is no news again. */
async function tell(
  tx: AdminTx,
  theirs: ExternalPayment,
  paymentId: number,
  reason: string | null,
  now: Date,
): Promise<Outcome> {
  if (await noteTold(tx, theirs, now)) {
    await tx
      .update(payments)
      .set({ reason, updatedAt: now })
      .where(and(eq(payments.id, paymentId), eq(payments.status, 'open')))
  }
  return done
}
