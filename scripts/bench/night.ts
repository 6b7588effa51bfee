import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { runNight } from '../../src/backups/night/actions.ts'
import { tenants } from '../../src/db/admin-schema.ts'
import { type Databases, openDatabases, type ServerAddress } from '../../src/db/databases.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { migrateAdmin } from '../../src/db/migrate.ts'
import { migrationFiles, newestVersion } from '../../src/db/migrations.ts'
import { program } from '../../src/db/programs.ts'
import { charge } from '../../src/sales/actions.ts'
import { readSale } from '../../src/sales/form.ts'
import { findTenant, type Tenant } from '../../src/tenants/queries.ts'
import { makeSpare } from '../../src/tenants/spares.ts'
import { furnish } from './shop.ts'
import { asMeasured, atMostTimes, type Row } from './table.ts'

/** The night of 1,000 small businesses of which 50 changed, and what a till feels of it. On a server of its own. */
export async function night(): Promise<Row[]> {
  return measureNight()
}

const changed = 50
/** The plain loop has no reason to be faster or slower for the next hundred. */
const sampled = 100
const salesOfEach = 150

export async function measureNight(count = 1000): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sk-bn-'))
  // The private server, with the settings of production.
  const embedded = await startEmbedded(folder)
  const server = embedded.address
  const databases = await openDatabases({ server, masterKey: Buffer.alloc(32, 9) })
  try {
    await migrateAdmin(databases)
    const template = await makeTemplate(databases)
    const root = await mysql.createConnection({ ...server })
    await root.query(
      'set global sync_binlog = 0, global innodb_flush_log_at_trx_commit = 0, global sync_frm = 0',
    )
    const names = await copiesOfTemplate(databases, server, template, count - 1)
    await root.query(
      'set global sync_binlog = 1, global innodb_flush_log_at_trx_commit = 1, global sync_frm = 1',
    )
    await root.end()
    const copy = nightOf(databases, folder)
    await copy(0)
    await change(server, names.slice(0, changed))
    const second = await copy(1)
    if (second.report.dumped > changed + 2)
      throw new Error(`${second.report.dumped} were dumped, not ${changed}`)
    const loopMs = plainLoop(server, names.slice(-sampled), folder)
    const yardstick = {
      name: `for db: mariadb-dump | gzip (${sampled} measured, × ${count / sampled})`,
      value: ((loopMs / sampled) * count) / 1000,
    }
    const value = second.ms / 1000
    return [
      atMostTimes(0.2, { name: `a night of ${count}, ${changed} changed`, value, unit: 's', yardstick }),
      ...(await tillMeanwhile(databases, template, copy)),
    ]
  } finally {
    await databases.close()
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One business that sold for some weeks; all others hold the same rows. */
async function makeTemplate(databases: Databases): Promise<Tenant> {
  const { id } = await makeSpare(databases, () => new Date())
  await databases.admin
    .update(tenants)
    .set({ status: 'ACTIVO', businessName: 'Banco', plan: 'TRIAL_POLLERIA', trialStartedAt: new Date() })
    .where(eq(tenants.id, id))
  const tenant = await findTenant(databases.admin, id)
  if (!tenant) throw new Error('no template')
  await furnish(databases.tenant(tenant), 60, 1)
  for (let i = 0; i < salesOfEach; i++) await sell(databases, tenant)
  return tenant
}

async function sell(databases: Databases, tenant: Tenant): Promise<void> {
  const lines = [1, 2, 3].map((productId) => ({
    productId,
    quantityThousandths: 2000,
    unitPriceCentimos: 100 + (productId % 90) * 50,
  }))
  const payments = [{ method: 'efectivo', receivedCentimos: 10_000 }]
  const asked = {
    requestKey: crypto.randomUUID(),
    registerId: 1,
    channel: 'salon',
    orderLabel: '7',
    lines,
    payments,
  }
  const sale = readSale(asked, '')
  if (!sale.ok) throw new Error(sale.problem)
  const db = databases.tenant(tenant)
  const sold = await charge(db, { businessName: 'Banco' }, { id: 1, name: 'Rosa' }, sale.body, new Date())
  if (!sold.ok) throw new Error(sold.problem)
}

/** Tables as the migrations make them, rows from the template, a uid of each one's own. */
async function copiesOfTemplate(
  databases: Databases,
  server: ServerAddress,
  template: Tenant,
  count: number,
): Promise<string[]> {
  const root = await mysql.createConnection({ ...server })
  const [tables] = await root.query<RowDataPacket[]>(
    "select table_name as name from information_schema.tables where table_schema = ? and table_type = 'BASE TABLE'",
    [template.nombreDb],
  )
  const full: string[] = []
  for (const { name } of tables) {
    const [rows] = await root.query<RowDataPacket[]>(`select 1 from ${template.nombreDb}.\`${name}\` limit 1`)
    if (rows.length > 0) full.push(String(name))
  }
  await root.end()
  const createdAt = new Date()
  const values = Array.from({ length: count }, (_, i) => ({
    uid: crypto.randomUUID(),
    nombreDb: `db_cliente_${template.id + 1 + i}`,
    status: 'ACTIVO' as const,
    businessName: `Banco ${i}`,
    schemaVersion: newestVersion(),
    createdAt,
    trialStartedAt: createdAt,
  }))
  for (let i = 0; i < count; i += 200) await databases.admin.insert(tenants).values(values.slice(i, i + 200))
  const statements = migrationFiles('tenant').flatMap(({ statements }) => statements)
  const sales = full.map((table) => {
    const name = `\`${table}\``
    return `replace into ${name} select * from ${template.nombreDb}.${name}`
  })
  await inParallel(server, values, async (connection, { nombreDb, uid }) => {
    await connection.query(`create database ${nombreDb} character set utf8mb4 collate utf8mb4_unicode_520_ci`)
    await connection.query(`use ${nombreDb}`)
    await connection.query('set foreign_key_checks = 0')
    for (const statement of [...statements, ...sales]) await connection.query(statement)
    await connection.query('update business set uid = ?', [uid])
  })
  return values.map(({ nombreDb }) => nombreDb)
}

const change = (server: ServerAddress, names: readonly string[]) =>
  inParallel(server, names, async (connection, name) => {
    await connection.query(`update ${name}.products set price_centimos = price_centimos + 10 where id <= 3`)
  })

async function inParallel<T>(
  server: ServerAddress,
  all: readonly T[],
  work: (connection: Connection, one: T) => Promise<void>,
): Promise<void> {
  const queue = [...all]
  const worker = async () => {
    const connection = await mysql.createConnection({ ...server })
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(connection, one)
    await connection.end()
  }
  await Promise.all(Array.from({ length: 4 }, worker))
}

type Copy = (day: number, signal?: AbortSignal) => Promise<{ ms: number; report: Report }>
type Report = Extract<Awaited<ReturnType<typeof runNight>>, { ok: true }>['report']

/** The night of a day from the first one on. The disk of a bench is whoever's it is: its guard is not asked. */
const nightOf =
  (databases: Databases, dataFolder: string): Copy =>
  async (day, signal = new AbortController().signal) => {
    const started = performance.now()
    const at = new Date(Date.UTC(2026, 10, 23 + day, 8))
    const answer = await runNight({
      databases,
      config: { dataFolder },
      clock: () => at,
      signal,
      space: async () => ({ freeBytes: 1e13, totalBytes: 1e13 }),
    })
    if (!answer.ok || answer.report.failed.length > 0) throw new Error(JSON.stringify(answer))
    return { ms: performance.now() - started, report: answer.report }
  }

/** What the founding document says, to the letter. */
function plainLoop(server: ServerAddress, names: readonly string[], folder: string): number {
  if (!('socketPath' in server)) throw new Error('the private server has a socket')
  const options = join(folder, 'loop.cnf')
  writeFileSync(
    options,
    `[client]\nsocket=${server.socketPath}\nuser=${server.user}\npassword=${server.password}\n`,
    {
      mode: 0o600,
    },
  )
  const loop = `for db in ${names.join(' ')}; do "$DUMP" --defaults-file="$OPTIONS" --single-transaction --routines --hex-blob $db | gzip > "$FOLDER/$db.sql.gz" || exit 1; done`
  const started = performance.now()
  execFileSync('bash', ['-c', `set -o pipefail; ${loop}`], {
    env: { PATH: '/usr/bin:/bin', DUMP: program('mariadb-dump'), OPTIONS: options, FOLDER: folder },
  })
  return performance.now() - started
}

/**
 * The sale itself, in the very process that copies, as `serve` does at three: first alone, then while every
 * business is dumped again (a week later that happens anyway), and alone again.
 */
async function tillMeanwhile(databases: Databases, tenant: Tenant, copy: Copy): Promise<Row[]> {
  const seconds = 8
  const alone = await salesFor(databases, tenant, seconds)
  const stop = new AbortController()
  const copying = copy(8, stop.signal).catch((error) => {
    if (!stop.signal.aborted) throw error
  })
  await pause(1_000)
  const meanwhile = await salesFor(databases, tenant, seconds)
  stop.abort()
  await copying
  alone.push(...(await salesFor(databases, tenant, seconds)))
  return [
    asMeasured({
      name: 'a charge while all is dumped (p95, without HTTP)',
      value: p95(meanwhile),
      unit: 'ms',
      yardstick: { name: 'p95 without copies', value: p95(alone) },
    }),
  ]
}

/** A cashier a second is a busy counter; thirty show the tail. */
async function salesFor(databases: Databases, tenant: Tenant, seconds: number): Promise<number[]> {
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    const started = performance.now()
    await sell(databases, tenant)
    times.push(performance.now() - started)
    await pause(30)
  }
  return times
}

const p95 = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN
