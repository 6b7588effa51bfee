import type { MySql2Database } from 'drizzle-orm/mysql2'
import { drizzle } from 'drizzle-orm/mysql2'
import type { Pool } from 'mysql2/promise'

/** What a parameter of plain SQL may be; an array of arrays fills `values ?`. */
export type SqlValue = string | number | bigint | boolean | Date | Buffer | null | SqlValue[]

export type RawDb = MySql2Database<Record<string, never>>

/** What a query or an action may do with a handle; a transaction is opened by `inTransaction` alone. */
export type Statements = Pick<
  RawDb,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute' | '$count' | '$with' | 'with'
>

/** Without a schema: drizzle's relational queries do not work on MariaDB (MARIADB.md, trap 13). */
export const drizzleOn = (client: Pool): RawDb => drizzle(client)
