import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { and, eq, gt, ne, sql } from 'drizzle-orm'
import type { ResultSetHeader } from 'mysql2/promise'
import type { Admin, AdminDb } from './admin.ts'
import { tenants } from './admin-schema.ts'
import { MigrationRefused, TenantUpdating } from './errors.ts'
import { schemaMigrations } from './migration-table.ts'
import { hashOfFirst, type Migration } from './migrations.ts'

/** So long a run may be silent before another process takes it over. The database's own clock counts. */
const leaseSeconds = 10
export const heartbeatMs = 3000
const pollMs = 200

export const databaseNow = sql`utc_timestamp(3)`
export const nextLease = sql`utc_timestamp(3) + interval ${sql.raw(String(leaseSeconds))} second`

/** By a process that lives; the files of one that died wait for whoever comes next. */
export async function isBeingMigrated(admin: Admin, tenantId: number): Promise<boolean> {
  const [row] = await admin
    .select({ version: schemaMigrations.version })
    .from(schemaMigrations)
    .where(
      and(
        eq(schemaMigrations.tenantId, tenantId),
        eq(schemaMigrations.state, 'running'),
        gt(schemaMigrations.leaseUntil, databaseNow),
      ),
    )
    .limit(1)
  return row !== undefined
}

/** One file on one database, ours for as long as we say that we live. */
export type Run = {
  /** How many statements are certainly there. */
  done: number
  /** Statements that may be there as well: a run died, or lost its connection, while they ran. */
  maybeDone: ReadonlySet<number>
  /** The first `aboutTo` was written with the claim itself. */
  isAnnounced: boolean
  /** Written before statement `next` runs, so it also says that those before it are there. */
  aboutTo(next: number): Promise<void>
  finish(): Promise<void>
  /** At statement `next`. `isUndone`: the server refused it, so nothing of it is there. */
  fail(problem: string, next: number, isUndone: boolean): Promise<void>
  /** Nothing failed: whoever comes next goes on at once with statement `next`, which `isUndone` if it never ran. */
  letGo(next: number, isUndone: boolean): Promise<void>
  stop(): void
}

/**
 * Waits until nobody else migrates this database, then returns our run; null when the file was applied
 * meanwhile. Refuses a file that was changed in what has been applied of it.
 */
export async function claimRun(
  admin: AdminDb,
  tenantId: number,
  file: Migration,
  { isFresh = false, isEmpty = isFresh, signal }: ClaimOptions = {},
): Promise<Run | null> {
  const claim = { admin, tenantId, file, isEmpty, owner: randomUUID() }
  for (;;) {
    if (await insertRun(claim, isFresh)) {
      if (await isSwapped(claim)) {
        await admin
          .delete(schemaMigrations)
          .where(and(isRun(tenantId, file), eq(schemaMigrations.owner, claim.owner)))
        throw new TenantUpdating(swapped(tenantId))
      }
      return run(claim, { done: 0, maybeDone: new Set(), isAnnounced: true })
    }
    const [row] = await admin.select().from(schemaMigrations).where(isRun(tenantId, file))
    if (!row) continue
    if (row.hash !== file.hash && !isMended(row, file)) throw changed(file, tenantId)
    if (row.state === 'done') return null
    if (await takeOver(claim)) {
      const [current] = await admin.select().from(schemaMigrations).where(isRun(tenantId, file))
      if (!current) continue
      if (await isSwapped(claim)) {
        const asBefore = { state: row.state, error: row.error, owner: null, leaseUntil: null }
        await admin
          .update(schemaMigrations)
          .set(asBefore)
          .where(and(isRun(tenantId, file), eq(schemaMigrations.owner, claim.owner)))
        throw new TenantUpdating(swapped(tenantId))
      }
      const done = current.statementsDone
      return run(claim, { done, maybeDone: inDoubt(row, current, file), isAnnounced: false })
    }
    await pause(pollMs, undefined, signal ? { signal } : {})
  }
}

/** Asked after the claim was written: a swap marks the business first, and then looks for claims. */
async function isSwapped({ admin, tenantId }: Claim): Promise<boolean> {
  if (tenantId === 0) return false
  const busy = and(eq(tenants.id, tenantId), gt(tenants.busyUntil, databaseNow))
  return (await admin.$count(tenants, busy)) > 0
}

const swapped = (tenantId: number) =>
  `business ${tenantId} is being restored or moved; its first request afterwards migrates it`

type ClaimOptions = {
  isFresh?: boolean
  isEmpty?: boolean
  signal?: AbortSignal | undefined
}
export type Claim = { admin: AdminDb; tenantId: number; file: Migration; isEmpty: boolean; owner: string }

type Row = typeof schemaMigrations.$inferSelect

/** Nothing is in doubt, and what is there is what the file still begins with: the rest may have been rewritten. */
const isMended = (row: Row, file: Migration) =>
  row.runningStatement === null &&
  (row.statementsDone === 0 || row.doneHash === hashOfFirst(file, row.statementsDone))

export function changed(file: Migration, tenantId: number): MigrationRefused {
  const where = tenantId === 0 ? 'the admin database' : `tenant ${tenantId}`
  return new MigrationRefused(
    `The migration ${file.name} was changed after it had run on ${where}. Put the file back as it was and write the change as a new migration.`,
  )
}

