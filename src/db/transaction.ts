import { setTimeout as pause } from 'node:timers/promises'
import type { AdminDb, AdminTx } from './admin.ts'
import { errno, errnoOf, isWorthRetrying } from './errors.ts'
import type { RawDb } from './handles.ts'
import type { TenantDb, TenantTx } from './tenant.ts'

export { errnoOf } from './errors.ts'

const attempts = 8
/** A row that others still point to was deleted; a row points to one that is gone. */
export const foreignKeyErrno = { stillReferenced: 1451, parentGone: 1452 } as const
/** A person waits in front of the screen: after so long she is told that many are here at once. */
const patienceMs = 10_000

/**
 * Commits only `{ ok: true }`; a refusal rolls back whatever was written before it and is returned. Drizzle's
 * own `transaction()` commits whatever is returned, and left gaps in the tickets' numbers (OPERATIONS.md,
 * section 1). When another transaction stands in the way (errno 1213, 1205, 1020) the work runs again
 * from its start, so it must do nothing but read and write through `tx`. A connection lost in COMMIT is not
 * repeated: nobody knows whether it was written; the caller's `request_key` tells.
 */
export function inTransaction<T extends { ok: boolean }>(
  db: TenantDb,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T>
export function inTransaction<T extends { ok: boolean }>(
  db: AdminDb,
  work: (tx: AdminTx) => Promise<T>,
): Promise<T>
export async function inTransaction<T extends { ok: boolean }, Tx>(
  db: TenantDb | AdminDb,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return retrying(() => once(db as unknown as RawDb, work as (tx: unknown) => Promise<T>))
}

/**
 * For a single statement outside a transaction that others may deadlock with. Deadlocks answer at once and are
 * tried eight times; a wait for a lock takes its 5 s, so that one more is all there is time for.
 */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + patienceMs
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isWorthRetrying(error) || attempt >= attempts || performance.now() >= giveUpAt) throw error
      await pause(Math.random() * 10 * 2 ** attempt)
    }
  }
}

/**
 * For writes under a unique `request_key`: the same key came through two doors at the same instant and met
 * the index. The second time the work finds what the first has made, and answers as for any repetition.
 */
export const onceMoreOnDuplicate = <T>(work: () => Promise<T>): Promise<T> =>
  onceMoreOn([errno.duplicateEntry], work)

/**
 * The same, for writes that also point to what somebody may delete meanwhile: the second time the work finds it
 * gone, and refuses.
 */
export const onceMoreOnDuplicateOrGone = <T>(work: () => Promise<T>): Promise<T> =>
  onceMoreOn([errno.duplicateEntry, foreignKeyErrno.parentGone], work)

async function onceMoreOn<T>(numbers: readonly number[], work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!numbers.includes(errnoOf(error) ?? 0)) throw error
    return work()
  }
}

async function once<T extends { ok: boolean }>(db: RawDb, work: (tx: unknown) => Promise<T>): Promise<T> {
  let refusal: { result: T } | null = null
  try {
    return await db.transaction(async (tx) => {
      const result = await work(tx)
      if (result.ok) return result
      refusal = { result }
      throw new Error('refused: roll back')
    })
  } catch (error) {
    const refused = refusal as { result: T } | null
    if (refused) return refused.result
    throw error
  }
}
