import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import { padronAccount } from './accounts.ts'
import type { SqlValue } from './handles.ts'
import type { ServerPool } from './server-pool.ts'
import { tenantClient } from './tenant-client.ts'

declare const brand: unique symbol

/**
 * SUNAT's register, a database of its own outside the copies and the binary log. Plain SQL, since its tables
 * are made, filled and renamed by the import. `insert … values ?` takes rows as an array of arrays.
 */
export type PadronDb = {
  readonly [brand]: 'padron'
  /** A SELECT: its rows. */
  query<Row = Record<string, unknown>>(text: string, values?: SqlValue[]): Promise<Row[]>
  /** Anything else: how many rows it touched. */
  run(text: string, values?: SqlValue[]): Promise<{ affectedRows: number }>
  /**
   * Works while a named lock is held, on a connection of its own: a killed process frees it at once.
   * Null, and nothing is done, when someone else still holds it after two seconds.
   */
  alone<T>(lock: string, work: () => Promise<T>): Promise<T | null>
}

export function padronDb(pool: ServerPool, masterKey: Buffer): PadronDb {
  const client = tenantClient(pool, padronAccount(masterKey))
  return {
    async query(text: string, values: SqlValue[] = []) {
      const [rows] = await client.query<RowDataPacket[]>(text, values)
      return rows
    },
    async run(text: string, values: SqlValue[] = []) {
      const [result] = await client.query<ResultSetHeader>(text, values)
      return { affectedRows: result.affectedRows }
    },
    async alone<T>(lock: string, work: () => Promise<T>) {
      const loan = await pool.borrow(padronAccount(masterKey))
      try {
        const [rows] = await loan.connection.query<RowDataPacket[]>('select get_lock(?, 2) as held', [lock])
        return rows[0]?.held === 1 ? await work() : null
      } finally {
        await loan.release({ reset: true })
      }
    },
  } as PadronDb
}