/** Whoever failed lived to say at which statement; whoever was killed may have come to the end of the stretch. */
function inDoubt(before: Row, { runningStatement: first }: Row, file: Migration): ReadonlySet<number> {
  if (first === null) return new Set()
  if (before.state === 'failed') return new Set([first])
  return new Set(stretchFrom(file, first))
}

/**
 * Statements that answer «it is there already» when they run twice are told of once, before the first of
 * them: a write for each cost as much as the statements themselves. Any other stands alone.
 */
export function stretchFrom({ statements }: Migration, first: number): number[] {
  const stretch = [first]
  const isRepeatable = (at: number) => repeatable.test(statements[at] ?? '')
  for (let at = first + 1; at < statements.length && isRepeatable(at - 1) && isRepeatable(at); at++)
    stretch.push(at)
  return stretch
}

const repeatable =
  /^(create\s+table\b(?!.*\bselect\b)|create\s+(unique\s+)?index\b|alter\s+table\s+\S+\s+(add|drop)\b(?!.*\b(modify|change|rename)\b))/is

async function insertRun(
  { admin, tenantId, file, isEmpty, owner }: Claim,
  isFresh: boolean,
): Promise<boolean> {
  const [result] = await admin
    .insert(schemaMigrations)
    .ignore()
    .values({
      tenantId,
      version: file.version,
      name: file.name,
      hash: file.hash,
      statements: file.statements.length,
      // One write less for each database: of a thousand, that is a second.
      runningStatement: isFresh || file.statements.length === 0 ? null : 0,
      state: 'running',
      owner,
      leaseUntil: nextLease,
      startedAt: databaseNow,
      readsFrom: file.readsFrom,
      isFresh: isEmpty,
    })
  return result.affectedRows === 1
}

async function takeOver({ admin, tenantId, file, isEmpty, owner }: Claim): Promise<boolean> {
  const [result] = await admin
    .update(schemaMigrations)
    .set({
      state: 'running',
      owner,
      leaseUntil: nextLease,
      hash: file.hash,
      statements: file.statements.length,
      readsFrom: file.readsFrom,
      isFresh: isEmpty,
      error: null,
    })
    .where(
      and(
        isRun(tenantId, file),
        ne(schemaMigrations.state, 'done'),
        sql`(${schemaMigrations.leaseUntil} is null or ${schemaMigrations.leaseUntil} < ${databaseNow})`,
      ),
    )
  return result.affectedRows === 1
}

/** `inGroup`: others keep the lease of many alive, and write down together that they are done. */
export function run(
  claim: Claim,
  start: Pick<Run, 'done' | 'maybeDone' | 'isAnnounced'>,
  inGroup?: { finish(): Promise<void> },
): Run {
  const { admin, tenantId, file, owner } = claim
  /** Every write names the owner: whoever lost the lease must not go on. */
  const check = ([result]: [ResultSetHeader, unknown]) => {
    if (result.affectedRows < 1)
      throw new MigrationRefused(`another process took over ${file.name} on tenant ${tenantId}`)
  }
  async function write(
    values: Partial<Record<keyof typeof schemaMigrations.$inferInsert, unknown>>,
  ): Promise<void> {
    const written = await admin
      .update(schemaMigrations)
      .set(values as Partial<typeof schemaMigrations.$inferInsert>)
      .where(and(isRun(tenantId, file), eq(schemaMigrations.owner, owner)))
    check(written as [ResultSetHeader, unknown])
  }
  // A heartbeat that fails is found out by the next write.
  const beat = () => void write({ leaseUntil: nextLease }).catch(() => {})
  const heartbeat = inGroup ? undefined : setInterval(beat, heartbeatMs)
  const stop = () => clearInterval(heartbeat)
  return {
    ...start,
    aboutTo: (next) => write({ statementsDone: next, runningStatement: next, leaseUntil: nextLease }),
    async finish() {
      stop()
      if (inGroup) return inGroup.finish()
      check((await admin.execute(finishing(claim, [tenantId]))) as unknown as [ResultSetHeader, unknown])
    },
    async fail(problem, next, isUndone) {
      stop()
      await write({
        state: 'failed',
        error: problem,
        owner: null,
        leaseUntil: null,
        doneHash: hashOfFirst(file, next),
        statementsDone: next,
        runningStatement: isUndone ? null : next,
      })
    },
    async letGo(next, isUndone) {
      stop()
      const runningStatement = isUndone ? null : next
      await write({ owner: null, leaseUntil: null, statementsDone: next, runningStatement })
    },
    stop,
  }
}

/** The file and the business's version in one write: a process that dies in between would leave them at odds. */
export function finishing(
  { file, owner }: Pick<Claim, 'file' | 'owner'>,
  tenantIds: readonly [number, ...number[]],
) {
  const done = sql`m.state = 'done', m.statements_done = ${file.statements.length}, m.running_statement = null,
    m.owner = null, m.lease_until = null, m.finished_at = ${databaseNow}`
  const where = sql`where m.tenant_id in ${tenantIds} and m.version = ${file.version} and m.owner = ${owner}`
  // The first file of the admin database is what makes `tenants`.
  if (tenantIds[0] === 0) return sql`update schema_migrations m set ${done} ${where}`
  return sql`update schema_migrations m left join tenants t on t.id = m.tenant_id
    set ${done}, t.schema_version = greatest(t.schema_version, m.version) ${where}`
}

const isRun = (tenantId: number, file: Migration) =>
  and(eq(schemaMigrations.tenantId, tenantId), eq(schemaMigrations.version, file.version))
