import { ReplayFailed, replay } from '#src/db/binlog.ts'
import type { LogSeen } from '#src/db/binlog-text.ts'
import type { Databases } from '#src/db/databases.ts'
import { fingerprint } from '#src/db/fingerprint.ts'
import { addressOf } from '#src/db/servers.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { openTwin } from '#src/db/twin.ts'
import { type InScratch, noteLog, type ScratchPlan } from '../scratch/actions.ts'
import { Stopped } from '../texts.ts'

export type Tail = {
  /** What the whole log says by now. */
  seen(): LogSeen
  /** Everything that was written since the last time, in the scratch database and from there in the new one. */
  follow(): Promise<void>
}

/**
 * While a database was being filled the business worked on in its old one: sold, changed prices, counted its shelves.
 * The log has all of it. With nobody let in, one last `follow` makes the new database what the old one is.
 * Throws `Stopped` where that cannot be had: nothing is swapped then.
 */
export function tailOf(
  databases: Databases,
  { found, plan, to }: { found: InScratch; plan: ScratchPlan; to: TenantIdentity },
  signal: AbortSignal,
): Tail {
  let seen = found.seen
  const from = { server: found.server, database: found.database }
  const here = { server: addressOf(databases.servers, to.serverId), database: to.nombreDb }

  async function follow(): Promise<void> {
    if (seen.wasDropped || !seen.end) return
    const more = await read(seen.end)
    seen = noteLog(seen, more)
    if (more.changes > 0) await makeEqual()
  }

  async function read(end: NonNullable<LogSeen['end']>): Promise<LogSeen> {
    try {
      return await replay(
        plan.logs,
        { database: found.database, from: end, until: null },
        found.server,
        signal,
      )
    } catch (error) {
      if (!(error instanceof ReplayFailed)) throw error
      throw new Stopped({ ok: false, problem: 'log-failed', detail: error.message })
    }
  }

  async function makeEqual(): Promise<void> {
    const [should, is] = await Promise.all([
      fingerprint(from.server, from.database),
      fingerprint(here.server, here.database),
    ])
    // A migration came in between: its tables are others.
    if (should.definitionsHash !== is.definitionsHash) throw new Stopped({ ok: false, problem: 'changed' })
    if (should.contentHash === is.contentHash) return
    const twin = await openTwin(from, here)
    try {
      await twin.round({ isLast: true, signal })
    } finally {
      await twin.close()
    }
    const became = await fingerprint(here.server, here.database)
    if (became.contentHash !== should.contentHash) throw new Stopped({ ok: false, problem: 'not-equal' })
  }

  return { seen: () => seen, follow }
}
