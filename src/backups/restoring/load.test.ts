import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { formatHeader } from '#src/backups/restoring/copy.ts'
import { inspectCopy } from '#src/backups/restoring/inspect.ts'
import { loadCopy } from '#src/backups/restoring/load.ts'
import { copySentence } from '#src/backups/restoring/texts.ts'
import { program } from '#src/db/programs.ts'
import { type ScratchServer, startScratchServer } from '#src/db/scratch-server.ts'
import { sales as saleRoutes } from '#src/sales/routes.tsx'
import { counter, openShop, order, type Shop } from '../../../tests/support/till.ts'

let folder: string
let scratch: ScratchServer
let rosa: Shop
let file: string
let dump: string
let into: { server: ScratchServer['address']; database: string }
let turn = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sk-l-'))
  scratch = await startScratchServer(folder)
  rosa = await openShop()
  const till = counter(rosa, [saleRoutes])
  for (let i = 0; i < 3; i++) expect((await till.json('/pos/ventas', order(rosa))).status).toBe(200)
  dump = `${header()}\n${execFileSync(
    program('mariadb-dump'),
    [
      `--socket=${inject('testServer').socketPath}`,
      '-uroot',
      '--single-transaction',
      '--hex-blob',
      '--routines',
      '--triggers',
      '--events',
      rosa.tenant.nombreDb,
    ],
    { encoding: 'utf8' },
  )}`
}, 60_000)
afterAll(async () => {
  await scratch?.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  turn++
  file = join(folder, `backup-${turn}.sql.gz`)
  into = { server: scratch.address, database: `db_cliente_${turn}` }
  writeFileSync(file, gzipSync(dump))
})

const header = (change: { uid?: string; schemaVersion?: number } = {}) =>
  formatHeader({ uid: rosa.tenant.uid, tenantId: rosa.tenant.id, generation: 1, schemaVersion: 1, ...change })
const write = (text: string) => writeFileSync(file, gzipSync(text))
const load = (expected: { uid?: string; sha256?: string } = {}) =>
  loadCopy(file, into, { uid: rosa.tenant.uid, ...expected })
const beforeTrailer = (line: string) => dump.replace(/\n-- Dump completed/, `\n${line}\n-- Dump completed`)

const onScratch = async (question: string, values: string[] = []) => {
  const connection = await mysql.createConnection(scratch.address)
  try {
    return (await connection.query(question, values))[0] as Record<string, unknown>[]
  } finally {
    connection.destroy()
  }
}
/** Neither the database nor the account that loads. */
const nothingLeft = async () => {
  const databases = await onScratch(
    'select schema_name from information_schema.schemata where schema_name = ?',
    [into.database],
  )
  const accounts = await onScratch("select user from mysql.user where user like 'smartket_load%'")
  return databases.length === 0 && accounts.length === 0
}

test("Rosa's copy comes back whole, and the account that loaded it is gone", async () => {
  const answer = await load()
  expect(answer).toMatchObject({ ok: true, header: { uid: rosa.tenant.uid, tenantId: rosa.tenant.id } })
  expect(await onScratch(`select count(*) as made from ${into.database}.sales`)).toEqual([{ made: 3 }])
  expect(await onScratch("select user from mysql.user where user like 'smartket_load%'")).toEqual([])
})

test('the SHA-256 of the night is enough to know the file again', async () => {
  const inspected = await inspectCopy(file, { uid: rosa.tenant.uid })
  if (!inspected.ok) throw new Error(inspected.problem)
  expect(await load({ sha256: inspected.sha256 })).toMatchObject({ ok: true })
})

test('a database of that name is never written into', async () => {
  await onScratch(`create database ${into.database}`)
  await onScratch(`create table ${into.database}.kept (id int)`)
  await expect(load()).rejects.toThrow()
  expect(await onScratch(`select count(*) as n from ${into.database}.kept`)).toEqual([{ n: 0 }])
})

const flipped = () => {
  const bytes = readFileSync(file)
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0x40
  writeFileSync(file, bytes)
}
const twoFrames = () => {
  const half = Math.floor(dump.length / 2)
  writeFileSync(file, gzipSync(dump.slice(0, half)))
}
const cut = (keep: number) => writeFileSync(file, readFileSync(file).subarray(0, keep))

