import { adminTenantId, type CopyEntry } from '#src/backups/manifest.ts'
import { sumOf } from '#src/backups/restoring/inspect.ts'
import { loadCopy } from '#src/backups/restoring/load.ts'
import { salesReceivedBefore } from '#src/backups/verify/queries.ts'
import { compare, isStale, soldBefore, type VerifyProblem } from '#src/backups/verify/verification.ts'
import type { Databases } from '#src/db/databases.ts'
import { type Fingerprint, fingerprint } from '#src/db/fingerprint.ts'
import type { ScratchServer } from '#src/db/scratch-server.ts'

export type Checked =
  | { ok: true; figures: Fingerprint }
  | { ok: false; problem: VerifyProblem; detail: string | null }

type Checking = { databases: Databases; scratch: ScratchServer; signal: AbortSignal }

/**
 * Restores one copy into the scratch server and compares it with its manifest, and a carried one with the living
 * business too. Throws where nothing can be said about the copy: the scratch server or the disk failed.
 */
export async function checkCopy(
  { databases, scratch, signal }: Checking,
  file: string,
  entry: CopyEntry,
): Promise<Checked> {
  const { uid, sha256, nombreDb: database } = entry
  const loaded = await loadCopy(file, { server: scratch.address, database }, { uid, sha256 }, signal)
  if (!loaded.ok) return loaded
  try {
    const { tenantId, generation } = loaded.header
    if (tenantId !== entry.tenantId || generation !== entry.generation)
      return { ok: false, problem: 'foreign', detail: 'another number in its header' }
    const compared = compare(entry, await fingerprint(scratch.address, database))
    if (!compared.ok) return compared
    if (await isBehindTheLiving(databases, entry)) return { ok: false, problem: 'stale', detail: null }
    return compared
  } finally {
    await scratch.drop(database)
  }
}

/** Only the bytes: they were restored this week, and are the same. */
export async function checkBytes(file: string, entry: CopyEntry): Promise<Checked> {
  try {
    const { sha256 } = await sumOf(file)
    if (sha256 === entry.sha256) return { ok: true, figures: entry.fingerprint }
    return { ok: false, problem: 'tampered', detail: null }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { ok: false, problem: 'missing', detail: null }
    throw error
  }
}

/** What was sold since is in tomorrow's copy; what had been sold before must be in this one. */
async function isBehindTheLiving(databases: Databases, entry: CopyEntry): Promise<boolean> {
  const { tenantId: id, uid, generation, nombreDb, serverId } = entry
  if (entry.kind !== 'carried' || id === adminTenantId) return false
  try {
    const living = databases.tenant({ id, uid, generation, nombreDb, serverId })
    return isStale(entry, await salesReceivedBefore(living, soldBefore(entry)))
  } catch {
    // Deleted, moved, swapped or down by now: that says nothing about the copy.
    return false
  }
}
