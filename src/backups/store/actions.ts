import type { Config } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'
import { withLease } from '#src/db/lease.ts'
import { type Shipped, shipLogs } from './logs/actions.ts'
import { type Pruned, prune } from './pruning/actions.ts'
import { openStore } from './s3.ts'
import { type NightSent, type Sending, sendNights, syncNight } from './sending/actions.ts'
import type { Store } from './store.ts'
import { prunedLine, sentLine, shippedLine } from './texts.ts'

// What the jobs and the commands call. Without a store in the configuration there is nothing to do.

export type StoreContext = {
  databases: Databases
  config: Pick<Config, 'store' | 'dataFolder'>
  clock: () => Date
  log?: { error(details: object, message: string): void }
  /** What it did, in lines for the job's history. */
  say?: (line: string) => void
  onProgress?: Sending['onProgress']
}

type StoreConfig = NonNullable<Config['store']>

/** The newest nights, or one, to the store. null: there is no store, or another process is sending. */
export async function sendCopies(
  context: StoreContext,
  signal: AbortSignal,
  night?: string,
): Promise<NightSent[] | null> {
  return withStore(context, 'store-send', signal, async (store, { recipients, keep }, leased) => {
    const { databases, config, clock, log, onProgress } = context
    const sending: Sending = {
      admin: databases.admin,
      store,
      recipients,
      dataFolder: config.dataFolder,
      clock,
      signal: leased,
      ...(log ? { log } : {}),
      ...(onProgress ? { onProgress } : {}),
    }
    const results =
      night === undefined ? await sendNights(sending, keep.daily) : [await syncNight(sending, night)]
    for (const result of results) context.say?.(sentLine(result))
    return results
  })
}

export async function sendLogs(context: StoreContext, signal: AbortSignal): Promise<Shipped | null> {
  return withStore(context, 'store-logs', signal, async (store, { recipients }, leased) => {
    const { databases, config, log } = context
    const shipping = { databases, store, recipients, dataFolder: config.dataFolder, signal: leased }
    const result = await shipLogs({ ...shipping, ...(log ? { log } : {}) })
    context.say?.(shippedLine(result))
    return result
  })
}

export async function pruneStore(context: StoreContext, signal: AbortSignal): Promise<Pruned | null> {
  return withStore(context, 'store-prune', signal, async (store, { keep }, leased) => {
    const { databases, clock } = context
    const result = await prune({ admin: databases.admin, store, keep, clock, signal: leased })
    context.say?.(prunedLine(result))
    return result
  })
}

/** As a job: a run that was not finished is a failed one, and its sentence is in the history. */
export async function sendCopiesOrFail(context: StoreContext, signal: AbortSignal): Promise<void> {
  const unfinished = (await sendCopies(context, signal))?.find((one) => !one.ok || one.broken.length > 0)
  if (unfinished) throw new Error(sentLine(unfinished))
}

export async function sendLogsOrFail(context: StoreContext, signal: AbortSignal): Promise<void> {
  const result = await sendLogs(context, signal)
  if (result && (!result.ok || result.failed.length > 0)) throw new Error(shippedLine(result))
}

export async function pruneStoreOrFail(context: StoreContext, signal: AbortSignal): Promise<void> {
  const result = await pruneStore(context, signal)
  // A key that cannot delete is the better one: the store's own rules delete, and nobody who breaks in here.
  if (result && !result.ok && result.problem !== 'refused') throw new Error(prunedLine(result))
}

async function withStore<T>(
  { databases, config }: StoreContext,
  lease: string,
  signal: AbortSignal,
  work: (store: Store, config: StoreConfig, signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const configured = config.store
  if (!configured) return null
  const leased = await withLease(
    databases.admin,
    lease,
    async (held) => {
      const store = await openStore(configured)
      try {
        return await work(store, configured, AbortSignal.any([signal, held.signal]))
      } finally {
        store.close()
      }
    },
    { signal },
  )
  return leased.ok ? leased.value : null
}