test.each<[string, string, () => void]>([
  ['missing', 'a file that is not there', () => rmSync(file)],
  ['truncated', 'an empty file', () => writeFileSync(file, '')],
  ['truncated', 'a file cut in the middle', () => cut(Math.floor(readFileSync(file).length / 2))],
  ['truncated', 'a file without its last byte', () => cut(readFileSync(file).length - 1)],
  ['truncated', 'a file cut between two frames of gzip', twoFrames],
  ['truncated', 'a dump that goes on after its end', () => write(`${dump}\nselect 1;\n`)],
  ['not-gzip', 'a plain text', () => writeFileSync(file, dump)],
  ['not-gzip', 'a flipped bit', flipped],
  ['no-header', 'a dump that SmartKet did not make', () => write(dump.slice(dump.indexOf('\n') + 1))],
  ['foreign', "Carla's copy", () => write(dump.replace(rosa.tenant.uid, crypto.randomUUID()))],
  [
    'newer',
    'a copy of a later release',
    () => write(dump.replace(header(), header({ schemaVersion: 9999 }))),
  ],
])('%s: %s is refused before there is a database', async (problem, _what, spoil) => {
  spoil()
  expect(await load()).toMatchObject({ ok: false, problem })
  expect(await nothingLeft()).toBe(true)
})

test('with the SHA-256 of the night every changed file is a changed file', async () => {
  const sha256 = 'a'.repeat(64)
  expect(await load({ sha256 })).toMatchObject({ problem: 'tampered' })
  flipped()
  expect(await load({ sha256 })).toMatchObject({ problem: 'tampered' })
})

test.each([
  ['a shell line', (mark: string) => `\\! touch ${mark}`],
  ['a shell line within a statement', (mark: string) => `select 1 \\! touch ${mark}\n;`],
  ['system, written out', (mark: string) => `system touch ${mark}`],
  ['an output file', (mark: string) => `\\T ${mark}`],
  ['a file of the server', (mark: string) => `select 1 into outfile '${mark}';`],
  ['another file of SQL', () => 'source /etc/hostname'],
  ['a file of the machine', () => "load data local infile '/etc/passwd' into table customers (name);"],
])('%s does nothing, and the copy is refused', async (_what, line) => {
  const mark = join(folder, `mark-${turn}`)
  write(beforeTrailer(line(mark)))
  expect(await load()).toMatchObject({ ok: false, problem: 'refused' })
  expect(existsSync(mark)).toBe(false)
  expect(await nothingLeft()).toBe(true)
})

test.each([
  ['another database', 'create database neighbour;'],
  ["a neighbour's table", 'insert into mysql.proc (name) values (1);'],
  ['an account', "create user 'eve'@'%';"],
  ['a setting of the server', 'set global max_connections = 1;'],
  ['a trigger', 'create trigger t before insert on sales for each row set new.id = 1;'],
  ['a view', 'create view v as select * from sales;'],
  ['a routine', 'create procedure p() select 1;'],
  ['an event', 'create event e on schedule every 1 day do delete from sales;'],
])('%s is beyond the account that loads', async (_what, line) => {
  write(beforeTrailer(line))
  const answer = await load()
  expect(answer).toMatchObject({ ok: false, problem: 'refused' })
  expect(await nothingLeft()).toBe(true)
})

test("`use` does not lead out of the business's own database", async () => {
  await onScratch('create database if not exists db_cliente_99')
  write(beforeTrailer('use db_cliente_99;\ncreate table taken (id int);'))
  expect(await load()).toMatchObject({ problem: 'refused' })
})

test('a table of another kind is strange', async () => {
  write(beforeTrailer('create table odd (id int) engine=MyISAM;'))
  expect(await load()).toMatchObject({ problem: 'strange', detail: 'myisam' })
  expect(await nothingLeft()).toBe(true)
})

test('the sentence names file and line, and nothing of what stands in the copy', async () => {
  write(beforeTrailer("insert into customers values ('rosa@example.test' oops);"))
  const answer = await load()
  if (answer.ok) throw new Error('it was loaded')
  const sentence = copySentence('backup-1.sql.gz', answer)
  expect(sentence).toMatch(
    /^backup-1.sql.gz: The database refused what stands in it\. What had been loaded was taken away again\. \(error 1064 at line \d+\)$/,
  )
  expect(sentence).not.toContain('rosa@')
})

test('it is one gzip of a text that anybody unpacks', () => {
  expect(gunzipSync(readFileSync(file)).toString()).toBe(dump)
})
