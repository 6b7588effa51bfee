import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline, type Readable, Transform } from 'node:stream'
import { backupsFolder, copyPath } from '#src/backups/folder.ts'
import { adminTenantId, type CopyEntry } from '#src/backups/manifest.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { ensureKey } from '../../keys/actions.ts'
import { nightKey, objectOf, tagOf } from '../../names.ts'
import { openReceipts, type Receipts } from '../../receipts/actions.ts'
import { sealed } from '../../seal.ts'
import { isHopeless, type Store, type Stored, StoreFault } from '../../store.ts'
import { markSent } from '../queries.ts'

export type Sending = {
  admin: AdminDb
  store: Store
  /** The operators' public keys. */
  recipients: readonly string[]
  dataFolder: string
  clock: () => Date
  signal?: AbortSignal
  log?: { error(details: object, message: string): void }
  onProgress?: (sent: { done: number; all: number; bytes: number }) => void
}

/** What is known of one night there while it is being sent. */
export type Run = {
  night: string
  /** By name. */
  there: ReadonlyMap<string, Stored>
  receiptsOf: (night: string) => Promise<Receipts>
  /** What each business's copy is called there, once it is. */
  objects: Map<number, string>
}

/** Each night's are read once. */
export function receiptsReader(dataFolder: string): Run['receiptsOf'] {
  const read = new Map<string, Promise<Receipts>>()
  return (night) => {
    const receipts = read.get(night) ?? openReceipts(dataFolder, night)
    read.set(night, receipts)
    return receipts
  }
}

/** How copies came there. */
export type Counts = {
  /** Over the line. */
  sent: number
  /** Inside the store. */
  copied: number
  already: number
  bytes: number
}

const attempts = 3

/**
 * One copy of a night, from here or from the night that it was carried from. Throws a StoreFault, or what is wrong
 * here. false: its business is erased.
 */
export async function sendCopy(sending: Sending, run: Run, entry: CopyEntry, done: Counts): Promise<boolean> {
  const recipients = await recipientsOf(sending, entry)
  if (!recipients) return false
  const tag = tagOf(entry.sha256, recipients)
  const object = objectOf(entry.file, tag)
  const target = { entry, run, object, key: nightKey(run.night, object), tag }
  if (await isThere(target)) done.already++
  else if (await copiedThere(sending.store, target)) done.copied++
  else {
    done.bytes += await sendFile(sending, target, recipients)
    done.sent++
  }
  run.objects.set(entry.tenantId, object)
  await markSent(sending.admin, run.night, entry, sending.clock())
  return true
}

/** The admin database's copy opens with the operators' own keys: it is the first thing that a new machine needs. */
async function recipientsOf({ admin, recipients, clock }: Sending, entry: CopyEntry) {
  if (entry.tenantId === adminTenantId) return recipients
  const key = await ensureKey(admin, entry, recipients, clock())
  if (key.ok) return [key.recipient]
  if (key.problem === 'erased') return null
  throw new Error(`the key of business ${entry.tenantId} belongs to another uid`)
}

type Target = { entry: CopyEntry; run: Run; object: string; key: string; tag: string }

/** Compared once, and not written since. */
async function isThere({ run, key, tag }: Target): Promise<boolean> {
  const receipt = (await run.receiptsOf(run.night)).of(key)
  const there = run.there.get(key)
  return receipt?.tag === tag && receipt.bytes === there?.bytes && receipt.etag === there.etag
}

/** So that each night is whole by itself, and any other can go. Not for what a store copies in parts only. */
async function copiedThere(store: Store, { entry, run, object, key, tag }: Target): Promise<boolean> {
  if (entry.kind !== 'carried' || entry.dumpedOn === run.night) return false
  const from = nightKey(entry.dumpedOn, object)
  const receipt = (await run.receiptsOf(entry.dumpedOn)).of(from)
  if (receipt?.tag !== tag || receipt.bytes > mostCopied) return false
  const source = await store.head(from)
  if (source?.etag !== receipt.etag || source.bytes !== receipt.bytes) return false
  await store.copy(from, key)
  const copy = await store.head(key)
  if (copy?.tag !== tag || copy.bytes !== source.bytes) return false
  if (source.md5 !== null && copy.md5 !== null && copy.md5 !== source.md5) return false
  await (await run.receiptsOf(run.night)).add(key, { tag, bytes: copy.bytes, etag: copy.etag })
  return true
}
const mostCopied = 5 * 1024 ** 3

async function sendFile(
  { store, dataFolder, signal }: Sending,
  { entry, run, key, tag }: Target,
  recipients: readonly string[],
): Promise<number> {
  const path = copyPath(backupsFolder(dataFolder), run.night, entry.file)
  for (let attempt = 1; ; attempt++) {
    try {
      const body = await sealed(compared(path, entry), recipients)
      const { bytes, etag } = await store.put(key, body, { tag, ...(signal ? { signal } : {}) })
      await (await run.receiptsOf(run.night)).add(key, { tag, bytes, etag })
      return bytes
    } catch (error) {
      // Damaged on its way, or cut where the client does not begin again: once more from the start.
      const mayTry = error instanceof StoreFault && !isHopeless(error.problem) && attempt < attempts
      if (!mayTry) throw error
    }
  }
}

/** The file; an error before its end where it is not the one of the manifest, so that nothing is completed there. */
function compared(path: string, { sha256, bytes }: CopyEntry): Readable {
  const hash = createHash('sha256')
  let seen = 0
  const check = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece)
      seen += piece.length
      done(null, piece)
    },
    flush(done) {
      const isSame = seen === bytes && hash.digest('hex') === sha256
      done(isSame ? null : new Error('the file is not the one of the manifest'))
    },
  })
  pipeline(createReadStream(path), check, () => {})
  return check
}
