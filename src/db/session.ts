import type { Account } from './accounts.ts'

/** How long a statement waits for a row that another transaction holds. */
export const lockWaitSeconds = 5

/**
 * What every session of ours is told before its first statement, whatever the server's own settings are, and
 * again after each changeUser or reset, which put those back:
 *
 * - READ COMMITTED: under REPEATABLE READ a sale was accepted into a closed cash session.
 * - UTC, as the columns are.
 * - The whole sql_mode. Values that do not fit are refused instead of cut; and mysql2 escapes with
 *   backslashes, so that under NO_BACKSLASH_ESCAPES a name with a quote would end its string and run.
 * - Short waits for locks (MariaDB's own are 50 s for a row and a day for a table).
 * - The time of a statement: a reset forgets the account's own limit (it is a default, not a wall).
 */
export const sessionSetup = ({ statementSeconds }: Pick<Account, 'statementSeconds'>): string =>
  `set session tx_isolation = 'READ-COMMITTED', time_zone = '+00:00', sql_mode = '${sqlMode}', ` +
  `innodb_lock_wait_timeout = ${lockWaitSeconds}, lock_wait_timeout = 10, max_statement_time = ${statementSeconds}`

const sqlMode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION'
