import type { webhookEvents } from '#src/db/admin-schema.ts'
import type { Elsewhere } from '../../elsewhere.ts'
import { endTopic } from '../../renewals/actions.ts'
import { followSubscription } from '../../renewals/follow/actions.ts'
import { reasonOf, stoppedTopic } from '../../renewals/stopping/stopping.ts'
import { type Applied, applyPayment } from '../../settling/actions.ts'
import { triesToFind } from '../notice.ts'

type Event = Pick<typeof webhookEvents.$inferSelect, 'topic' | 'resourceId' | 'requestId' | 'attempts'>

/**
 * Does what one notice asks for. Returns what the operator must know of it, or null. Throws when the service does
 * not answer, and, the first times, when it does not know yet what it has just told us of.
 */
export async function obey(elsewhere: Elsewhere, event: Event, now: Date): Promise<string | null> {
  const { provider } = elsewhere
  switch (event.topic) {
    case 'payment':
      return toldOf(event, await applyPayment(elsewhere, event.resourceId, now))
    case 'charge': {
      const charge = await provider.charge(event.resourceId)
      if (!charge) return toldOf(event, 'not-there')
      // Not paid yet: the payment has a notice of its own.
      if (!charge.paymentId) return null
      return toldOf(event, await applyPayment(elsewhere, charge.paymentId, now, charge.subscriptionId))
    }
    case 'chargeback': {
      const chargeback = await provider.chargeback(event.resourceId)
      if (!chargeback) return toldOf(event, 'not-there')
      const all = []
      for (const id of chargeback.paymentIds) all.push(toldOf(event, await applyPayment(elsewhere, id, now)))
      return all.filter((problem) => problem !== null).join(', ') || null
    }
    case 'subscription':
      return toldOf(event, await followSubscription(elsewhere, event.resourceId, now))
    case endTopic:
      await provider.endSubscription(event.resourceId)
      return null
    case stoppedTopic: {
      const why = reasonOf(event.requestId)
      if (why) elsewhere.stopped(Number(event.resourceId), why)
      return null
    }
    default:
      return 'no such topic'
  }
}

function toldOf({ attempts, resourceId }: Event, applied: Applied): string | null {
  if (applied === 'not-there' && attempts + 1 < triesToFind) {
    throw new Error(`the service does not know ${resourceId} yet`)
  }
  return applied
}
