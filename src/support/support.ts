/** How often a business may allow it: each time an account of the database is made. */
export const grantLimit = { bucket: 'support-grant', max: 10, windowSeconds: 3600 } as const

/** How long the owner lets support look. */
export const supportMinutes = 60
/** The one code that leads from the console into the business is good for two minutes. */
const entrySeconds = 120

/** That somebody looks is written down once a minute, not with every click. */
export const isWorthNoticing = (lastSeenAt: Date | null, now: Date) =>
  lastSeenAt === null || now.getTime() - lastSeenAt.getTime() >= 60_000

/** As idle as in the console: 30 minutes without a page, and she has to come in again. */
const idleMinutes = 30

export const isStillHere = (lastSeenAt: Date | null, now: Date) =>
  lastSeenAt === null || now.getTime() - lastSeenAt.getTime() < idleMinutes * 60_000

export const grantEnd = (now: Date) => new Date(now.getTime() + supportMinutes * 60_000)

/** Does this permission hold at this instant? */
export const isOpen = (grant: { expiresAt: Date; endedAt: Date | null }, now: Date) =>
  grant.endedAt === null && now < grant.expiresAt

/** The instant of its making is part of the code, and so of its hash: nobody can make it younger. */
export const entryCode = (random: string, now: Date) => `${now.getTime().toString(36)}.${random}`

export function isFreshCode(code: string, now: Date): boolean {
  const [made = ''] = code.split('.')
  const age = now.getTime() - Number.parseInt(made, 36)
  return age >= -entrySeconds * 1000 && age <= entrySeconds * 1000
}

/** What the frame of a page says while a permission holds: to the business, and to whoever looks. */
export type SupportNotice = {
  side: 'business' | 'support'
  until: Date
  /** Who came in; null: nobody yet. */
  operatorName: string | null
  /** May this person end it? */
  mayEnd: boolean
}

/**
 * Pages that are the person's own or carry data away: the account, paying, leaving, exports. Whatever else
 * answers with a file to keep is refused when it answers.
 */
const closedToSupport = /^\/(cuenta|plan|soporte)(\/|$)/

export const isClosedToSupport = (path: string) => closedToSupport.test(path)
