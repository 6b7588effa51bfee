import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { pageSize, type SqlCell, type Table } from './table.ts'

type Row = Record<string, SqlCell>

/** Every table that there is, so that what is added tomorrow is in the export too. */
export async function listTables(db: Db): Promise<Table[]> {
  const columns = await rowsOf(
    db,
    sql`select c.table_name as name, c.column_name as col, c.column_type as type, c.is_nullable as nullable
        from information_schema.columns c
        join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
        where c.table_schema = database() and t.table_type = 'BASE TABLE'
        order by c.table_name, c.ordinal_position`,
  )
  const keys = await rowsOf(
    db,
    sql`select table_name as name, column_name as col from information_schema.key_column_usage
        where table_schema = database() and constraint_name = 'PRIMARY' order by table_name, ordinal_position`,
  )
  const names = [...new Set(columns.map((row) => String(row.name)))]
  const tables: Table[] = []
  for (const name of names) {
    const [shown] = await rowsOf(db, sql`show create table ${sql.identifier(name)}`)
    const of = (rows: Row[]) => rows.filter((row) => row.name === name)
    tables.push({
      name,
      columns: of(columns).map((row) => ({
        name: String(row.col),
        type: String(row.type).toLowerCase(),
        isNullable: row.nullable === 'YES',
      })),
      primaryKey: of(keys).map((row) => String(row.col)),
      create: String(shown?.['Create Table']),
    })
  }
  return tables
}

export async function countRows(db: Db, { name }: Table): Promise<number> {
  const [row] = await rowsOf(db, sql`select count(*) as n from ${sql.identifier(name)}`)
  return Number(row?.n ?? 0)
}

/** All rows of a table in the order of its primary key, a page at a time: no page is ever read twice. */
export async function* pagesOf(db: Db, table: Table): AsyncGenerator<SqlCell[][]> {
  const { columns, primaryKey } = table
  if (primaryKey.length === 0) throw new Error(`the table ${table.name} has no primary key`)
  const names = sql.join(
    columns.map(({ name }) => sql.identifier(name)),
    sql`, `,
  )
  const order = sql.join(
    primaryKey.map((name) => sql.identifier(name)),
    sql`, `,
  )
  const limit = pageSize(table)
  for (let after: Row | undefined; ; ) {
    const where = after ? sql`where ${isAfter(primaryKey, after)}` : sql``
    const rows = await rowsOf(
      db,
      sql`select ${names} from ${sql.identifier(table.name)} ${where} order by ${order} limit ${sql.raw(String(limit))}`,
    )
    if (rows.length > 0) yield rows.map((row) => columns.map(({ name }) => row[name] ?? null))
    after = rows.at(-1)
    if (rows.length < limit) return
  }
}

/** (a, b) > (x, y), spelled out: as one comparison of rows the server would read the whole table each time. */
function isAfter(primaryKey: readonly string[], last: Row): SQL {
  const alternatives = primaryKey.map((name, at) => {
    const same = primaryKey.slice(0, at).map((before) => sql`${sql.identifier(before)} = ${last[before]}`)
    return sql`(${sql.join([...same, sql`${sql.identifier(name)} > ${last[name]}`], sql` and `)})`
  })
  return sql.join(alternatives, sql` or `)
}

async function rowsOf(db: Db, statement: SQL): Promise<Row[]> {
  const [rows] = (await db.execute(statement)) as unknown as [Row[]]
  return rows
}
