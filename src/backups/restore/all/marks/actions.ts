import type { Databases } from '#src/db/databases.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'

// How far a rebuilding came: in a database of its own on the first server, since the admin database is what is exchanged.

const marks = 'smartket_rebuild'
/** How many hours the connection that holds the right may be silent. */
const silentSeconds = 172_800

/**
 * One rebuilding at a time. Not a lease: its row would go with the admin database that is exchanged. The server frees
 * the lock the moment our connection is gone.
 */
export function alone<T>(databases: Databases, work: () => Promise<T>): Promise<T | null> {
  return databases.provision(async (root) => {
    await root.query(`set session wait_timeout = ${silentSeconds}`)
    const [got] = (await root.query(`select get_lock('${marks}', 0) as held`)) as { held: number | null }[]
    return Number(got?.held) === 1 ? work() : null
  })
}

/** From here on until `booksAreReady` a run that died is repeated from its start. */
export function markBegun({ provision }: Databases): Promise<void> {
  return provision(async (root) => {
    await root.query(`create database if not exists ${marks}`)
    await root.query(
      `create table if not exists ${marks}.filling (server_id int unsigned not null, nombre_db varchar(64) not null, primary key (server_id, nombre_db))`,
    )
    // Marks of an earlier rebuilding name databases in which somebody works by now.
    await root.query(`delete from ${marks}.filling`)
    await root.query(`create table if not exists ${marks}.books (arriving bool not null)`)
  })
}

export const booksAreReady = ({ provision }: Databases) =>
  provision((root) => root.query(`drop table ${marks}.books`))

export async function areBooksArriving({ provision }: Databases): Promise<boolean> {
  const rows = (await provision((root) =>
    root.query(
      `select 1 from information_schema.tables where table_schema = '${marks}' and table_name = 'books'`,
    ),
  )) as unknown[]
  return rows.length > 0
}

/** Written before the first byte of it: what has this mark was made by us, and nobody has been in it. */
export const markFilling = ({ provision }: Databases, { serverId, nombreDb }: TenantIdentity) =>
  provision((root) => root.query(`insert ignore into ${marks}.filling values (?, ?)`, [serverId, nombreDb]))

export async function isOurs(
  { provision }: Databases,
  { serverId, nombreDb }: TenantIdentity,
): Promise<boolean> {
  const where = 'where server_id = ? and nombre_db = ?'
  const rows = (await provision((root) =>
    root.query(`select 1 from ${marks}.filling ${where}`, [serverId, nombreDb]),
  )) as unknown[]
  return rows.length > 0
}

/** Somebody may be in it by now: never again ours to drop. */
export const unmarkFilling = ({ provision }: Databases, { serverId, nombreDb }: TenantIdentity) =>
  provision((root) =>
    root.query(`delete from ${marks}.filling where server_id = ? and nombre_db = ?`, [serverId, nombreDb]),
  )

export const forgetMarks = ({ provision }: Databases) =>
  provision((root) => root.query(`drop database if exists ${marks}`))
