import type { Connection, RowDataPacket } from 'mysql2/promise'

// Ranges of one table's primary key: from after `after` (null: from the first) up to `until` (null: to the end).

export type Column = { name: string; type: string }
export type TableShape = { name: string; columns: readonly Column[]; key: readonly Column[] }
export type Range = { after: string[] | null; until: string[] | null }

/** The last key of the next rows of the source, as many as fit into one statement; null: the table's end. */
export async function nextBound(
  source: Connection,
  shape: TableShape,
  after: string[] | null,
): Promise<string[] | null> {
  const where = conditions(shape, { after, until: null })
  const keys = shape.key.map(({ name }) => quoted(name)).join(', ')
  const [rows] = await source.query<RowDataPacket[][]>({
    sql: `select ${keys} from ${quoted(shape.name)} force index (primary) ${where.text} order by ${keys} limit 1 offset ${rowsAtOnce(shape) - 1}`,
    values: where.values,
    rowsAsArray: true,
    typeCast: asWritten(shape.key),
  })
  return (rows[0] as unknown as string[] | undefined) ?? null
}

/** Are the rows of this range the same on both sides? `rows`: how many the source has in it. */
export async function sameRange(
  source: Connection,
  target: Connection,
  shape: TableShape,
  range: Range,
): Promise<{ isSame: boolean; rows: number }> {
  const [ours, theirs] = await Promise.all([digest(source, shape, range), digest(target, shape, range)])
  return { isSame: ours.digest === theirs.digest, rows: ours.rows }
}

/** Puts the source's rows in the place of the target's; returns how many. */
export async function copyRange(
  source: Connection,
  target: Connection,
  shape: TableShape,
  range: Range,
): Promise<number> {
  const where = conditions(shape, range)
  const columns = shape.columns.map(({ name }) => quoted(name)).join(', ')
  const [rows] = await source.query<RowDataPacket[][]>({
    sql: `select ${columns} from ${quoted(shape.name)} ${where.text}`,
    values: where.values,
    rowsAsArray: true,
    typeCast: asWritten(shape.columns),
  })
  await target.query('start transaction')
  await target.query(`delete from ${quoted(shape.name)} ${where.text}`, where.values)
  // REPLACE: a unique value may have gone from a row that is yet to come to one of these. The row that gives
  // way is written again in its own range, or in the next round.
  for (const batch of batchesOf(rows))
    await target.query(`replace into ${quoted(shape.name)} (${columns}) values ?`, [batch])
  await target.query('commit')
  return rows.length
}

/**
 * Over the number of rows and all their values; the order of rows does not matter. Five times as fast as MD5, and
 * not the last word: whoever switches compares both databases by the servers' own checksums afterwards.
 */
async function digest(
  connection: Connection,
  shape: TableShape,
  range: Range,
): Promise<{ digest: string; rows: number }> {
  const where = conditions(shape, range)
  const row = `crc32(concat_ws(',', ${shape.columns.map(hashable).join(', ')}))`
  const [[sums]] = await connection.query<RowDataPacket[]>(
    `select count(*) as n, cast(bit_xor(h) as char) as a, cast(sum(h) as char) as b
     from (select ${row} as h from ${quoted(shape.name)} ${where.text}) as hashed`,
    where.values,
  )
  const rows = Number(sums?.n)
  return { digest: `${rows} ${sums?.a} ${sums?.b}`, rows }
}

/** NULL is told from every value, and where a text ends; large values by their own hash. */
function hashable({ name, type }: Column): string {
  const column = quoted(name)
  if (/int$|decimal|date|time/.test(type)) return `coalesce(${column}, 'NULL')`
  return /blob|text|json/.test(type) ? `coalesce(sha1(${column}), 'NULL')` : `quote(${column})`
}

/** Written out: the server does not use the index for `(a, b) > (?, ?)`. */
function conditions({ key }: TableShape, { after, until }: Range): { text: string; values: unknown[] } {
  const values: unknown[] = []
  /** a > ? or (a = ? and (b > ? or …)), with the last one strict or not. */
  const beyond = (bound: string[], sign: '>' | '<', last: '>' | '<='): string => {
    const step = (i: number): string => {
      const name = quoted(key[i]?.name ?? '')
      const value = parameter(key[i], bound[i] ?? '')
      if (i === key.length - 1) {
        values.push(value)
        return `${name} ${last} ?`
      }
      values.push(value, value)
      return `(${name} ${sign} ? or (${name} = ? and ${step(i + 1)}))`
    }
    return step(0)
  }
  const parts: string[] = []
  if (after) parts.push(beyond(after, '>', '>'))
  if (until) parts.push(beyond(until, '<', '<='))
  return { text: parts.length > 0 ? `where ${parts.join(' and ')}` : '', values }
}

/** A number compared with a text would be compared as a floating one. */
const parameter = (column: Column | undefined, value: string) =>
  /int$/.test(column?.type ?? '') ? BigInt(value) : value

/** Small enough for `max_allowed_packet`: binary values are written as two digits a byte. */
const bytesAtOnce = 2 * 1024 ** 2

function* batchesOf(rows: readonly RowDataPacket[][]): Generator<RowDataPacket[][]> {
  let batch: RowDataPacket[][] = []
  let bytes = 0
  for (const row of rows) {
    batch.push(row)
    for (const value of row as unknown as (string | Buffer | null)[]) bytes += value?.length ?? 4
    if (bytes < bytesAtOnce) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}

/** One range is held in memory. */
function rowsAtOnce({ columns }: TableShape): number {
  const types = columns.map(({ type }) => type)
  if (types.includes('longblob')) return 4
  if (types.includes('mediumblob')) return 20
  return types.some((type) => /blob|text|json/.test(type)) ? 250 : 1000
}

type Field = { name: string; string(encoding: string): string | null; buffer(): Buffer | null }

/** Values as the server writes them: no date, number or JSON is understood on the way, and none is rounded. */
function asWritten(columns: readonly Column[]) {
  const binary = new Set(columns.filter(({ type }) => /blob|binary|^bit$/.test(type)).map(({ name }) => name))
  return (field: unknown): string | Buffer | null => {
    const value = field as Field
    return binary.has(value.name) ? value.buffer() : value.string('utf8')
  }
}

const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``
