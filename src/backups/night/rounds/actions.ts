import { setTimeout as pause } from 'node:timers/promises'
import { type Copied, copier, type Tonight } from '#src/backups/night/copying/actions.ts'
import type { Source } from '#src/backups/night/decision.ts'
import { discard } from '#src/backups/night/staging.ts'

export type NightProgress = { done: number; all: number; note: string }

export type Result = { source: Source; copied: Copied }

/** How many databases are copied at a time: a till that sells at three must not notice. */
const atOnce = 2
/** What a migration, a restore or a move did meanwhile is seen in the next round. */
const rounds = 3

/**
 * Copies everything once, then again what changed its place while we were at it or failed in a way that may pass.
 * A business that was deleted meanwhile leaves no file and is no failure.
 */
export async function copyRounds(
  tonight: Tonight,
  { list, listMigrating }: { list(): Promise<Source[]>; listMigrating(): Promise<Set<number>> },
  onProgress: (progress: NightProgress) => void = () => {},
): Promise<{ results: Result[]; deleted: number }> {
  const results = new Map<number, Result>()
  let deleted = 0
  let queue = await list()
  for (let round = 1; round <= rounds && queue.length > 0; round++) {
    if (round > 1) await pause(tonight.pausesMs.at(-1) ?? 0, undefined, { signal: tonight.signal })
    for (const result of await copyQueue(tonight, queue, onProgress))
      results.set(result.source.tenantId, result)
    queue = []
    const changing = await listMigrating()
    const present = new Map((await list()).map((source) => [source.tenantId, source]))
    for (const { source, copied } of results.values()) {
      const now = present.get(source.tenantId)
      const isChanging = changing.has(source.tenantId)
      if (now && !isChanging && !isWorthAnother(source, now, copied)) continue
      if (copied.ok) await discard(copied.staged)
      if (now) {
        queue.push(now)
        results.set(source.tenantId, { source: now, copied: copied.ok ? notYet(isChanging) : copied })
      } else {
        deleted++
        results.delete(source.tenantId)
      }
    }
  }
  return { results: [...results.values()].toSorted((a, b) => a.source.tenantId - b.source.tenantId), deleted }
}

/** What is said of it if no later round comes to an end. */
const notYet = (isChanging: boolean): Copied => ({
  ok: false,
  problem: isChanging ? 'definition-changed' : 'moving',
  detail: '',
  isWorthAnother: true,
})

const isWorthAnother = (then: Source, now: Source, copied: Copied) =>
  then.uid !== now.uid ||
  then.generation !== now.generation ||
  then.nombreDb !== now.nombreDb ||
  then.serverId !== now.serverId ||
  // Its header would name a schema that it may not have.
  then.schemaVersion !== now.schemaVersion ||
  (!copied.ok && copied.isWorthAnother)

async function copyQueue(
  tonight: Tonight,
  queue: readonly Source[],
  onProgress: (progress: NightProgress) => void,
): Promise<Result[]> {
  const waiting = [...queue]
  const results: Result[] = []
  const work = async () => {
    const hand = copier(tonight)
    try {
      for (let source = waiting.shift(); source; source = waiting.shift()) {
        results.push({ source, copied: await hand.copy(source) })
        onProgress({ done: results.length, all: queue.length, note: noteOf(results) })
      }
    } finally {
      // Whoever is called off must not leave the other going on.
      waiting.length = 0
      await hand.close()
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, work))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return results
}

function noteOf(results: readonly Result[]): string {
  const count = (is: (copied: Copied) => boolean) => results.filter(({ copied }) => is(copied)).length
  const dumped = count((copied) => copied.ok && copied.staged.entry.kind === 'dumped')
  const failed = count((copied) => !copied.ok)
  return `${dumped} dumped, ${results.length - dumped - failed} carried, ${failed} failed`
}
