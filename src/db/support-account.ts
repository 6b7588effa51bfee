import { setTimeout as pause } from 'node:timers/promises'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { supportName } from './accounts.ts'
import { errno, errnoOf } from './errors.ts'

/** What proves who somebody is stays in the database: nobody who looks may carry it away (OPERATIONS.md, 4). */
export const hiddenColumns: Record<string, readonly string[]> = {
  staff: ['pin_hash'],
  sales: ['ticket_token'],
}

/** One grant a table, since a column cannot be taken out of a grant on the whole database. */
export async function grantReading(connection: Connection, database: string, user: string): Promise<void> {
  const [columns] = await connection.query<RowDataPacket[]>(
    `select c.table_name as name, c.column_name as col from information_schema.columns c
     where c.table_schema = ? order by c.table_name, c.ordinal_position`,
    [database],
  )
  for (const [table, names] of Map.groupBy(columns, (row) => String(row.name))) {
    const hidden = hiddenColumns[table] ?? []
    const seen = names.map((row) => String(row.col)).filter((name) => !hidden.includes(name))
    const list = hidden.length > 0 ? ` (${seen.map((name) => `\`${name}\``).join(', ')})` : ''
    // In the grant of a table the name of the database is no pattern: nothing to escape.
    await connection.query(`grant select${list} on \`${database}\`.\`${table}\` to ?@'%'`, [user])
  }
}

/** The account of one permission, or those of all that this business ever gave and that are still there. */
export async function supportUsers(
  connection: Connection,
  tenantId: number,
  grantId?: number,
): Promise<string[]> {
  if (grantId !== undefined) return [supportName(tenantId, grantId)]
  const [rows] = await connection.query<RowDataPacket[]>(
    'select user as name from mysql.user where user like ?',
    [`soporte\\_${tenantId}\\_%`],
  )
  return rows.map((row) => String(row.name))
}

/** The accounts of every permission of every business. */
export async function allSupportUsers(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `select user as name from mysql.user where user like 'soporte\\_%\\_%'`,
  )
  return rows.map((row) => String(row.name))
}

const looks = 40
const betweenLooksMs = 50

/** KILL only asks a session to end: looked at again until none is left. */
export async function endSessionsOf(connection: Connection, user: string): Promise<void> {
  for (let look = 0; look < looks; look++) {
    const [sessions] = await connection.query<RowDataPacket[]>(
      'select id from information_schema.processlist where user = ?',
      [user],
    )
    if (sessions.length === 0) return
    for (const { id } of sessions) await kill(connection, Number(id))
    await pause(betweenLooksMs)
  }
  throw new Error(`sessions of ${user} did not end`)
}

async function kill(connection: Connection, id: number): Promise<void> {
  try {
    await connection.query(`kill ${id}`)
  } catch (error) {
    if (errnoOf(error) !== errno.noSuchThread) throw error
  }
}
