import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { backupsFolder, nightsIn, readManifest } from '#src/backups/folder.ts'
import { copiesOf, type Entry, type Manifest, manifestName, manifestText } from '#src/backups/manifest.ts'
import { describeError } from '#src/db/errors.ts'
import { limaDate } from '#src/lib/lima.ts'
import { keysText } from '../keys/actions.ts'
import { keysKey, manifestKey, nightPrefix, tagOf } from '../names.ts'
import { forgetOldReceipts } from '../receipts/actions.ts'
import { sealed } from '../seal.ts'
import { isHopeless, StoreFault, type StoreProblem } from '../store.ts'
import { type Counts, type Run, receiptsReader, type Sending, sendCopy } from './one/actions.ts'
import { markOf } from './queries.ts'

export type { Sending } from './one/actions.ts'

export type NightSent = Counts & {
  night: string
  /** Files of this machine that are not what the manifest says: they are left out there. */
  broken: number[]
  /** Businesses that are deleted: what still lies here of them is not sent any more. */
  erased: number[]
} & (
    | { ok: true }
    /** Without its manifest there: the next run goes on where this one ended. */
    | { ok: false; problem: StoreProblem | 'no-manifest'; detail: string }
  )

/** Small files wait for the line most of the time; each large one holds two or three parts of 5 MB. */
const atOnce = 3
/** A fault of one object may be its own; so many one after the other are the store's. */
const mostFaults = 3

/**
 * Brings one night to the store: each copy sealed for its business's own key, one that was carried copied there
 * from the night before, then the keys, and the manifest last. May be repeated at any time: what is there already
 * is not sent again. Faults of the store come back as a problem; other errors are thrown.
 */
export async function syncNight(sending: Sending, night: string): Promise<NightSent> {
  const done: NightSent = {
    ok: true,
    night,
    sent: 0,
    copied: 0,
    already: 0,
    bytes: 0,
    broken: [],
    erased: [],
  }
  const mark = await markOf(sending, night)
  if (!mark) return { ...done, ok: false, problem: 'no-manifest', detail: `${night} never finished here` }
  try {
    const fault = await sendNight(sending, { night, mark }, done)
    if (fault) return { ...done, ok: false, problem: fault.problem, detail: fault.message }
  } catch (error) {
    sending.signal?.throwIfAborted()
    if (!(error instanceof StoreFault)) throw error
    return { ...done, ok: false, problem: error.problem, detail: error.message }
  }
  // Made again, or told more exactly, while it was on its way.
  return (await markOf(sending, night)) === mark ? done : syncNight(sending, night)
}

type Unfinished = { problem: StoreProblem | 'no-manifest'; message: string }

async function sendNight(
  sending: Sending,
  { night, mark }: { night: string; mark: string },
  done: NightSent,
): Promise<Unfinished | null> {
  const { store, dataFolder } = sending
  const receiptsOf = receiptsReader(dataFolder)
  const receipts = await receiptsOf(night)
  const key = manifestKey(night)
  const before = await store.head(key)
  const seen = receipts.of(here)
  // Asked every few minutes: a night that is all there costs one question, and its manifest is not even read.
  if (before && seen?.tag === mark && seen.etag === before.etag) {
    done.already = seen.bytes
    return null
  }
  const manifest = readManifest(backupsFolder(dataFolder), night)
  if (!manifest) return { problem: 'no-manifest', message: `what lies in ${night} is no manifest` }
  const copies = copiesOf(manifest).length
  // More there than here: it has been thinned out on this disk since.
  if (before && Number(before.tag?.split('.')[1] ?? 0) > copies) {
    done.already = copies
    await receipts.add(here, { tag: mark, bytes: copies, etag: before.etag })
    return null
  }
  const there = new Map((await store.list(nightPrefix(night))).map((one) => [one.key, one]))
  const run: Run = { night, there, receiptsOf, objects: new Map() }
  const fault = await sendCopies(sending, manifest, run, done)
  if (fault) return fault
  if ((await markOf(sending, night)) !== mark) return null
  const text = manifestText({ ...manifest, entries: manifest.entries.map(asThere(run, done)) })
  await putText(sending, keysKey(night), await keysText(sending.admin))
  const tag = `${tagOf(sha256Of(text), sending.recipients)}.${copies}`
  const { etag } = await putText(sending, key, text, tag)
  // What is damaged here is looked at again.
  if (done.broken.length === 0) await receipts.add(here, { tag: mark, bytes: copies, etag })
  return null
}

/** The receipt for the manifest on this disk as it was when all of its night was there; `bytes`: how many copies. */
const here = manifestName

async function sendCopies(
  sending: Sending,
  manifest: Manifest,
  run: Run,
  done: NightSent,
): Promise<StoreFault | null> {
  const entries = copiesOf(manifest)
  const waiting = [...entries]
  let last: StoreFault | null = null
  let faults = 0
  let finished = 0
  const work = async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      sending.signal?.throwIfAborted()
      try {
        if (!(await sendCopy(sending, run, entry, done))) done.erased.push(entry.tenantId)
        faults = 0
      } catch (error) {
        sending.signal?.throwIfAborted()
        if (!(error instanceof StoreFault)) {
          sending.log?.error(
            { tenantId: entry.tenantId, error: describeError(error) },
            'a copy cannot be sent',
          )
          done.broken.push(entry.tenantId)
        } else {
          last = error
          if (isHopeless(error.problem) || ++faults >= mostFaults) waiting.length = 0
        }
      }
      sending.onProgress?.({ done: ++finished, all: entries.length, bytes: done.bytes })
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: atOnce }, work))
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason
  return last
}

async function putText(
  { store, recipients, signal }: Sending,
  key: string,
  text: string,
  tag?: string,
): Promise<{ etag: string }> {
  const body = await sealed(Readable.from([Buffer.from(text)]), recipients)
  return store.put(key, body, { ...(tag ? { tag } : {}), ...(signal ? { signal } : {}) })
}

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex')

/** As the manifest there tells it: under what name, or why it is not there. */
const asThere =
  ({ objects }: Run, { erased }: NightSent) =>
  (entry: Entry): Entry => {
    if ('problem' in entry) return entry
    const { tenantId, nombreDb } = entry
    const object = objects.get(tenantId)
    if (object !== undefined) return { ...entry, object }
    const problem = erased.includes(tenantId) ? 'it is deleted' : 'its file on the server was damaged'
    return { tenantId, nombreDb, problem }
  }

/** So many nights are whole on this disk (its own retention). */
const localNights = 3

/**
 * The newest nights, oldest first: a store that was away for two days gets both. `atMost` is how many the store
 * keeps: what it threw away is not sent again.
 */
export async function sendNights(sending: Sending, atMost = localNights): Promise<NightSent[]> {
  const folder = backupsFolder(sending.dataFolder)
  await forgetOldReceipts(sending.dataFolder)
  // A night of a clock that ran ahead takes nobody's place.
  const today = limaDate(sending.clock())
  const newest = nightsIn(folder)
    .filter((night) => night <= today)
    .slice(0, Math.min(localNights, atMost))
  const results: NightSent[] = []
  for (const night of newest.toReversed()) {
    const result = await syncNight(sending, night)
    if (!result.ok && result.problem === 'no-manifest') continue
    results.push(result)
    if (!result.ok) break
  }
  return results
}
