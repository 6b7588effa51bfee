/** The lock: who is told what, and the owner's three more days. Pure. */

import type { AccountFacts } from '#src/billing/account.ts'
import { limaDayBounds } from '#src/lib/lima.ts'

export const extensionDays = 3
const day = 86_400_000

/** Three whole days after today, as a trial counts them: a midnight in Lima, never earlier than one given before. */
export function extensionUntil(given: Date | null, now: Date): Date {
  const until = new Date(limaDayBounds(now).to.getTime() + extensionDays * day)
  return given && given > until ? given : until
}

export type ExtensionProblem = 'taken' | 'not-for-this'

/** Once, and only where money is what is missing. null: it may be given. */
export function extensionProblem(
  facts: Pick<AccountFacts, 'suspendedAt' | 'closedAt'> & { extensionTakenAt: Date | null },
): ExtensionProblem | null {
  if (facts.closedAt || facts.suspendedAt) return 'not-for-this'
  return facts.extensionTakenAt ? 'taken' : null
}

/** Where every locked door leads, and where it leads back to. */
export const lockPath = (back: string) => `/continuar?volver=${encodeURIComponent(back)}`
