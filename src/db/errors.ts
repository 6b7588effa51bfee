/** No connection became free in time: answered as 503. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy'
  readonly retryAfterSeconds = 2
}

/**
 * Busy, not broken: no connection, a limit of the account, a statement that took too long, or others still in
 * the way when `inTransaction` had tried often enough. The same request may pass in a moment.
 */
export const isBusy = (error: unknown): boolean =>
  causesOf(error).some((e) => e instanceof DatabaseBusy) ||
  isFull(error) ||
  isWorthRetrying(error) ||
  errnoOf(error) === errno.statementTimeout ||
  errnoOf(error) === errno.accountLocked

/**
 * The database behind this name belongs to another business (OPERATIONS.md, section 2): after an admin
 * database comes back from a copy, an id may name a database that still holds another owner's sales.
 */
export class IdentityMismatch extends Error {
  override readonly name = 'IdentityMismatch'
}

export const isIdentityMismatch = (error: unknown): boolean =>
  causesOf(error).some((e) => e instanceof IdentityMismatch)

/**
 * A business's database, or a table in it, is not there, or not ours to enter (1049, 1146, 1044): somebody dropped it, and
 * a restore brings it back. Only where the server names such a database: a missing table of ours is a bug.
 */
export const isTenantGone = (error: unknown): boolean =>
  causes(error).some(
    (e) =>
      [errno.noSuchDatabase, errno.noSuchTable, errno.databaseDenied].some((code) => code === e.errno) &&
      /'db_cliente_\d+(_g\d+)?['.]/.test(String(e.sqlMessage ?? '')),
  )

/** A migration that cannot run as it stands; its message is a sentence for whoever operates the server. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'
}

/** A statement of a migration that the server refused; its message names file, statement and number. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed'
}

/** Somebody else has the right to this work now, or may have it: whoever meets this stops at once. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** A business lives on a database server whose address is not in this process's environment. */
export class ServerUnknown extends Error {
  override readonly name = 'ServerUnknown'
}

/** This business's database is being migrated, restored or moved: its people are told to come back in a minute. */
export class TenantUpdating extends Error {
  override readonly name = 'TenantUpdating'
  readonly retryAfterSeconds = 60
}

/** Their messages are written here and carry nothing that somebody typed. */
const ours = [
  DatabaseBusy,
  IdentityMismatch,
  MigrationRefused,
  MigrationFailed,
  LeaseLost,
  ServerUnknown,
  TenantUpdating,
]

export const errno = {
  duplicateEntry: 1062,
  databaseExists: 1007,
  accessDenied: 1045,
  noSuchThread: 1094,
  /** CREATE USER: it is there already. */
  cannotUser: 1396,
  noSuchDatabase: 1049,
  noSuchTable: 1146,
  databaseDenied: 1044,
  lockWaitTimeout: 1205,
  deadlock: 1213,
  /** innodb_snapshot_isolation: the row changed after this transaction's snapshot was taken. */
  recordChanged: 1020,
  /** max_statement_time is over. */
  statementTimeout: 1969,
  /** Its business is being swapped or moved at this moment; a moment later it has another account. */
  accountLocked: 4151,
} as const

/** Another transaction stood in the way: the same work, tried again from its start, may well pass. */
export const isWorthRetrying = (error: unknown) =>
  [errno.deadlock, errno.lockWaitTimeout, errno.recordChanged].some((code) => code === errnoOf(error))

/** A limit of the server or of the account (1226): a reason to wait, never a 500. */
export const isFull = (error: unknown) => [1226, 1040, 1203].includes(errnoOf(error) ?? 0)

const lostCodes = /^(ECONN|EPIPE|ETIMEDOUT|PROTOCOL_)/
const lostErrnos = [1053, 1184, 1290, 1792, 1836, 1927, 2006, 2013]

/** After these the connection is of no use, whatever stood on it. */
export function isConnectionLost(error: unknown): boolean {
  return causes(error).some(
    (e) => e.fatal === true || lostCodes.test(String(e.code ?? '')) || lostErrnos.includes(Number(e.errno)),
  )
}

/**
 * MariaDB's error number. Drizzle wraps the driver's error, and for MariaDB's own errors (1900 and above)
 * mysql2's `code` is wrong or missing: only the number can be trusted.
 */
export function errnoOf(error: unknown): number | null {
  for (const e of causes(error)) if (typeof e.errno === 'number') return e.errno
  return null
}

export type ErrorDescription = {
  name: string
  message: string
  errno?: number
  query?: string
  stack: string
}

/**
 * What a log may say about an error. Messages of the driver and of drizzle carry parameters (e-mails,
 * hashes, «Duplicate entry 'rosa@…'»), so for them only the number, the SQL with its question marks and
 * the place remain.
 */
export function describeError(error: unknown): ErrorDescription {
  const chain = causes(error)
  const known = causesOf(error).find((e) => ours.some((kind) => e instanceof kind))
  const number = errnoOf(error)
  const query = chain.find((e) => typeof e.query === 'string')?.query
  return {
    name: String((known ?? chain[0])?.name ?? typeof error),
    message: known?.message ?? messageOf(chain, error),
    ...(number === null ? {} : { errno: number }),
    ...(typeof query === 'string' ? { query: query.slice(0, 500) } : {}),
    stack: stackOf(chain),
  }
}

function messageOf(chain: Bag[], error: unknown): string {
  const isOfTheDatabase = chain.some((e) => 'sqlState' in e || 'sql' in e || 'params' in e)
  if (!isOfTheDatabase) return String(chain[0]?.message ?? error)
  return `database error ${errnoOf(error) ?? String(chain.at(-1)?.code ?? 'without a number')}`
}

/** Only the places: the first line of a stack repeats the message. */
const stackOf = (chain: Bag[]) =>
  chain
    .flatMap((e) => String(e.stack ?? '').split('\n'))
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 20)
    .join('\n')

type Bag = Record<string, unknown>

const causes = (error: unknown) => causesOf(error) as unknown as Bag[]

function causesOf(error: unknown): Error[] {
  const chain: Error[] = []
  for (let e = error; e instanceof Error && chain.length < 8; e = e.cause) chain.push(e)
  return chain
}
