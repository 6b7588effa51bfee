import { sql } from 'drizzle-orm'
import { giveBack, takeCounts } from '#src/counts/counter.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { dailyCounts } from '#src/db/admin-schema.ts'
import { describeError } from '#src/db/errors.ts'
import { retrying } from '#src/db/transaction.ts'

const everyMs = 10_000
type Log = { warn(details: object, message: string): void }

/** Writes what was counted every ten seconds. The returned function writes the rest and stops. */
export function startCounting(admin: AdminDb, log: Log): () => Promise<void> {
  const write = () =>
    flushCounts(admin).catch((error: unknown) =>
      log.warn({ error: describeError(error) }, 'counts not written yet'),
    )
  const timer = setInterval(write, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await write()
  }
}

/** Adds to the day's rows what was counted since the last time. What is not written is kept. */
export async function flushCounts(admin: AdminDb): Promise<void> {
  const counts = takeCounts()
  if (counts.length === 0) return
  try {
    await retrying(() =>
      admin
        .insert(dailyCounts)
        .values(counts)
        .onDuplicateKeyUpdate({ set: { count: sql`${dailyCounts.count} + values(${dailyCounts.count})` } }),
    )
  } catch (error) {
    giveBack(counts)
    throw error
  }
}
