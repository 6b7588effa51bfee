import { setTimeout as sleep } from 'node:timers/promises'
import type { AdminDb } from '#src/db/admin.ts'
import { limaDate } from '#src/lib/lima.ts'
import { databaseClock } from '#src/notices/queries.ts'
import { keysKey, keysNightOf, keysPrefix, logsPrefix, manifestKey, nightOf, nightsPrefix } from '../names.ts'
import { type Store, type Stored, StoreFault, type StoreProblem } from '../store.ts'
import { forgetNight, hasReplacedKeys, lastBeat, neededNights, verifiedFrom } from './queries.ts'
import { clockProblem, doomedKeys, doomedLogs, doomedNights, type Keep, type Night } from './retention.ts'

export type Pruning = {
  admin: AdminDb
  store: Store
  keep: Keep
  clock: () => Date
  signal?: AbortSignal
}

export type Pruned = {
  nights: string[]
  /** Due as well, and left for the next runs. */
  later: number
  logs: number
  keys: number
  /** After keys were lost here their lists stay there, for a person: see `hasReplacedKeys`. */
  hasKeptKeys: boolean
} & (
  | { ok: true }
  | {
      ok: false
      problem: 'clocks-differ' | 'clock-leapt' | 'nothing-verified' | StoreProblem
      detail: string
    }
)

/** One night is due a day; after some days without a run a few. More at once is a mistake somewhere. */
const nightsAtOnce = 3

/**
 * Removes from the store what the configuration does not keep, and nothing while anything about time or copies is
 * unclear. A store whose key may not delete answers `refused`: then its own rules do it.
 */
export async function prune(pruning: Pruning): Promise<Pruned> {
  const { admin, store, keep, clock } = pruning
  const done: Pruned = { ok: true, nights: [], later: 0, logs: 0, keys: 0, hasKeptKeys: false }
  try {
    const now = clock()
    const clocks = { app: now, database: await databaseClock(admin), store: await store.now() }
    const wrong = clockProblem({ ...clocks, lastBeat: await lastBeat(admin, now) })
    if (wrong) return { ...done, ok: false, problem: wrong, detail: timesOf(clocks) }
    const there = await store.list(nightsPrefix)
    const nights = nightsOf(there)
    const today = limaDate(now)
    const needed = await neededNights(admin, today)
    const doomed = doomedNights(nights, { keep, today, needed, mostAtOnce: nightsAtOnce })
    if (!doomed.ok) return { ...done, ok: false, problem: doomed.problem, detail: '' }
    done.later = doomed.later
    for (const night of doomed.nights) {
      await removeNight(pruning, there, night)
      done.nights.push(night)
    }
    done.hasKeptKeys = await hasReplacedKeys(admin)
    if (!done.hasKeptKeys) {
      const withKeys = (await store.list(keysPrefix)).flatMap(({ key }) => keysNightOf(key) ?? [])
      const doomedLists = doomedKeys(withKeys)
      for (const night of doomedLists) await removeOne(pruning, keysKey(night))
      done.keys = doomedLists.length
    }
    const logs = await store.list(logsPrefix)
    const from = await verifiedFrom(admin, now)
    for (const key of doomedLogs(logs, { storeNow: clocks.store, verifiedFrom: from })) {
      await removeOne(pruning, key)
      done.logs++
    }
    // Of a process that was killed in mid-upload. None of ours takes two days.
    await store.discardUnfinished(new Date(clocks.store.getTime() - 2 * 86_400_000))
    return done
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error
    return { ...done, ok: false, problem: error.problem, detail: error.message }
  }
}

function nightsOf(there: readonly Stored[]): Night[] {
  const keys = new Set(there.map(({ key }) => key))
  const nights = new Set(there.flatMap(({ key }) => nightOf(key)?.night ?? []))
  return [...nights].map((night) => ({ night, isWhole: keys.has(manifestKey(night)) }))
}

/** Its manifest first: what is left after a cut is half a night, never one that looks whole. */
async function removeNight(pruning: Pruning, there: readonly Stored[], night: string): Promise<void> {
  const keys = there.map(({ key }) => key).filter((key) => nightOf(key)?.night === night)
  const manifest = manifestKey(night)
  for (const key of [manifest, ...keys.filter((key) => key !== manifest)]) await removeOne(pruning, key)
  await forgetNight(pruning.admin, night)
}

async function removeOne({ store, signal }: Pruning, key: string): Promise<void> {
  signal?.throwIfAborted()
  await store.remove(key)
  // A thousand of them must not be felt by whoever sells meanwhile.
  await sleep(0)
}

const timesOf = (clocks: Record<string, Date>) =>
  Object.entries(clocks)
    .map(([whose, at]) => `${whose} ${at.toISOString()}`)
    .join(', ')
