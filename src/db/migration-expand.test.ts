import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { migrationFiles } from '#src/db/migrations.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import { testDatabases, testTenant } from '../../tests/support/database.ts'

// Expand, then contract: whatever the release before may say to a business's database works on the new schema.
// Its queries are taken from the schema that drizzle-kit kept beside each migration: the release before names
// exactly those tables and columns, writes all of them or only those that it must, and knows no others.

type Column = { name: string; type: string; notNull: boolean; autoincrement: boolean; default?: unknown }
type Table = {
  name: string
  columns: Record<string, Column>
  foreignKeys: Record<string, { tableTo: string; columnsFrom: string[] }>
}
type Schema = { tables: Record<string, Table> }

const folder = 'drizzle/tenant/meta'
const schemas = readdirSync(folder)
  .filter((name) => name.endsWith('_snapshot.json'))
  .toSorted()
  .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Schema)

describe.each(schemas.slice(0, -1).map((schema, at) => ({ schema, release: at + 1 })))(
  'what a program of schema $release says',
  ({ schema, release }) => {
    test('is understood by the newest schema, through the account of the business', async () => {
      const { db } = await testTenant('Pollería Rosita', await testDatabases())
      const tables = parentsFirst(stillPromised(schema, release))
      expect(tables.length).toBeGreaterThan(10)
      const problems: string[] = []
      const say = (statement: string) => told(db, statement, problems)
      for (const columns of ['all', 'needed'] as const) {
        for (const table of tables) await say(insert(table, columns))
        for (const table of tables) await say(select(table))
        for (const table of tables) await say(update(table))
        for (const table of tables.toReversed()) await say(`delete from ${table.name} where ${its(table)}`)
      }
      expect(problems).toEqual([])
    })
  },
)

test('a column that is gone, or that must be given a value, is found', async () => {
  const { tenant, db } = await testTenant('Bodega Carla', await testDatabases())
  await (await testDatabases()).provision(async (root) => {
    await root.select(tenant.nombreDb)
    await root.query('alter table products drop column position, add column kind varchar(8) not null')
  })
  const [products] = parentsFirst(schemas[0] ?? { tables: {} }).filter(({ name }) => name === 'products')
  if (!products) throw new Error('products have another name')
  const problems: string[] = []
  await told(db, select(products), problems)
  await told(db, insert(products, 'needed'), problems)
  expect(problems).toEqual([
    expect.stringContaining("Unknown column 'position'"),
    expect.stringContaining("'kind' doesn't have a default value"),
  ])
})

/** What a later file takes away on purpose is no longer promised: it says why nobody misses it. */
function stillPromised(schema: Schema, release: number): Schema {
  const newest = schemas.at(-1)?.tables ?? {}
  if (!migrationFiles('tenant').some(({ version, contract }) => version > release && contract)) return schema
  const tables = Object.values(schema.tables).flatMap((table) => {
    const now = newest[table.name]?.columns
    const columns = Object.entries(table.columns).filter(([name]) => now?.[name])
    return now ? [[table.name, { ...table, columns: Object.fromEntries(columns) }] as const] : []
  })
  return { tables: Object.fromEntries(tables) }
}

function parentsFirst({ tables }: Schema): Table[] {
  const ordered: Table[] = []
  const visit = (table: Table) => {
    if (ordered.includes(table)) return
    for (const { tableTo } of Object.values(table.foreignKeys)) {
      const parent = tables[tableTo]
      if (parent && parent !== table) visit(parent)
    }
    ordered.push(table)
  }
  for (const table of Object.values(tables)) visit(table)
  return ordered
}

async function told(db: TenantDb, statement: string, problems: string[]): Promise<void> {
  try {
    await db.execute(sql.raw(statement))
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    problems.push(`${statement.slice(0, 80)}: ${cause}`)
  }
}

const columnsOf = ({ columns }: Table) => Object.values(columns)
const quoted = (columns: readonly Column[]) => columns.map(({ name }) => `\`${name}\``).join(', ')

/** Every number is 2, so that every reference finds its row and none is the owner's or the spare's own. */
function insert(table: Table, which: 'all' | 'needed'): string {
  const isNeeded = (column: Column) => column.notNull && column.default === undefined
  const columns = columnsOf(table).filter(
    (column) => which === 'all' || isNeeded(column) || column.autoincrement,
  )
  // A row that points to itself could not be deleted again.
  const toItself = Object.values(table.foreignKeys)
    .filter(({ tableTo }) => tableTo === table.name)
    .flatMap(({ columnsFrom }) => columnsFrom)
  const values = columns.map((column) => (toItself.includes(column.name) ? 'null' : sampleOf(column)))
  return `insert into ${table.name} (${quoted(columns)}) values (${values.join(', ')})`
}

const select = (table: Table) => `select ${quoted(columnsOf(table))} from ${table.name}`
const update = (table: Table) =>
  `update ${table.name} set ${columnsOf(table)
    .map(({ name }) => `\`${name}\` = \`${name}\``)
    .join(', ')} where ${its(table)}`
const its = (table: Table) => {
  const [first] = columnsOf(table).filter(({ notNull }) => notNull)
  return first ? `\`${first.name}\` = ${sampleOf(first)}` : 'true'
}

function sampleOf({ type }: Column): string {
  if (/^(tiny|small|big)?int/.test(type)) return '2'
  if (/^boolean/.test(type)) return '1'
  if (/^datetime/.test(type)) return "'2026-11-23 17:00:00.000'"
  if (/^date/.test(type)) return "'2026-11-23'"
  if (/char|text|blob|json/.test(type)) return "'2'"
  throw new Error(`a type that this test does not know: ${type}`)
}
