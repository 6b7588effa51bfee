import type { Context } from 'hono'
import type { Env, TenantEnv } from '#src/http/env.ts'
import { type RateLimit, takeHit } from '#src/http/rate-limit.ts'

/**
 * Counts one try under each limit; answers the seconds to wait when one is used up, else null. With an
 * answer the response already says Retry-After.
 */
export async function secondsToWait(
  c: Context<Env> | Context<TenantEnv>,
  tries: readonly (readonly [RateLimit, string])[],
): Promise<number | null> {
  const { services, now } = c.var
  for (const [limit, subject] of tries) {
    const hit = await takeHit(services.databases.admin, limit, subject, now)
    if (hit.ok) continue
    c.header('Retry-After', String(hit.retryAfterSeconds))
    return hit.retryAfterSeconds
  }
  return null
}
