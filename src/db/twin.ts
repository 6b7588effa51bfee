import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { connectionDefaults } from './pool-slot.ts'
import type { ServerAddress } from './server-address.ts'
import { sessionSetup } from './session.ts'
import { type Column, copyRange, nextBound, sameRange, type TableShape } from './twin-rows.ts'

/** A database on one of the servers. */
export type Place = { server: ServerAddress; database: string }

export type Round = {
  /** Rows written into the other database; 0: it was the same already, as far as this round could see. */
  written: number
}

/** Two databases of which the second becomes what the first is. */
export type Twin = {
  /** The tables of the first, empty, in the second: which must be new. */
  createTables(): Promise<void>
  /** Rows there will be to look at, about. */
  rowsAbout(): Promise<number>
  /**
   * Looks at every row and carries over what differs, whatever is sold meanwhile: the next round finds what was.
   * With nobody at work in the first the two are equal afterwards. `isLast`: tables with the same checksum are
   * not looked into, and the next numbers of AUTO_INCREMENT are made equal too.
   */
  round(options: {
    isLast: boolean
    onRows?: (seen: number) => void
    signal?: AbortSignal | undefined
  }): Promise<Round>
  close(): Promise<void>
}

/**
 * Copies by content: ranges of the primary key whose digests differ are written again. It needs no binary log,
 * locks nothing in the first database, and repeating it is as good as doing it once.
 */
export async function openTwin(from: Place, to: Place): Promise<Twin> {
  const source = await connect(from)
  const target = await connect(to).catch(async (error: unknown) => {
    source.destroy()
    throw error
  })
  // Rows come table by table, and for a moment one may point to what is not there yet.
  await target.query('set session foreign_key_checks = 0')
  const names = async () =>
    (await rowsOf(source, `show full tables where table_type = 'BASE TABLE'`)).map(first)
  return {
    async createTables() {
      for (const name of await names()) {
        const [row] = await rowsOf(source, `show create table ${quoted(name)}`)
        await target.query(String(row?.['Create Table']))
      }
    },
    async rowsAbout() {
      const [row] = await rowsOf(
        source,
        'select cast(coalesce(sum(table_rows), 0) as char) as n from information_schema.tables where table_schema = database()',
      )
      return Number(row?.n)
    },
    async round({ isLast, onRows = () => {}, signal }) {
      const all = await names()
      const differing = isLast ? await unequal(source, target, all) : all
      let written = 0
      let seen = 0
      for (const name of differing) {
        const done = await copyTable(source, target, await shapeOf(source, name), signal, (rows) => {
          seen += rows
          onRows(seen)
        })
        written += done
      }
      if (isLast) await sameCounters(source, target)
      return { written }
    },
    async close() {
      await Promise.all([source, target].map((one) => one.end().catch(() => one.destroy())))
    },
  }
}

async function copyTable(
  source: Connection,
  target: Connection,
  shape: TableShape,
  signal: AbortSignal | undefined,
  onRows: (rows: number) => void,
): Promise<number> {
  let written = 0
  for (let after: string[] | null = null; ; ) {
    signal?.throwIfAborted()
    const until = await nextBound(source, shape, after)
    const range = { after, until }
    const compared = await sameRange(source, target, shape, range)
    if (!compared.isSame) written += await copyRange(source, target, shape, range)
    onRows(compared.rows)
    if (until === null) return written
    after = until
  }
}

/** Tables whose rows are not the same by the servers' own checksum: both at once, each on its own server. */
async function unequal(source: Connection, target: Connection, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const statement = `checksum table ${names.map(quoted).join(', ')}`
  const [ours, theirs] = await Promise.all([rowsOf(source, statement), rowsOf(target, statement)])
  return names.filter((_, i) => {
    const sum = ours[i]?.Checksum
    return sum === null || sum === undefined || String(sum) !== String(theirs[i]?.Checksum)
  })
}

/** A number that was taken and given up is not given out again after a move either. */
async function sameCounters(source: Connection, target: Connection): Promise<void> {
  const statement = `select table_name as name, cast(auto_increment as char) as next from information_schema.tables
    where table_schema = database() and auto_increment is not null`
  const theirs = new Map((await rowsOf(target, statement)).map((row) => [String(row.name), BigInt(row.next)]))
  for (const row of await rowsOf(source, statement)) {
    const next = BigInt(row.next)
    if (next > (theirs.get(String(row.name)) ?? 0n))
      await target.query(`alter table ${quoted(String(row.name))} auto_increment = ${next}`)
  }
}

async function shapeOf(connection: Connection, name: string): Promise<TableShape> {
  const columns = await rowsOf(
    connection,
    `select column_name as name, data_type as type, extra from information_schema.columns
     where table_schema = database() and table_name = ? order by ordinal_position`,
    [name],
  )
  const key = await rowsOf(
    connection,
    `select column_name as name from information_schema.statistics
     where table_schema = database() and table_name = ? and index_name = 'PRIMARY' order by seq_in_index`,
    [name],
  )
  if (key.length === 0) throw new Error(`the table ${name} has no primary key`)
  const kept: Column[] = columns
    .filter((row) => !/GENERATED/i.test(String(row.extra)))
    .map((row) => ({ name: String(row.name), type: String(row.type).toLowerCase() }))
  const ofKey = key.flatMap((row) => kept.find((column) => column.name === row.name) ?? [])
  return { name, columns: kept, key: ofKey }
}

async function connect({ server, database }: Place): Promise<Connection> {
  const connection = await mysql.createConnection({ ...connectionDefaults, ...server, database })
  connection.on('error', () => {}) // the statement that meets it throws
  await connection.query(sessionSetup({ statementSeconds: 0 }))
  return connection
}

async function rowsOf(connection: Connection, text: string, values: string[] = []): Promise<RowDataPacket[]> {
  return (await connection.query<RowDataPacket[]>(text, values))[0]
}

const first = (row: RowDataPacket) => String(Object.values(row)[0])
const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``
