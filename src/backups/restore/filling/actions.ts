import { join } from 'node:path'
import { formatHeader } from '#src/backups/restoring/copy.ts'
import { loadCopy } from '#src/backups/restoring/load.ts'
import type { Databases } from '#src/db/databases.ts'
import { dump } from '#src/db/dump.ts'
import { fingerprint } from '#src/db/fingerprint.ts'
import { migrationFiles } from '#src/db/migrations.ts'
import type { Provisioner } from '#src/db/provisioner.ts'
import type { Copy } from '../restore.ts'
import type { InScratch } from '../scratch/actions.ts'
import type { RestoreRefused } from '../texts.ts'

/** A database that is not there yet, on a living server. */
export type Target = { serverId: number; database: string }
/** Whose it was when the copy was made. */
export type Whose = { tenantId: number; uid: string; generation: number }

export type Filled = { ok: true; schemaVersion: number; contentHash: string }

/** The copy as it is, and compared with what its night wrote down. */
export async function fillFromCopy(
  databases: Databases,
  { path, uid, entry }: { path: string; uid: string; entry: Copy['entry'] | null },
  target: Target,
  signal?: AbortSignal,
): Promise<Filled | RestoreRefused> {
  const server = addressOf(databases, target.serverId)
  const expected = { uid, ...(entry ? { sha256: entry.sha256 } : {}) }
  const loaded = await loadCopy(path, { server, database: target.database }, expected, signal)
  if (!loaded.ok) {
    return { ok: false, problem: loaded.problem, ...(loaded.detail ? { detail: loaded.detail } : {}) }
  }
  const { contentHash } = await fingerprint(server, target.database)
  // Figures of a copy during which something was sold are not its own; its SHA-256 was compared.
  if (entry?.isExact && entry.fingerprint.contentHash !== contentHash) return unequal(databases, target)
  return { ok: true, schemaVersion: loaded.header.schemaVersion, contentHash }
}

/** What stands in the scratch server, carried over by a dump, and compared with it. */
export async function fillFromScratch(
  databases: Databases,
  scratch: InScratch,
  { whose, schemaVersion }: { whose: Whose; schemaVersion: number },
  target: Target,
  signal: AbortSignal,
): Promise<Filled | RestoreRefused> {
  const file = join(scratch.folder, 'restored.sql.gz')
  const header = formatHeader({ ...whose, schemaVersion })
  const { server: from, database } = scratch
  const dumped = await dump({ server: from, database, file, header, hasBinlog: false, signal })
  if (!dumped.ok) {
    return {
      ok: false,
      problem: dumped.problem === 'no-space' ? 'no-space' : 'log-failed',
      detail: dumped.detail,
    }
  }
  const server = addressOf(databases, target.serverId)
  const expected = { uid: whose.uid, sha256: dumped.sha256 }
  const loaded = await loadCopy(file, { server, database: target.database }, expected, signal)
  if (!loaded.ok) {
    return { ok: false, problem: loaded.problem, ...(loaded.detail ? { detail: loaded.detail } : {}) }
  }
  const [was, is] = [await fingerprint(from, database), await fingerprint(server, target.database)]
  if (was.contentHash !== is.contentHash) return unequal(databases, target)
  return { ok: true, schemaVersion, contentHash: is.contentHash }
}

/**
 * An older copy gets what the business has had since. Nobody works in this database yet: what breaks off here is
 * thrown away, so that progress is not written down.
 */
export async function catchUp(
  root: Provisioner,
  database: string,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const missing = migrationFiles('tenant').filter((file) => file.version > from && file.version <= to)
  if (missing.length === 0) return
  await root.select(database)
  for (const file of missing) {
    for (const statement of file.statements) await root.query(statement)
  }
}

async function unequal(databases: Databases, { serverId, database }: Target): Promise<RestoreRefused> {
  await databases.provision((root) => root.query(`drop database if exists \`${database}\``), serverId)
  return { ok: false, problem: 'not-equal' }
}

export function addressOf(databases: Databases, serverId: number) {
  const address = databases.servers.get(serverId)
  if (!address) throw new Error(`the address of database server ${serverId} is not known`)
  return address
}
