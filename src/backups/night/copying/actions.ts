import { rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { copyPath, type Space } from '#src/backups/folder.ts'
import { adminTenantId, type CopyEntry, copyFileName } from '#src/backups/manifest.ts'
import { leastFree, type Source, whyDump } from '#src/backups/night/decision.ts'
import { bytesOf, carry, partPath, type Staged } from '#src/backups/night/staging.ts'
import type { NightProblem } from '#src/backups/night/texts.ts'
import { formatHeader } from '#src/backups/restoring/copy.ts'
import { dump } from '#src/db/dump.ts'
import { describeError, errno, errnoOf, isConnectionLost } from '#src/db/errors.ts'
import { type Fingerprint, type FingerprintReader, openReader, UnreadableTable } from '#src/db/fingerprint.ts'
import type { ServerAddress } from '#src/db/server-address.ts'

/** What every database of one night shares. */
export type Tonight = {
  folder: string
  night: string
  /** Ours alone: it is in the name of every file that is not finished. */
  attempt: string
  server(id: number): ServerAddress
  clock: () => Date
  signal: AbortSignal
  space(path: string): Promise<Space>
  earlier(source: Source): { night: string; entry: CopyEntry; isDoubtful: boolean } | null
  /** Grows with what is copied tonight. */
  largestCopyBytes: number
  /** Servers that no longer answer: what lies on them is not tried again. */
  goneServers: Set<number>
  /** How long to wait before a server that does not answer is asked again. */
  pausesMs: readonly number[]
}

export type Copied =
  | { ok: true; staged: Staged }
  | { ok: false; problem: NightProblem; detail: string; isWorthAnother: boolean }

/** One hand at work: its connections, one to each server that it has met. */
export function copier(tonight: Tonight) {
  const readers = new Map<number, FingerprintReader>()
  const readerOf = async (serverId: number) => {
    const reader = readers.get(serverId) ?? (await openReader(tonight.server(serverId)))
    readers.set(serverId, reader)
    return reader
  }
  const forget = async (serverId: number) => {
    const reader = readers.get(serverId)
    readers.delete(serverId)
    await reader?.close()
  }
  return {
    /** Never throws for what is wrong with one database, only when the night is called off. */
    async copy(source: Source): Promise<Copied> {
      for (let attempt = 0; ; attempt++) {
        if (tonight.goneServers.has(source.serverId)) return failed('server-gone')
        const copied = await copyOnce(tonight, source, () => readerOf(source.serverId)).catch(
          asCopied(tonight),
        )
        if (copied.ok || copied.problem !== 'server-gone') return copied
        await forget(source.serverId)
        const wait = tonight.pausesMs[attempt]
        if (wait === undefined) tonight.goneServers.add(source.serverId)
        else await pause(wait, undefined, { signal: tonight.signal })
      }
    },
    close: () => Promise.all([...readers.keys()].map(forget)),
  }
}

async function copyOnce(
  tonight: Tonight,
  source: Source,
  reader: () => Promise<FingerprintReader>,
): Promise<Copied> {
  const { clock, signal } = tonight
  signal.throwIfAborted()
  const startedAt = performance.now()
  // Before the snapshot: everything committed until then is in it.
  const takenAt = clock()
  const look = async () => (await reader()).fingerprint(source.nombreDb)
  const before = await look()
  if (!belongsTo(source, before)) return failed('another-business')
  const entry = (of: FileFacts): CopyEntry => ({
    ...source,
    ...of,
    file: copyFileName(source.tenantId),
    takenAt: takenAt.toISOString(),
    durationMs: Math.round(performance.now() - startedAt),
  })
  const carried = await carryUnchanged(tonight, source, before)
  if (carried) return { ok: true, staged: { part: carried.part, entry: entry(carried.facts) } }

  const space = await tonight.space(tonight.folder)
  if (space.freeBytes < leastFree(space.totalBytes, tonight.largestCopyBytes)) return failed('disk-low')
  const part = partPath(tonight.folder, tonight.night, source.tenantId, tonight.attempt)
  const dumped = await dump({
    server: tonight.server(source.serverId),
    database: source.nombreDb,
    file: part,
    header: formatHeader(source),
    hasBinlog: before.position !== null,
    signal,
  })
  if (!dumped.ok) {
    return { ...failed(dumped.problem, dumped.detail), isWorthAnother: dumped.problem !== 'no-space' }
  }
  let isGood = false
  try {
    const after = await look()
    const compared = compare(source, before, after)
    if (!compared.ok) return compared
    const { bytes, sha256, position } = dumped
    tonight.largestCopyBytes = Math.max(tonight.largestCopyBytes, bytes)
    isGood = true
    return {
      ok: true,
      staged: {
        part,
        entry: entry({
          kind: 'dumped',
          dumpedOn: tonight.night,
          bytes,
          sha256,
          // The dump has a snapshot of its own, a moment after ours.
          fingerprint: { ...before, position: position ?? before.position },
          isExact: compared.isExact,
          ...(compared.isExact ? {} : { later: after }),
        }),
      },
    }
  } finally {
    if (!isGood) await rm(part, { force: true })
  }
}

type FileFacts = Pick<
  CopyEntry,
  'kind' | 'dumpedOn' | 'bytes' | 'sha256' | 'fingerprint' | 'isExact' | 'later'
>

/**
 * The second look. Equal to the first: the dump between the two holds exactly that. Something sold meanwhile: the
 * figures are those of a moment close by. A table changed meanwhile: the dump may hold half of the change.
 */
function compare(source: Source, before: Fingerprint, after: Fingerprint) {
  if (!belongsTo(source, after)) return failed('another-business')
  if (before.definitionsHash !== after.definitionsHash) {
    return { ...failed('definition-changed'), isWorthAnother: true }
  }
  return { ok: true as const, isExact: before.contentHash === after.contentHash }
}

/** Null: it must be dumped. `part` is null where tonight's own file is the one to keep. */
async function carryUnchanged(
  tonight: Tonight,
  source: Source,
  now: Fingerprint,
): Promise<{ part: string | null; facts: FileFacts } | null> {
  const { folder, night, attempt } = tonight
  const known = tonight.earlier(source)
  if (known === null) return null
  const path = copyPath(folder, known.night, known.entry.file)
  if (whyDump(source, now, { ...known, fileBytes: bytesOf(path) }, night) !== null) return null
  const { dumpedOn, bytes, sha256, isExact, kind } = known.entry
  // Tonight's position, although the file is older: `--at` begins from here (OPERATIONS.md, section 3).
  const facts = { dumpedOn, bytes, sha256, isExact, fingerprint: now }
  if (known.night === night) return { part: null, facts: { ...facts, kind } }
  const part = partPath(folder, night, source.tenantId, attempt)
  return (await carry(path, part)) ? { part, facts: { ...facts, kind: 'carried' } } : null
}

const belongsTo = (source: Pick<Source, 'tenantId' | 'uid'>, found: Fingerprint) =>
  source.tenantId === adminTenantId ? found.uid === null : found.uid === source.uid

const failed = (problem: NightProblem, detail = '') => ({
  ok: false as const,
  problem,
  detail,
  isWorthAnother: false,
})

const asCopied =
  ({ signal }: Tonight) =>
  (error: unknown): Copied => {
    signal.throwIfAborted()
    const number = errnoOf(error)
    if (number === errno.noSuchDatabase) return { ...failed('no-database'), isWorthAnother: true }
    if (isGone(error)) return failed('server-gone')
    if (error instanceof UnreadableTable) return failed('unreadable', error.message)
    if ([errno.lockWaitTimeout, 1412, 1146].includes(number ?? 0)) {
      return { ...failed('definition-changed'), isWorthAnother: true }
    }
    return failed('died', describeError(error).message)
  }

/** Lost, or not to be had: nobody listens, or the name leads nowhere. */
const isGone = (error: unknown) =>
  isConnectionLost(error) || /^(connect|getaddrinfo)/.test((error as NodeJS.ErrnoException).syscall ?? '')
