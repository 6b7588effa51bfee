/** A session of the console: used within the half hour, and never older than half a day (OPERATIONS.md, 4). */
const idleMinutes = 30
const absoluteHours = 12
/** What was seen is written down once a minute, not with every click. */
const noticedSeconds = 60

type SessionTimes = { createdAt: Date; lastSeenAt: Date }

export function livesStill({ createdAt, lastSeenAt }: SessionTimes, now: Date): boolean {
  return (
    now.getTime() - createdAt.getTime() < absoluteHours * 3_600_000 &&
    now.getTime() - lastSeenAt.getTime() < idleMinutes * 60_000
  )
}

/** Is it time to write down that she is still there? */
export const isWorthNoticing = ({ lastSeenAt }: Pick<SessionTimes, 'lastSeenAt'>, now: Date) =>
  now.getTime() - lastSeenAt.getTime() >= noticedSeconds * 1000

/** The browser forgets the cookie no later than we do. */
export const sessionSeconds = absoluteHours * 3600

/** Of sessions that began before this instant none lives. */
export const oldestSession = (now: Date) => new Date(now.getTime() - absoluteHours * 3_600_000)
/** Of sessions that were last seen before this instant none lives. */
export const longestIdle = (now: Date) => new Date(now.getTime() - idleMinutes * 60_000)

/** How often one address or one operator may try. Counted before anything is hashed. */
export const operatorLimits = {
  signInByAddress: { bucket: 'operator-address', max: 20, windowSeconds: 900 },
  signInByAccount: { bucket: 'operator-account', max: 10, windowSeconds: 900 },
  code: { bucket: 'operator-code', max: 10, windowSeconds: 900 },
} as const
