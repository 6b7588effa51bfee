import mysql, { type Connection } from 'mysql2/promise'
import { tenants } from '../../src/db/admin-schema.ts'
import type { Databases, ServerAddress } from '../../src/db/databases.ts'
import { migrateAll } from '../../src/db/migrate.ts'
import { schemaMigrations } from '../../src/db/migration-table.ts'
import { type Migration, migrationFiles, newestVersion, parseMigration } from '../../src/db/migrations.ts'
import { makeSpare } from '../../src/tenants/spares.ts'
import type { Bench } from './place.ts'
import { atMostTimes, type Row } from './table.ts'

const atOnce = 4

/** An upgrade of every business, beside the same statements run four at a time with nothing written down. */
export async function migrations(bench: Bench): Promise<Row[]> {
  return measureMigrations(bench.databases, bench.server)
}

export async function measureMigrations(
  databases: Databases,
  server: ServerAddress,
  count = 1000,
): Promise<Row[]> {
  const canary = await makeSpare(databases, () => new Date())
  const names = await manyBusinesses(databases, server, count)
  let [bareMs, ourMs] = [0, 0]
  const files = migrationFiles('tenant')
  const bare = async (round: number) => {
    bareMs += await timed(() => runBare(server, names, upgrade(`bare_${round}`, 0).statements))
  }
  const ours = async (round: number) => {
    files.push(upgrade(`ours_${round}`, newestVersion(files) + 1))
    ourMs += await timed(async () => {
      const { failed, held } = await migrateAll(databases, { files, canaries: [canary.id] })
      if (failed.length + held.length > 0) throw new Error(failed[0]?.problem ?? 'some were held')
    })
  }
  // Each index makes the next one dearer, and the machine does other things too: neither may favour one side.
  await bare(1)
  await ours(1)
  await ours(2)
  await bare(2)
  const yardstick = { name: 'bare SQL, four at a time', value: bareMs / 2 }
  return [
    atMostTimes(1.3, { name: `migrating ${count} businesses`, value: ourMs / 2, unit: 'ms', yardstick }),
  ]
}

/** What an ordinary release brings: a table, a column and an index. */
function upgrade(name: string, version: number): Migration {
  const statements = [
    `create table ${name} (id int unsigned not null auto_increment primary key, customer varchar(80) not null, owed_centimos int not null, created_at datetime(3) not null, index ${name}_customer (customer)) engine=InnoDB`,
    `alter table products add column ${name} varchar(40), algorithm=instant, lock=none`,
    `create index ${name}_price on products (price_centimos, ${name}) algorithm=inplace lock=none`,
  ]
  const file = parseMigration(
    `0000_${name}.sql`,
    `-- reads_from: 0.0.0\n${statements.join(';\n--> statement-breakpoint\n')}`,
  )
  return { ...file, version }
}

/** With the one table that the upgrade changes, and what the shop sells in it: the others would only fill the disk. */
async function manyBusinesses(databases: Databases, server: ServerAddress, count: number): Promise<string[]> {
  const [table] = migrationFiles('tenant').flatMap(({ statements }) =>
    statements.filter((statement) => /^create table `products`/i.test(statement)),
  )
  const shipped = migrationFiles('tenant')
  const now = new Date()
  const names: string[] = []
  for (let i = 0; i < count; i += 100) {
    const rows = Array.from({ length: 100 }, (_, j) => ({
      uid: crypto.randomUUID(),
      nombreDb: `bench_${i + j}`,
    }))
    const status = 'ACTIVO' as const
    const inserted = await databases.admin
      .insert(tenants)
      .values(rows.map((row) => ({ ...row, status, schemaVersion: newestVersion(), createdAt: now })))
      .$returningId()
    const runs = inserted.flatMap(({ id }) =>
      shipped.map(({ version, name, hash, statements }) => ({
        tenantId: id,
        version,
        name,
        hash,
        statements: statements.length,
        statementsDone: statements.length,
        state: 'done' as const,
        startedAt: now,
      })),
    )
    await databases.admin.insert(schemaMigrations).values(runs)
    names.push(...rows.map(({ nombreDb }) => nombreDb))
  }
  await fourAtOnce(server, names, async (connection, name) => {
    await connection.query(`create database ${name} character set utf8mb4 collate utf8mb4_unicode_520_ci`)
    await connection.query(`use ${name}`)
    await connection.query(table ?? '')
    const products = Array.from({ length: 60 }, (_, i) => [`Producto ${i}`, 100 * i, now, now])
    await connection.query('insert into products (name, price_centimos, created_at, updated_at) values ?', [
      products,
    ])
  })
  return names
}

const runBare = (server: ServerAddress, names: readonly string[], statements: readonly string[]) =>
  fourAtOnce(server, names, async (connection, name) => {
    await connection.query(`use ${name}`)
    for (const statement of statements) await connection.query(statement)
  })

async function fourAtOnce(
  server: ServerAddress,
  names: readonly string[],
  work: (connection: Connection, name: string) => Promise<void>,
): Promise<void> {
  const queue = [...names]
  const worker = async () => {
    const connection = await mysql.createConnection({ ...server })
    for (let name = queue.shift(); name; name = queue.shift()) await work(connection, name)
    await connection.end()
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
