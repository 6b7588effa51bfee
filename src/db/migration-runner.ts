import { setTimeout as pause } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import type { AdminDb } from './admin.ts'
import {
  describeError,
  errno,
  errnoOf,
  isConnectionLost,
  MigrationFailed,
  MigrationRefused,
} from './errors.ts'
import { changed, claimRun, type Run } from './migration-progress.ts'
import { schemaMigrations } from './migration-table.ts'
import type { Migration } from './migrations.ts'
import type { Provisioner } from './provisioner.ts'

/** A test's way to stop between any two steps. */
export type MigrationHook = (
  step: 'before' | 'after',
  statement: number,
  file: Migration,
) => void | Promise<void>

export type Target = {
  admin: AdminDb
  /** Connected, with the database selected: names in migrations are never qualified. */
  root: Provisioner
  /** 0: the admin database. */
  tenantId: number
  /**
   * Nobody's yet: if making it breaks off it is thrown away, never resumed, so progress within a file is not
   * written, and its empty tables need no copy for each foreign key.
   */
  isFresh?: boolean
  hook?: MigrationHook
}

/** Runs what this database has not had yet, in order. Refuses when a file that it has had was changed. */
export async function applyMigrations(target: Target, files: readonly Migration[]): Promise<void> {
  const { admin, root, tenantId, isFresh = false } = target
  const applied = await admin
    .select()
    .from(schemaMigrations)
    .where(and(eq(schemaMigrations.tenantId, tenantId), eq(schemaMigrations.state, 'done')))
  const hashes = new Map(applied.map((row) => [row.version, row.hash]))
  const altered = files.find((file) => hashes.has(file.version) && hashes.get(file.version) !== file.hash)
  if (altered) throw changed(altered, tenantId)

  const missing = files.filter((file) => !hashes.has(file.version))
  if (missing.length === 0) return
  // A waiting ALTER queues every reader behind it (MARIADB.md, trap 11): it gives up soon and tries again.
  await root.query('set session lock_wait_timeout = 5, innodb_lock_wait_timeout = 5, max_statement_time = 0')
  if (isFresh) await root.query('set session foreign_key_checks = 0')
  for (const file of missing) {
    const run = await claimRun(admin, tenantId, file)
    if (run) await applyFile(target, run, file)
  }
  if (isFresh) await root.query('set session foreign_key_checks = 1')
}

async function applyFile({ root, isFresh = false, hook }: Target, run: Run, file: Migration): Promise<void> {
  let next = run.done
  try {
    for (; next < file.statements.length; next++) {
      if (!isFresh) await run.aboutTo(next)
      await hook?.('before', next, file)
      await execute(root, file.statements[next] ?? '', next === run.maybeDone)
      await hook?.('after', next, file)
    }
    await run.finish()
  } catch (error) {
    run.stop()
    if (error instanceof MigrationRefused) throw error
    const isUndone = errnoOf(error) !== null && !isConnectionLost(error)
    await run.fail(problemOf(error), isUndone).catch(() => {})
    throw new MigrationFailed(`${file.name}, statement ${next + 1}: ${problemOf(error)}`, { cause: error })
  }
}

/**
 * What a statement answers that has run already: table, column, key, missing key to drop, foreign key.
 * Tolerated for the one statement that a dead run left in doubt, and for no other.
 */
const alreadyThere = [1050, 1060, 1061, 1091, 1826, 1022]
/** MariaDB's answer to a foreign key that exists: 1005, and the reason only in the text. */
const isForeignKeyThere = (error: unknown) =>
  errnoOf(error) === 1005 && error instanceof Error && error.message.includes('errno: 121')
const lockAttempts = 6

async function execute(root: Provisioner, statement: string, mayBeThere: boolean): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await root.query(statement)
      return
    } catch (error) {
      const code = errnoOf(error)
      if (mayBeThere && (alreadyThere.includes(code ?? 0) || isForeignKeyThere(error))) return
      if (code !== errno.lockWaitTimeout || attempt >= lockAttempts) throw error
      await pause(250 * attempt)
    }
  }
}

/** For a person: the number and the place, never what stood in a row. */
export function problemOf(error: unknown): string {
  const { name, message, errno: number } = describeError(error)
  return name.startsWith('Migration') || number === undefined ? message : `MariaDB answered ${number}`
}
