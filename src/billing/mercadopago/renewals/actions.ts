import type { Admin } from '#src/db/admin.ts'
import { webhookEvents } from '#src/db/admin-schema.ts'
import { providerName } from '../provider.ts'

/** A line of our own among the notices: done by the same job, with the same patience. */
export const endTopic = 'our-end-subscription'

/**
 * The service is to charge this subscription no more. Written with whatever ends it, done by the job that reads
 * the notices until the service has taken it. Asked twice it is done twice, which changes nothing.
 */
export async function endRenewal(tx: Admin, externalId: string, now: Date): Promise<void> {
  await tx
    .insert(webhookEvents)
    .values({
      provider: providerName,
      topic: endTopic,
      resourceId: externalId,
      requestId: 'ours',
      receivedAt: now,
      status: 'new',
    })
    .onDuplicateKeyUpdate({
      set: { status: 'new', attempts: 0, nextAttemptAt: null, receivedAt: now, error: null },
    })
}
