import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { and, eq, sql } from 'drizzle-orm'
import type { AdminDb } from './admin.ts'
import { workLeases } from './admin-schema.ts'
import { LeaseLost } from './errors.ts'
import { retrying } from './transaction.ts'

/** The right to do one named thing alone, for as long as its row names us. */
export type Lease = {
  readonly name: string
  readonly owner: string
  /** Aborted (with LeaseLost) as soon as we know, or can no longer be sure, that the row is another's. */
  readonly signal: AbortSignal
  /** Asks the database before a step that must not happen twice (a rename, a swap). Throws LeaseLost. */
  stillOurs(): Promise<void>
}

export type Leased<T> = { ok: true; value: T } | { ok: false; problem: 'held' }

type Options = {
  /** How long to wait for whoever holds it; by default not at all. */
  waitMs?: number
  /** Stops the waiting. The work itself gets the lease's own signal. */
  signal?: AbortSignal | undefined
  /** Told once, when there is somebody to wait for. */
  onWait?: (() => void) | undefined
  /** So long a holder may be silent before another takes over. */
  leaseSeconds?: number
}

const pollMs = 100

/**
 * Does `work` while nobody else in any process does anything under the same name; `held` when somebody does.
 * A row, not GET_LOCK, which a Galera cluster does not share. The database's own clock counts. A holder that
 * died is taken over after `leaseSeconds`; one that could not say that it lives for as long stops by itself
 * (its signal), and its result is not believed: LeaseLost is thrown.
 */
export async function withLease<T>(
  admin: AdminDb,
  name: string,
  work: (lease: Lease) => Promise<T>,
  { waitMs = 0, signal, onWait, leaseSeconds = 30 }: Options = {},
): Promise<Leased<T>> {
  const owner = randomUUID()
  const giveUpAt = performance.now() + waitMs
  for (let tries = 0; !(await claim(admin, name, owner, leaseSeconds)); tries++) {
    if (performance.now() >= giveUpAt) return { ok: false, problem: 'held' }
    if (tries === 0) onWait?.()
    await pause(pollMs, undefined, signal ? { signal } : {})
  }
  const held = hold(admin, name, owner, leaseSeconds)
  try {
    const value = await work(held.lease)
    held.lease.signal.throwIfAborted()
    return { ok: true, value }
  } finally {
    held.stop()
    // If even this fails the row runs out by itself.
    await admin
      .delete(workLeases)
      .where(isOurs(name, owner))
      .catch(() => {})
  }
}

/** Is somebody at it? For a page or a doctor; whoever wants to act asks for the lease itself. */
export async function isLeased(admin: AdminDb, name: string): Promise<boolean> {
  const rows = await admin
    .select({ name: workLeases.name })
    .from(workLeases)
    .where(and(eq(workLeases.name, name), sql`${workLeases.leaseUntil} >= utc_timestamp(3)`))
  return rows.length > 0
}

function claim(admin: AdminDb, name: string, owner: string, seconds: number): Promise<boolean> {
  return retrying(async () => {
    const leaseUntil = untilIn(seconds)
    const [made] = await admin.insert(workLeases).ignore().values({ name, owner, leaseUntil })
    if (made.affectedRows === 1) return true
    const [taken] = await admin
      .update(workLeases)
      .set({ owner, leaseUntil })
      .where(and(eq(workLeases.name, name), sql`${workLeases.leaseUntil} < utc_timestamp(3)`))
    return taken.affectedRows === 1
  })
}

function hold(admin: AdminDb, name: string, owner: string, seconds: number) {
  const lost = new AbortController()
  const lose = () => lost.abort(new LeaseLost(`another process took over «${name}»`))
  /** Our own clock, and from before the question: never later than what the database was told. */
  let lastSaidAt = performance.now()

  async function renew(): Promise<void> {
    const askedAt = performance.now()
    const [result] = await admin
      .update(workLeases)
      .set({ leaseUntil: untilIn(seconds) })
      .where(isOurs(name, owner))
    if (result.affectedRows === 1) lastSaidAt = askedAt
    else lose()
  }

  const heartbeat = setInterval(
    () => {
      // A database that is away for a moment is no reason to stop; one that is away for the whole lease is.
      if (performance.now() - lastSaidAt > seconds * 1000) lose()
      else renew().catch(() => {})
    },
    (seconds * 1000) / 6,
  )
  heartbeat.unref()

  const lease: Lease = {
    name,
    owner,
    signal: lost.signal,
    async stillOurs() {
      await renew()
      lost.signal.throwIfAborted()
    },
  }
  return { lease, stop: () => clearInterval(heartbeat) }
}

const untilIn = (seconds: number) => sql`utc_timestamp(3) + interval ${seconds} second`
const isOurs = (name: string, owner: string) => and(eq(workLeases.name, name), eq(workLeases.owner, owner))
