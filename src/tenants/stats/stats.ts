/** How often a business is looked at for the console. Pure. */

const minute = 60_000
const day = 24 * 60 * minute

type Looked = { refreshedAt: Date; lastSaleAt: Date | null }

/** Where something is going on, every time; where nothing moves, once an hour: a thousand looks cost something. */
export function isStale(looked: Looked | null, createdAt: Date, now: Date): boolean {
  if (!looked || looked.refreshedAt > now) return true
  const isLively =
    now.getTime() - createdAt.getTime() < 3 * day ||
    (looked.lastSaleAt !== null && now.getTime() - looked.lastSaleAt.getTime() < 2 * day)
  // A run that begins a moment early must not put it off to the next.
  return now.getTime() - looked.refreshedAt.getTime() >= (isLively ? 9 : 59) * minute
}
