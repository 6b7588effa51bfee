import { and, eq, inArray, sql } from 'drizzle-orm'
import { readManifest, writeManifest } from '#src/backups/folder.ts'
import { type CopyEntry, type Entry, type FailedEntry, isCopy, type Manifest } from '#src/backups/manifest.ts'
import { fileKey, rowsOfNight, verifiedAtOf } from '#src/backups/night/queries.ts'
import { publish, type Staged } from '#src/backups/night/staging.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { backups } from '#src/db/admin-schema.ts'
import type { Lease } from '#src/db/lease.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { version } from '#src/version.ts'

export type FinishedNight = {
  folder: string
  night: string
  startedAt: Date
  finishedAt: Date
  staged: readonly Staged[]
  failed: readonly FailedEntry[]
  /** Which night lists the copy that is carried, for when it was verified. */
  earlier(of: { tenantId: number }): { night: string } | null
  lease: Lease
}

/**
 * Gives the files their names, then the night its manifest, then the admin database its rows. A night that is run
 * again replaces what it copied anew and keeps the rest. Killed at any moment, no manifest names a file that is not
 * the one it describes, and no row says of a file what was true of the one before.
 */
export async function commitNight(admin: AdminDb, finished: FinishedNight): Promise<void> {
  const { folder, night, staged, failed, lease } = finished
  const before = readManifest(folder, night)
  const kept = (before?.entries ?? []).filter((entry) => isStillTrue(entry, finished))
  const verified = await verifiedEarlier(admin, finished)
  await lease.stillOurs()
  const replaced = new Set(staged.filter(({ part }) => part !== null).map(({ entry }) => entry.tenantId))
  if (before?.entries.some((entry) => isCopy(entry) && replaced.has(entry.tenantId))) {
    await forgetRows(admin, night, [...replaced])
    await writeManifest(folder, {
      ...before,
      entries: before.entries.filter(({ tenantId }) => !replaced.has(tenantId)),
    })
  }
  await publish(folder, night, staged)
  const entries = [...kept, ...staged.map(({ entry }) => entry), ...failed.filter(hasNone(kept))]
  await writeManifest(folder, manifestOf(finished, before, entries))
  // Of the kept ones too: whoever was killed between a manifest and its rows left them untold.
  await writeRows(admin, night, [...kept.filter(isCopy), ...staged.map(({ entry }) => entry)], verified)
}

/** What an earlier run of this night wrote and this one did not write again. A copy outlives a later failure. */
function isStillTrue(entry: Entry, { staged, failed }: FinishedNight): boolean {
  if (staged.some((one) => one.entry.tenantId === entry.tenantId)) return false
  return isCopy(entry) || !failed.some(({ tenantId }) => tenantId === entry.tenantId)
}

const hasNone = (kept: readonly Entry[]) => (failure: FailedEntry) =>
  !kept.some(({ tenantId }) => tenantId === failure.tenantId)

const manifestOf = (
  { night, startedAt, finishedAt }: FinishedNight,
  before: Manifest | null,
  entries: Entry[],
): Manifest => ({
  format: 1,
  night,
  smartket: version,
  startedAt: before?.startedAt ?? startedAt.toISOString(),
  finishedAt: finishedAt.toISOString(),
  entries: entries.toSorted((a, b) => a.tenantId - b.tenantId),
})

async function forgetRows(admin: AdminDb, night: string, tenantIds: readonly number[]): Promise<void> {
  await admin.delete(backups).where(and(eq(backups.night, night), inArray(backups.tenantId, [...tenantIds])))
}

/** A carried file that was restored and found good stays so: it is the same file. */
async function verifiedEarlier(
  admin: AdminDb,
  { staged, earlier }: FinishedNight,
): Promise<(entry: CopyEntry) => Date | null> {
  const nightOf = ({ kind, tenantId }: CopyEntry) =>
    kind === 'carried' ? (earlier({ tenantId })?.night ?? '') : ''
  const nights = new Map<string, Map<string, Date>>()
  for (const night of new Set(staged.map(({ entry }) => nightOf(entry)))) {
    if (night) nights.set(night, await verifiedAtOf(admin, night))
  }
  return (entry) => nights.get(nightOf(entry))?.get(fileKey(entry)) ?? null
}

const rowsAtOnce = 200

/** What is known of a file that stays (verified, uploaded) stays with it; another file's row begins anew. */
async function writeRows(
  admin: AdminDb,
  night: string,
  entries: readonly CopyEntry[],
  verifiedAt: (entry: CopyEntry) => Date | null,
): Promise<void> {
  for (let from = 0; from < entries.length; from += rowsAtOnce) {
    const some = entries.slice(from, from + rowsAtOnce)
    const ids = some.map(({ tenantId }) => tenantId)
    await inTransaction(admin, async (tx) => {
      const others = (await rowsOfNight(tx, night, ids)).filter((row) => !some.some(isOf(row)))
      if (others.length > 0) {
        const gone = others.map(({ id }) => id)
        await tx.delete(backups).where(inArray(backups.id, gone))
      }
      await tx
        .insert(backups)
        .values(some.map((entry) => rowOf(night, entry, verifiedAt(entry))))
        .onDuplicateKeyUpdate({
          set: {
            takenAt: sql`values(taken_at)`,
            binlogFile: sql`values(binlog_file)`,
            binlogOffset: sql`values(binlog_offset)`,
          },
        })
      return { ok: true }
    })
  }
}

type Row = { tenantId: number; uid: string; generation: number; sha256: string | null }

const isOf = (row: Row) => (entry: CopyEntry) =>
  row.tenantId === entry.tenantId &&
  row.uid === entry.uid &&
  row.generation === entry.generation &&
  row.sha256 === entry.sha256

function rowOf(night: string, entry: CopyEntry, verifiedAt: Date | null): typeof backups.$inferInsert {
  const { fingerprint, tenantId, uid, generation, nombreDb, serverId, schemaVersion, kind, dumpedOn } = entry
  return {
    tenantId,
    uid,
    generation,
    nombreDb,
    serverId,
    schemaVersion,
    kind,
    dumpedOn,
    night,
    status: 'whole',
    takenAt: new Date(entry.takenAt),
    contentHash: entry.isExact ? fingerprint.contentHash : null,
    salesMade: fingerprint.sales?.made ?? null,
    salesCentimos: fingerprint.sales?.centimos ?? null,
    bytes: entry.bytes,
    sha256: entry.sha256,
    binlogFile: fingerprint.position?.file ?? null,
    binlogOffset: fingerprint.position?.offset ?? null,
    durationMs: entry.durationMs,
    verifiedAt,
  }
}
