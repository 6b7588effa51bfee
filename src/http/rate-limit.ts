import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { RowDataPacket } from 'mysql2/promise'
import type { AdminDb } from '#src/db/admin.ts'
import { retrying } from '#src/db/transaction.ts'

/** So many hits of one kind (`bucket`) in a window that begins with the first of them. */
export type RateLimit = { bucket: string; max: number; windowSeconds: number }
export type Hit = { ok: true } | { ok: false; retryAfterSeconds: number }

/**
 * Counts one hit of this subject (an address, an e-mail) and says whether it is still within the limit. One
 * statement that counts and answers, so the limit holds across processes and restarts.
 */
export async function takeHit(admin: AdminDb, limit: RateLimit, subject: string, now: Date): Promise<Hit> {
  const ends = instant(new Date(now.getTime() + limit.windowSeconds * 1000))
  const at = instant(now)
  const [rows] = await retrying(
    async () =>
      (await admin.execute(sql`
        insert into rate_limits (key_hash, hits, window_ends_at) values (${keyOf(limit, subject)}, 1, ${ends})
        on duplicate key update
          hits = if(window_ends_at <= ${at}, 1, least(hits + 1, 1000000)),
          window_ends_at = if(window_ends_at <= ${at}, ${ends}, window_ends_at)
        returning hits, ceil(timestampdiff(microsecond, ${at}, window_ends_at) / 1000000) as seconds_left
      `)) as unknown as [RowDataPacket[]],
  )
  const row = rows[0]
  if (!row) throw new Error('the rate limit answered nothing')
  if (Number(row.hits) <= limit.max) return { ok: true }
  return { ok: false, retryAfterSeconds: Math.max(1, Number(row.seconds_left)) }
}

/** What a hit was taken for did not happen: it counts as if it had never been tried. */
export async function forgetHits(admin: AdminDb, limit: RateLimit, subject: string): Promise<void> {
  await retrying(() => admin.execute(sql`delete from rate_limits where key_hash = ${keyOf(limit, subject)}`))
}

/** Hashed: no address or e-mail is kept in the clear. */
const keyOf = (limit: RateLimit, subject: string) =>
  createHash('sha256').update(`${limit.bucket}\0${subject}`).digest('hex')

const instant = (at: Date) => at.toISOString().slice(0, -1).replace('T', ' ')
