import { loadCopy } from '#src/backups/restoring/load.ts'
import { type Logs, ReplayFailed, replay } from '#src/db/binlog.ts'
import { type LogSeen, nothingSeen } from '#src/db/binlog-text.ts'
import type { ServerAddress } from '#src/db/databases.ts'
import { asProvisioner, type Provisioner } from '#src/db/provisioner.ts'
import { ScratchProblem, startScratchServer } from '#src/db/scratch-server.ts'
import { inOwnFolder } from '../folder.ts'
import { hasDatabase } from '../queries.ts'
import type { Copy, Life, Until } from '../restore.ts'
import type { RestoreRefused } from '../texts.ts'

/** Copy and log of one database, brought together where nobody else's data are. */
export type ScratchPlan = {
  tenantId: number
  uid: string
  life: Life
  /** null: no copy was made yet, and the log knows it from its first day. Without an entry: a file by itself. */
  copy: { path: string; entry: Copy['entry'] | null } | null
  until: Until
  logs: Logs
  /** The first log file there is, for where there is no copy. */
  oldestLog: string
}

/** A database as it stood, in a scratch server that ends with `work`. */
export type InScratch = {
  server: ServerAddress
  root: Provisioner
  database: string
  /** For files that go with it. */
  folder: string
  seen: LogSeen
  /** Of the copy; 0 where everything came from the log. */
  schemaVersion: number
}

type Place = { dataFolder: string; masterKey: Buffer }

/**
 * Replaying happens only here (MARIADB.md, trap 9): on the living server another business's part of the log, or a
 * wrong filter, would meet the living. The database has its own name: renamed, row events are dropped silently.
 */
export async function inScratch<T>(
  { dataFolder, masterKey }: Place,
  plan: ScratchPlan,
  work: (scratch: InScratch) => Promise<T>,
  signal?: AbortSignal,
): Promise<T | RestoreRefused> {
  return withScratchServer(
    { dataFolder, masterKey },
    plan.life.serverId,
    ({ server, root, folder }) => bringTogether(plan, server, root, folder, work, signal),
    signal,
  )
}

type ScratchHome = { server: ServerAddress; root: Provisioner; folder: string }

/** An empty scratch server, for one database or for many after each other. */
export async function withScratchServer<T>(
  { dataFolder, masterKey }: Place,
  serverId: number,
  work: (home: ScratchHome) => Promise<T>,
  signal?: AbortSignal,
): Promise<T | RestoreRefused> {
  return inOwnFolder(dataFolder, async (folder) => {
    try {
      const { address: server, stop } = await startScratchServer(folder, signal ? { signal } : {})
      try {
        return await asProvisioner({ id: serverId, address: server }, masterKey, (root) =>
          work({ server, root, folder }),
        )
      } finally {
        await stop()
      }
    } catch (error) {
      if (error instanceof ScratchProblem) return { ok: false, problem: 'scratch', detail: error.message }
      throw error
    }
  })
}

async function bringTogether<T>(
  plan: ScratchPlan,
  server: ServerAddress,
  root: Provisioner,
  folder: string,
  work: (scratch: InScratch) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | RestoreRefused> {
  const loaded = await loadAndReplay(plan, server, signal)
  if (!loaded.ok) return loaded
  if (!(await hasDatabase(root, plan.life.nombreDb))) return { ok: false, problem: notThere(plan) }
  const { seen, schemaVersion } = loaded
  return work({ server, root, database: plan.life.nombreDb, folder, seen, schemaVersion })
}

/** Two readings of one log, the second from where the first ended. */
export const noteLog = (before: LogSeen, after: LogSeen): LogSeen => ({
  ...after,
  lastAt: after.lastAt ?? before.lastAt,
  changes: before.changes + after.changes,
})

const notThere = ({ copy, until }: ScratchPlan) =>
  copy ? 'log-failed' : until.kind === 'second' ? 'too-early' : 'no-copy'

/** Once more for the same scratch server: what stood there is gone, and the log goes on to `until`. */
export async function loadAndReplay(
  plan: ScratchPlan,
  server: ServerAddress,
  signal?: AbortSignal,
): Promise<{ ok: true; seen: LogSeen; schemaVersion: number } | RestoreRefused> {
  const { copy, life, until } = plan
  let schemaVersion = 0
  if (copy) {
    const into = { server, database: life.nombreDb }
    const loaded = await loadCopy(
      copy.path,
      into,
      { uid: plan.uid, ...(copy.entry ? { sha256: copy.entry.sha256 } : {}) },
      signal,
    )
    if (!loaded.ok) {
      return { ok: false, problem: loaded.problem, ...(loaded.detail ? { detail: loaded.detail } : {}) }
    }
    schemaVersion = loaded.header.schemaVersion
  }
  if (until.kind === 'copy') return { ok: true, seen: nothingSeen, schemaVersion }
  const position = copy?.entry?.fingerprint.position
  const from = position
    ? { file: position.file, offset: position.offset }
    : { file: plan.oldestLog, offset: 4 }
  try {
    const at = until.kind === 'second' ? until.at : null
    const wish = { database: life.nombreDb, from, until: at, isFromFirstDay: copy === null }
    return { ok: true, seen: await replay(plan.logs, wish, server, signal), schemaVersion }
  } catch (error) {
    if (!(error instanceof ReplayFailed)) throw error
    // A log that begins after the database was made cannot be replayed on nothing.
    if (!copy) return { ok: false, problem: 'no-copy', detail: error.message }
    const isPurged = /Could not find first log/i.test(error.message)
    return { ok: false, problem: isPurged ? 'log-purged' : 'log-failed', detail: error.message }
  }
}
