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
  TenantUpdating,
} from './errors.ts'
import { changed, claimRun, type Run, stretchFrom } from './migration-progress.ts'
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
  /** Connected, with the database selected and `patience` set: names in migrations are never qualified. */
  root: Provisioner
  /** 0: the admin database. */
  tenantId: number
  /**
   * Nobody's yet: if making it breaks off it is thrown away, never resumed, so progress within a file is not
   * written, and its empty tables need no copy for each foreign key.
   */
  isFresh?: boolean
  /** A spare: nobody's rows are in it, so that it passes proves little. */
  isSpare?: boolean | undefined
  hook?: MigrationHook | undefined
  /** Stops before the next statement: somebody else has the right to migrate now. */
  signal?: AbortSignal | undefined
  /** What it is known to have had, version → hash, where that was read for many at once. */
  applied?: ReadonlyMap<number, string> | undefined
  /** Of its one missing file, when that was claimed for many at once. */
  claimed?: Run | undefined
}

/**
 * Runs what this database has not had yet, in order, and returns how many files that was. Refuses when a file
 * that it has had was changed.
 */
export async function applyMigrations(target: Target, files: readonly Migration[]): Promise<number> {
  const { admin, root, tenantId, isFresh = false, isSpare = isFresh, signal } = target
  const hashes = target.applied ?? (await appliedTo(admin, tenantId))
  const altered = files.find((file) => hashes.has(file.version) && hashes.get(file.version) !== file.hash)
  if (altered) throw changed(altered, tenantId)

  const missing = files.filter((file) => !hashes.has(file.version))
  if (missing.length === 0) return 0
  if (isFresh) await root.query('set session foreign_key_checks = 0')
  for (const file of missing) {
    const run =
      target.claimed ?? (await claimRun(admin, tenantId, file, { isFresh, isEmpty: isSpare, signal }))
    if (run) await applyFile(target, run, file)
  }
  if (isFresh) await root.query('set session foreign_key_checks = 1')
  return missing.length
}

/** A waiting ALTER queues every reader behind it (MARIADB.md, trap 11): it gives up soon and tries again. */
export const patience = 'lock_wait_timeout = 3, innodb_lock_wait_timeout = 3, max_statement_time = 0'

async function appliedTo(admin: AdminDb, tenantId: number): Promise<Map<number, string>> {
  const rows = await admin
    .select({ version: schemaMigrations.version, hash: schemaMigrations.hash })
    .from(schemaMigrations)
    .where(and(eq(schemaMigrations.tenantId, tenantId), eq(schemaMigrations.state, 'done')))
  return new Map(rows.map((row) => [row.version, row.hash]))
}

async function applyFile(target: Target, run: Run, file: Migration): Promise<void> {
  const { root, isFresh = false, hook, signal } = target
  let next = run.done
  let announced = new Set(run.isAnnounced ? stretchFrom(file, 0) : [])
  try {
    for (; next < file.statements.length; next++) {
      signal?.throwIfAborted()
      if (!isFresh && !announced.has(next)) {
        await run.aboutTo(next)
        announced = new Set(stretchFrom(file, next))
      }
      await hook?.('before', next, file)
      await execute(root, file.statements[next] ?? '', run.maybeDone.has(next))
      await hook?.('after', next, file)
    }
    await run.finish()
  } catch (error) {
    run.stop()
    if (error instanceof MigrationRefused) throw error
    if (signal?.aborted) {
      await run.letGo(next, error === signal.reason).catch(() => {})
      throw error
    }
    const isUndone = errnoOf(error) !== null && !isConnectionLost(error)
    const problem = standingOf({ tenantId: target.tenantId, file, next, isUndone }, problemOf(error))
    await run.fail(problem, next, isUndone).catch(() => {})
    throw new MigrationFailed(problem, { cause: error })
  }
}

type BrokenOff = { tenantId: number; file: Migration; next: number; isUndone: boolean }

/** What is there, what is not, and how to go on: MariaDB commits each statement of DDL at once. */
function standingOf({ tenantId, file, next, isUndone }: BrokenOff, answer: string): string {
  const [number, all] = [next + 1, file.statements.length]
  const where = tenantId === 0 ? 'The admin database' : `Business ${tenantId}`
  const command = tenantId === 0 ? 'smartket migrate' : `smartket migrate --tenant ${tenantId}`
  const before = next === 0 ? 'Nothing before it ran' : `${range(1, next)} in place and committed`
  const itself = isUndone ? `statement ${number} left nothing behind` : doubtOf(number)
  const after = number < all ? `, ${range(number + 1, all)} not there yet` : ''
  return [
    `${file.name}, statement ${number} of ${all}: ${answer}`,
    `The statement: ${(file.statements[next] ?? '').replace(/\s+/g, ' ').slice(0, 200)}`,
    `${before}; ${itself}${after}.`,
    `${where} stays at version ${file.version - 1}${tenantId === 0 ? '' : ' and answers «Estamos actualizando tu negocio»'}.`,
    `Mend the cause and run «${command}»: it goes on with statement ${number}. If the file itself is wrong, mend it from statement ${number} on; what stands before must stay as it is.`,
  ].join('\n')
}

const range = (from: number, to: number) =>
  from === to ? `statement ${from} is` : `statements ${from} to ${to} are`
const doubtOf = (number: number) =>
  `whether statement ${number} is there is not known, and the next run finds out`

/**
 * What a statement answers that has run already: table, column, key, missing key to drop, foreign key.
 * Tolerated for the statements that a dead run left in doubt, and for no other.
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

/** Not a failure: its first request after the swap migrates it. */
export const isLeftAlone = (error: unknown) => error instanceof TenantUpdating

/** For a person: the number and the place, never what stood in a row. */
export function problemOf(error: unknown): string {
  const { name, message, errno: number } = describeError(error)
  return name.startsWith('Migration') || number === undefined ? message : `MariaDB answered ${number}`
}
