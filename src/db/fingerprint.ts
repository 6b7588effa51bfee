import { createHash } from 'node:crypto'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { neverCopied } from './copy-accounts.ts'
import { errnoOf } from './errors.ts'
import { connectionDefaults } from './pool-slot.ts'
import type { ServerAddress } from './server-address.ts'
import { sessionSetup } from './session.ts'

/** What a database holds at one instant: enough to tell whether another one holds the same. */
export type Fingerprint = {
  /** Whose it is; null for the admin database. */
  uid: string | null
  /** Where in the binary log that instant is; null on a server without one. */
  position: Position | null
  /** `checksum`: the server's own CHECKSUM TABLE, a hyphen, and ours over the rows. */
  tables: { name: string; rows: number; checksum: string }[]
  /** null for the admin database. `centimos` is what the sales add up to, without rounding of cash. */
  sales: { made: number; centimos: number } | null
  /** Sales of each register and the last number of its series (of several their sum): unequal, there is a gap. */
  registers: { id: number; made: number; lastNumber: number }[]
  /** SHA-256 of tables, sales and registers: equal exactly when these are. */
  contentHash: string
  /** SHA-256 of the definitions of all tables: changes with DDL, which no checksum of rows sees. */
  definitionsHash: string
}

export type Position = { file: string; offset: number; gtid: string }

/** One connection that takes fingerprints, for whoever takes many. */
export type FingerprintReader = {
  fingerprint(database: string): Promise<Fingerprint>
  close(): Promise<void>
}

/**
 * The fingerprint of a database in one consistent snapshot: nothing is locked, and whatever is sold meanwhile is
 * not in it. Throws errno 1049 where there is no such database.
 */
export async function fingerprint(server: ServerAddress, database: string): Promise<Fingerprint> {
  const reader = await openReader(server)
  try {
    return await reader.fingerprint(database)
  } finally {
    await reader.close()
  }
}

export async function openReader(server: ServerAddress): Promise<FingerprintReader> {
  // Several statements at a time: a thousand databases are looked at every night. Nothing that a person typed is in them.
  const connection = await mysql.createConnection({
    ...connectionDefaults,
    ...server,
    multipleStatements: true,
  })
  connection.on('error', () => {}) // the statement that meets it throws
  try {
    await connection.query(sessionSetup({ statementSeconds: 0 }))
    // A snapshot of REPEATABLE READ; a statement that waits for a migration gives up before the migration's own patience ends.
    await connection.query(
      `set session tx_isolation = 'REPEATABLE-READ', lock_wait_timeout = 5; set names utf8mb4 collate utf8mb4_unicode_520_ci`,
    )
  } catch (error) {
    connection.destroy()
    throw error
  }
  return {
    fingerprint: (database) => withoutDdl(connection, database),
    close: () => connection.end().catch(() => connection.destroy()),
  }
}

/** A table that was changed after the snapshot cannot be read in it (1412), a dropped one not at all (1146): looked at again. */
async function withoutDdl(connection: Connection, database: string): Promise<Fingerprint> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inOneSnapshot(connection, database)
    } catch (error) {
      await connection.query('rollback').catch(() => {})
      if (attempt === 3 || ![1412, 1146].includes(errnoOf(error) ?? 0)) throw error
    }
  }
}

async function inOneSnapshot(connection: Connection, database: string): Promise<Fingerprint> {
  const name = quoted(database)
  const [opened] = await connection.query<RowDataPacket[][]>(
    `start transaction with consistent snapshot; show status like 'binlog\\_snapshot\\_%'; show full tables from ${name}`,
  )
  const position = await positionOf(connection, opened[1] ?? [])
  const names = (opened[2] ?? []).flatMap((row) => {
    const [table, type] = Object.values(row)
    return type === 'VIEW' || table === neverCopied ? [] : [String(table)]
  })
  const definitions = await readDefinitions(connection, name, names.toSorted())
  const tables = await readTables(connection, name, definitions)
  const business = names.includes('business') && names.includes('sales')
  const own = business ? await readBusiness(connection, name) : { uid: null, sales: null, registers: [] }
  await connection.query('commit')
  const content = JSON.stringify([tables, own.sales, own.registers])
  return {
    ...own,
    position,
    tables,
    contentHash: sha256(content),
    definitionsHash: sha256(definitions.map(({ text }) => text).join('\n')),
  }
}

async function positionOf(connection: Connection, status: RowDataPacket[]): Promise<Position | null> {
  const values = new Map(status.map((row) => [String(row.Variable_name).toLowerCase(), String(row.Value)]))
  const file = values.get('binlog_snapshot_file') ?? ''
  if (file === '') return null
  const offset = Number(values.get('binlog_snapshot_position'))
  const [rows] = await connection.query<RowDataPacket[]>('select binlog_gtid_pos(?, ?) as gtid', [
    file,
    offset,
  ])
  return { file, offset, gtid: String(rows[0]?.gtid ?? '') }
}

