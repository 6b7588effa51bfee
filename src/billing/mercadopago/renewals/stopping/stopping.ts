/** Why nothing more is charged, when it was not she who cancelled it. Pure. */

const reasons = ['closed', 'suspended', 'charged-back'] as const
export type StopReason = (typeof reasons)[number]

/** A line of ours among the notices: a mail to be written. Its request is the reason and the subscription. */
export const stoppedTopic = 'our-tell-stopped'

export const reasonOf = (requestId: string): StopReason | null =>
  reasons.find((reason) => requestId.startsWith(`${reason}:`)) ?? null
