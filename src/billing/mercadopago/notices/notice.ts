/** A notice of the service: what it may be about, and how patiently it is followed. Pure. */

export type Notice = { topic: string; resourceId: string; requestId: string; signedAt: Date | null }

/**
 * The kinds that we follow. The kind is not part of what is signed: it only chooses what is fetched, and nothing
 * that is fetched can be made up by whoever sends it. Of other kinds nothing is kept.
 */
export const topics = {
  payment: 'payment',
  subscription_preapproval: 'subscription',
  preapproval: 'subscription',
  subscription_authorized_payment: 'charge',
  authorized_payment: 'charge',
  topic_chargebacks_wh: 'chargeback',
  chargebacks: 'chargeback',
} as const satisfies Record<string, string>
export type Topic = (typeof topics)[keyof typeof topics]

export const topicOf = (kind: string | undefined): Topic | null =>
  kind !== undefined && Object.hasOwn(topics, kind) ? topics[kind as keyof typeof topics] : null

const second = 1_000
const longestWait = 30 * 60 * second
/** The last waits are half an hour each: nearly a day of a silent service. */
export const attemptsAtMost = 50

/** 5, 10, 20 seconds and so on, up to half an hour. */
export const waitAfter = (attempts: number) =>
  Math.min(longestWait, 5 * second * 2 ** Math.min(attempts - 1, 20))
/** A notice may come before what it tells of can be read; five times are enough to know that there is nothing. */
export const triesToFind = 5
