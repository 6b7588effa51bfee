import type { Connection, Pool } from 'mysql2/promise'
import type { Account } from './accounts.ts'
import type { Loan, ServerPool } from './server-pool.ts'
import { timed } from './slow-queries.ts'

type Query = (...args: Parameters<Connection['query']>) => Promise<unknown>

/** Looks at a connection before its first use, and throws if it must not be used. */
export type Inspection = (connection: Connection) => Promise<void>

/**
 * What drizzle takes for a mysql2 pool: it borrows a connection of the account for one statement, or for one
 * transaction. `execute` is `query`: server-side prepared statements are keyed by their text alone
 * and would answer with another tenant's rows (MARIADB.md, trap 1).
 */
export function tenantClient(pool: ServerPool, account: Account, inspect?: Inspection): Pool {
  let isInspected = inspect === undefined
  async function borrow(): Promise<Loan> {
    const loan = await pool.borrow(account)
    if (isInspected) return loan
    try {
      await inspect?.(loan.connection)
      isInspected = true
      return loan
    } catch (error) {
      await loan.release({ reset: true, error })
      throw error
    }
  }

  const query: Query = async (...args) => {
    refuse(args, leavesStateBehind)
    const loan = await borrow()
    let failure: unknown
    try {
      return await timed(account, textOf(args), () => loan.connection.query(...args))
    } catch (error) {
      failure = error
      throw error
    } finally {
      await loan.release({ reset: false, error: failure })
    }
  }
  const getConnection = async () => transactionConnection(await borrow(), account)
  return { query, execute: query, getConnection } as unknown as Pool
}

/**
 * The connection of one transaction. Drizzle's `transaction()` gives it back only after BEGIN has succeeded
 * (its begin, and the `set transaction` before, stand outside its try), so any error until then gives it
 * back here (MARIADB.md, traps 3 and 15).
 */
function transactionConnection(loan: Loan, account: Account) {
  let hasBegun = false
  let isBack = false
  let failure: unknown

  function release(): void {
    if (isBack) return
    isBack = true
    void loan.release({ reset: true, error: failure })
  }

  const query: Query = async (...args) => {
    if (isBack) throw new Error('a transaction was used after its end')
    refuse(args, changesDatabase)
    try {
      const result = await timed(account, textOf(args), () => loan.connection.query(...args))
      if (!hasBegun && begins.test(textOf(args))) hasBegun = true
      return result
    } catch (error) {
      failure = error
      if (!hasBegun) release()
      throw error
    }
  }
  return { query, execute: query, release }
}

const begins = /^\s*(begin|start\s+transaction)/i
const changesDatabase = /^\s*(use|prepare)\b/i
/** Outside a transaction these would meet whoever borrows the connection next. */
const leavesStateBehind = /^\s*(use|prepare|begin|start|commit|rollback|savepoint|set|lock|unlock)\b/i

function textOf(args: Parameters<Query>): string {
  const first: unknown = args[0]
  return typeof first === 'string' ? first : String((first as { sql?: unknown }).sql)
}

function refuse(args: Parameters<Query>, forbidden: RegExp): void {
  const word = forbidden.exec(textOf(args))?.[1]
  if (word)
    throw new Error(`${word.toUpperCase()} is not allowed here: connections are shared, use inTransaction`)
}
