import { and, inArray, lt, or } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import {
  emailConfirmations,
  jobRuns,
  operatorSessions,
  passwordResets,
  rateLimits,
  sessions,
} from '#src/db/admin-schema.ts'
import { longestIdle, oldestSession } from '#src/operator/operator.ts'

const day = 86_400_000
/** How long the record of a job's runs is kept. */
const runsKeptDays = 14

/** Takes away what has expired and means nothing any more. Nothing here is refused any later for being there. */
export async function sweepAccounts(admin: AdminDb, now: Date): Promise<void> {
  await admin.delete(sessions).where(lt(sessions.expiresAt, now))
  await admin.delete(passwordResets).where(lt(passwordResets.expiresAt, now))
  await admin.delete(emailConfirmations).where(lt(emailConfirmations.expiresAt, now))
  await admin
    .delete(operatorSessions)
    .where(
      or(
        lt(operatorSessions.createdAt, oldestSession(now)),
        lt(operatorSessions.lastSeenAt, longestIdle(now)),
      ),
    )
  await admin.delete(rateLimits).where(lt(rateLimits.windowEndsAt, now))
  await admin
    .delete(jobRuns)
    .where(
      and(
        inArray(jobRuns.status, ['done', 'failed']),
        lt(jobRuns.dueAt, new Date(now.getTime() - runsKeptDays * day)),
      ),
    )
}