/**
 * CHECKSUM TABLE alone is not enough: it hashes texts without their lengths, so that «Local1», «2 de Mayo» and
 * «Local», «12 de Mayo» are the same to it. Ours is read together with the counts, which go over every row anyway.
 */
async function readTables(
  connection: Connection,
  database: string,
  definitions: readonly Definition[],
): Promise<Fingerprint['tables']> {
  if (definitions.length === 0) return []
  const tables = definitions.map(({ name }) => `${database}.${quoted(name)}`)
  const digests = definitions.map(
    ({ text }, i) => `select ${i} as i, count(*) as n, ${rowsDigest(text)} as d from ${tables[i]}`,
  )
  // Answers differ from table to table only in their name: one statement each for checksums and digests.
  const [[checksums = [], found = []]] = await connection.query<RowDataPacket[][]>(
    `checksum table ${tables.join(', ')}; ${digests.join(' union all ')}`,
  )
  const rows = new Map(found.map((row) => [Number(row.i), { count: Number(row.n), digest: String(row.d) }]))
  return definitions.map(({ name }, i) => {
    const checksum = checksums[i]?.Checksum
    const own = rows.get(i)
    // A warning in place of an error: a table that is broken or gone answers NULL.
    if (checksum === null || checksum === undefined || !own) throw new UnreadableTable(name)
    return { name, rows: own.count, checksum: `${checksum}-${own.digest}` }
  })
}

/**
 * The sum of 60 bits of each row's SHA-1, whatever the order of the rows. A sum, not an exclusive or: values that
 * two rows exchange must show. SHA-1 is no slower here than CRC-32 and three times as fast as MD5.
 */
function rowsDigest(definition: string): string {
  const columns = [...definition.matchAll(/^ {2}`((?:[^`]|``)+)` (\w+)/gm)]
  const row = columns.map(([, name = '', type = '']) => hashable(`\`${name}\``, type)).join(', ')
  return `cast(coalesce(sum(cast(conv(left(sha1(concat_ws(',', ${row})), 15), 16, 10) as unsigned)), 0) as char)`
}

/** NULL is told from every value, and where a text ends; large values by their own hash. */
function hashable(column: string, type: string): string {
  if (/int$|decimal|date|time|year/.test(type)) return `coalesce(${column}, 'N')`
  if (/blob|text|json/.test(type)) return `coalesce(sha1(${column}), 'N')`
  return `coalesce(concat(length(${column}), ':', ${column}), 'N')`
}

/** A table that the server cannot read. */
export class UnreadableTable extends Error {
  override readonly name = 'UnreadableTable'
  constructor(table: string) {
    super(`the table ${table} cannot be read`)
  }
}

async function readBusiness(
  connection: Connection,
  database: string,
): Promise<Pick<Fingerprint, 'uid' | 'sales' | 'registers'>> {
  const [[business = [], sums = [], registers = []]] = await connection.query<RowDataPacket[][]>(
    `select uid from ${database}.business where id = 1;
     select count(*) as made, cast(coalesce(sum(total_centimos), 0) as char) as centimos from ${database}.sales;
     select r.id, (select count(*) from ${database}.sales s where s.register_id = r.id) as made,
       cast(coalesce((select sum(n.next_number - 1) from ${database}.series n where n.register_id = r.id), 0) as char) as last_number
     from ${database}.registers r order by r.id`,
  )
  return {
    uid: business[0] ? String(business[0].uid) : null,
    sales: { made: Number(sums[0]?.made ?? 0), centimos: Number(sums[0]?.centimos ?? 0) },
    registers: registers.map((row) => ({
      id: Number(row.id),
      made: Number(row.made),
      lastNumber: Number(row.last_number),
    })),
  }
}

type Definition = { name: string; text: string }

/** Without the next AUTO_INCREMENT: an insert that was rolled back moves it, and no row is different. */
async function readDefinitions(
  connection: Connection,
  database: string,
  names: readonly string[],
): Promise<Definition[]> {
  if (names.length === 0) return []
  const [answers] = await connection.query<RowDataPacket[]>(
    names.map((name) => `show create table ${database}.${quoted(name)}`).join('; '),
  )
  // One statement answers with its rows, several with a list of rows.
  const rows = (
    names.length === 1 ? answers : (answers as unknown as RowDataPacket[][]).flat()
  ) as RowDataPacket[]
  return rows.map((row) => ({
    name: String(row.Table),
    text: String(row['Create Table']).replace(/ AUTO_INCREMENT=\d+/, ''),
  }))
}

const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
