import { randomUUID } from 'node:crypto'
import { and, eq, ne, sql } from 'drizzle-orm'
import type { ResultSetHeader } from 'mysql2/promise'
import type { AdminDb } from './admin.ts'
import { MigrationRefused } from './errors.ts'
import { schemaMigrations } from './migration-table.ts'
import type { Migration } from './migrations.ts'

/** So long a run may be silent before another process takes it over. The database's own clock counts. */
const leaseSeconds = 10
const heartbeatMs = 3000
const pollMs = 200

const databaseNow = sql`utc_timestamp(3)`
const nextLease = sql`utc_timestamp(3) + interval ${sql.raw(String(leaseSeconds))} second`

/** One file on one database, ours for as long as we say that we live. */
export type Run = {
  /** How many statements are certainly there. */
  done: number
  /** The statement that may be there as well: a run died, or lost its connection, while it ran. */
  maybeDone: number | null
  /** Written before statement `next` runs, so it also says that those before it are there. */
  aboutTo(next: number): Promise<void>
  finish(): Promise<void>
  /** `isUndone`: the server refused the statement, so nothing of it is there. */
  fail(problem: string, isUndone: boolean): Promise<void>
  stop(): void
}

/**
 * Waits until nobody else migrates this database, then returns our run; null when the file was applied
 * meanwhile. Refuses a file that was changed after it had been applied.
 */
export async function claimRun(admin: AdminDb, tenantId: number, file: Migration): Promise<Run | null> {
  const owner = randomUUID()
  for (;;) {
    if (await insertRun(admin, tenantId, file, owner)) return run(admin, tenantId, file, owner, 0, null)
    const [row] = await admin.select().from(schemaMigrations).where(isRun(tenantId, file))
    if (!row) continue
    const isUntouched = row.statementsDone === 0 && row.runningStatement === null
    if (row.hash !== file.hash && !isUntouched) throw changed(file, tenantId)
    if (row.state === 'done') return null
    if (await takeOver(admin, tenantId, file, owner)) {
      const [current] = await admin.select().from(schemaMigrations).where(isRun(tenantId, file))
      if (!current) continue
      return run(admin, tenantId, file, owner, current.statementsDone, current.runningStatement)
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

export function changed(file: Migration, tenantId: number): MigrationRefused {
  const where = tenantId === 0 ? 'the admin database' : `tenant ${tenantId}`
  return new MigrationRefused(
    `The migration ${file.name} was changed after it had run on ${where}. Put the file back as it was and write the change as a new migration.`,
  )
}

async function insertRun(admin: AdminDb, tenantId: number, file: Migration, owner: string): Promise<boolean> {
  const [result] = await admin.insert(schemaMigrations).ignore().values({
    tenantId,
    version: file.version,
    name: file.name,
    hash: file.hash,
    statements: file.statements.length,
    state: 'running',
    owner,
    leaseUntil: nextLease,
    startedAt: databaseNow,
  })
  return result.affectedRows === 1
}

async function takeOver(admin: AdminDb, tenantId: number, file: Migration, owner: string): Promise<boolean> {
  const [result] = await admin
    .update(schemaMigrations)
    .set({
      state: 'running',
      owner,
      leaseUntil: nextLease,
      hash: file.hash,
      statements: file.statements.length,
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

function run(
  admin: AdminDb,
  tenantId: number,
  file: Migration,
  owner: string,
  done: number,
  maybeDone: number | null,
): Run {
  /** Every write names the owner: whoever lost the lease must not go on. */
  async function write(
    values: Partial<Record<keyof typeof schemaMigrations.$inferInsert, unknown>>,
  ): Promise<void> {
    const [result] = (await admin
      .update(schemaMigrations)
      .set(values as Partial<typeof schemaMigrations.$inferInsert>)
      .where(and(isRun(tenantId, file), eq(schemaMigrations.owner, owner)))) as [ResultSetHeader, unknown]
    if (result.affectedRows !== 1)
      throw new MigrationRefused(`another process took over ${file.name} on tenant ${tenantId}`)
  }
  // A heartbeat that fails is found out by the next write.
  const heartbeat = setInterval(() => void write({ leaseUntil: nextLease }).catch(() => {}), heartbeatMs)
  const stop = () => clearInterval(heartbeat)
  return {
    done,
    maybeDone,
    aboutTo: (next) => write({ statementsDone: next, runningStatement: next, leaseUntil: nextLease }),
    async finish() {
      stop()
      await write({
        state: 'done',
        statementsDone: file.statements.length,
        runningStatement: null,
        owner: null,
        leaseUntil: null,
        finishedAt: databaseNow,
      })
    },
    async fail(problem, isUndone) {
      stop()
      await write({
        state: 'failed',
        error: problem,
        owner: null,
        leaseUntil: null,
        ...(isUndone ? { runningStatement: null } : {}),
      })
    },
    stop,
  }
}

const isRun = (tenantId: number, file: Migration) =>
  and(eq(schemaMigrations.tenantId, tenantId), eq(schemaMigrations.version, file.version))
