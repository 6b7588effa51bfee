import { and, eq } from 'drizzle-orm'
import type { Admin, AdminTx } from '#src/db/admin.ts'
import { payments, subscriptions, tenants, webhookEvents } from '#src/db/admin-schema.ts'
import { providerName } from '../provider.ts'

/**
 * The payment that theirs is about: the one that it paid already, or else the one that carries its reference. Under
 * the lock of its business, as every decision about its money: of two charges the second waits for the first.
 */
export async function lockOurs(tx: AdminTx, theirs: { id: string; reference: string | null }) {
  const found = await findOurs(tx, theirs)
  if (!found) return null
  await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, found.tenantId)).for('update')
  return findOurs(tx, theirs)
}

async function findOurs(tx: AdminTx, { id, reference }: { id: string; reference: string | null }) {
  const [own] = await tx.select().from(payments).where(eq(payments.externalId, id))
  if (own || !reference) return own ?? null
  const [base] = await tx.select().from(payments).where(eq(payments.reference, reference))
  return base ?? null
}

export async function isOurReference(admin: Admin, reference: string): Promise<boolean> {
  const [row] = await admin
    .select({ id: payments.id })
    .from(payments)
    .where(eq(payments.reference, reference))
  return row !== undefined
}

export async function lockSubscriptionOf(tx: AdminTx, tenantId: number) {
  const [row] = await tx
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.tenantId, tenantId))
    .for('update')
  return row ?? null
}

/** Was this line of ours about a payment of theirs written before? */
export async function isMarked(tx: AdminTx, topic: string, externalId: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(
      and(
        eq(webhookEvents.provider, providerName),
        eq(webhookEvents.topic, topic),
        eq(webhookEvents.resourceId, externalId),
      ),
    )
    .limit(1)
  return row !== undefined
}
