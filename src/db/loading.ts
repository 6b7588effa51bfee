import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { charset } from './accounts.ts'
import { pour, type Refused } from './loading-client.ts'
import { connectionDefaults } from './pool-slot.ts'
import type { ServerAddress } from './server-address.ts'
import { sessionSetup } from './session.ts'

/** A database that is not there yet, on the living server or a scratch one. */
export type LoadPlace = { server: ServerAddress; database: string }

export type LoadAnswer = { ok: true } | Refused | { ok: false; problem: 'strange'; detail: string }

/**
 * Makes the database and pours a dump into it, by an account that can reach nothing else and a client that
 * runs no command and opens no file (a `\!` line ran a shell as root). Whatever fails, the database is gone
 * again: it never stays half full. Throws errno 1007 where there is one of that name.
 */
export async function loadInto(
  { server, database }: LoadPlace,
  dump: Readable,
  signal?: AbortSignal,
): Promise<LoadAnswer> {
  const connection = await connect(server)
  const account = {
    user: `smartket_load_${randomBytes(5).toString('hex')}`,
    password: randomBytes(24).toString('base64url'),
  }
  const dropLoader = () =>
    onFresh(server, (other) => other.query(`drop user if exists ?@'%'`, [account.user]))
  const dropDatabase = () =>
    onFresh(server, (other) => other.query(`drop database if exists \`${database}\``))
  try {
    await connection.query(`create database \`${database}\` ${charset}`)
    try {
      await createLoader(connection, account, database)
      const refused = await pour({ ...server, ...account }, database, dump, signal)
      const answer: LoadAnswer = refused ?? (await onlyTables(connection, database))
      await dropLoader()
      if (!answer.ok) await dropDatabase()
      return answer
    } catch (error) {
      // A server that is gone cannot be tidied: what happened is what is told.
      await dropLoader().catch(() => {})
      await dropDatabase().catch(() => {})
      throw error
    }
  } finally {
    connection.destroy()
  }
}

/** What a dump of tables needs. Without TRIGGER, EVENT, CREATE VIEW and CREATE ROUTINE it can plant nothing that runs later. */
const loaderRights = 'select, insert, update, delete, create, drop, alter, index, references, lock tables'

async function createLoader(
  connection: Connection,
  { user, password }: { user: string; password: string },
  database: string,
): Promise<void> {
  await connection.query(`create user ?@'%' identified by ?`, [user, password])
  // In the database name of a GRANT `_` is a wildcard.
  const name = database.replace(/[_%]/g, '\\$&')
  await connection.query(`grant ${loaderRights} on \`${name}\`.* to ?@'%'`, [user])
}

/** Belt and braces: an account without the rights cannot have made them. */
async function onlyTables(connection: Connection, database: string): Promise<LoadAnswer> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `select 'trigger' as kind from information_schema.triggers where trigger_schema = ?
     union all select 'routine' from information_schema.routines where routine_schema = ?
     union all select 'event' from information_schema.events where event_schema = ?
     union all select lower(coalesce(engine, table_type)) from information_schema.tables
       where table_schema = ? and not (table_type = 'BASE TABLE' and engine = 'InnoDB')`,
    [database, database, database, database],
  )
  const kinds = [...new Set(rows.map((row) => String(row.kind)))]
  return kinds.length === 0 ? { ok: true } : { ok: false, problem: 'strange', detail: kinds.join(', ') }
}

/** The connection that worked for minutes may be lost: tidying does not depend on it. */
async function onFresh(server: ServerAddress, work: (connection: Connection) => Promise<unknown>) {
  const connection = await connect(server)
  try {
    await work(connection)
  } finally {
    connection.destroy()
  }
}

async function connect(server: ServerAddress): Promise<Connection> {
  const connection = await mysql.createConnection({ ...connectionDefaults, ...server })
  connection.on('error', () => {}) // the statement that meets it throws
  await connection.query(sessionSetup({ statementSeconds: 0 }))
  return connection
}
