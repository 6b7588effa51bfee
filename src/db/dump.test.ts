import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { holdTable } from '../../tests/support/copies.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../../tests/support/database.ts'
import { type DumpOrder, dump } from './dump.ts'
import { errnoOf } from './errors.ts'
import { fingerprint } from './fingerprint.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let rosa: ReadyTenant
let folder: string
let order: DumpOrder

beforeAll(async () => {
  own = await ownDatabases()
  rosa = await readyTenant('Pollería Rosita', own.databases)
  folder = mkdtempSync(join(tmpdir(), 'sk-d-'))
})
afterAll(async () => {
  await own.stop()
  rmSync(folder, { recursive: true, force: true })
})
let files = 0
beforeEach(() => {
  order = {
    server: own.databases.copies(),
    database: rosa.tenant.nombreDb,
    file: join(folder, `${++files}.part`),
    header: '-- SmartKet',
    hasBinlog: false,
    signal: new AbortController().signal,
  }
})

test('routines, triggers, events and views are in the dump, or they would vanish silently', async () => {
  await own.databases.provision(async (root) => {
    await root.query('create database db_cliente_900')
    await root.select('db_cliente_900')
    await root.query('create table t (a int primary key)')
    await root.query('create view seen as select a from t')
    await root.query('create trigger watched before insert on t for each row set new.a = new.a + 1')
    await root.query('create procedure counted() select count(*) from t')
    await root.query('create event nightly on schedule every 1 day do delete from t')
  })
  expect(await dump({ ...order, database: 'db_cliente_900' })).toMatchObject({ ok: true, position: null })
  const text = execFileSync('zcat', ['-f', order.file], { encoding: 'utf8' })
  for (const name of ['VIEW `seen`', 'trigger watched', 'PROCEDURE `counted`', 'EVENT `nightly`'])
    expect(text).toContain(name)
  await own.databases.provision((root) => root.query('drop database db_cliente_900'))
})

test("a business's own schema has none of them", async () => {
  const found = await own.databases.provision((root) =>
    root.query(
      `select 'trigger' as kind from information_schema.triggers where trigger_schema = ?
       union all select 'routine' from information_schema.routines where routine_schema = ?
       union all select 'event' from information_schema.events where event_schema = ?
       union all select 'view' from information_schema.views where table_schema = ?`,
      Array.from({ length: 4 }, () => rosa.tenant.nombreDb),
    ),
  )
  expect(found).toEqual([])
})

test('the account that copies reads businesses and the admin database, and neither writes nor sees anything else', async () => {
  const server = own.databases.copies()
  expect((await fingerprint(server, rosa.tenant.nombreDb)).uid).toBe(rosa.tenant.uid)
  expect((await fingerprint(server, 'smartket_admin_db')).tables.length).toBeGreaterThan(0)
  expect(await fingerprint(server, 'smartket_padron').catch(errnoOf)).toBe(1044)
  expect(await fingerprint(server, 'dbXcliente_1').catch(errnoOf)).toBe(1044)
  const grants = await own.databases.provision((root) => root.query(`show grants for 'smartket_copies'@'%'`))
  expect(JSON.stringify(grants)).not.toMatch(/INSERT|UPDATE|DELETE|CREATE|DROP|SUPER|FILE|ALL PRIVILEGES/)
})

test.each([
  ['smartket_copies', 'grant insert, file on *.* to'],
  ['smartket_copies', 'grant select on smartket_padron.* to'],
  ['smartket_copies', 'revoke trigger on `db\\_cliente\\_%`.* from'],
  ['smartket_logs', 'revoke replication slave on *.* from'],
  ['smartket_logs', 'grant replication slave on *.* to'],
])('the rights of %s are put right again after: %s', async (user, statement) => {
  const grants = () =>
    own.databases.provision((root) => root.query(`show grants for '${user}'@'%'`)).then(JSON.stringify)
  const before = await grants()
  await own.databases.provision(async (root) => {
    const passedOn = statement.startsWith('grant replication') ? ' with grant option' : ''
    await root.query(`${statement} '${user}'@'%'${passedOn}`)
  })
  expect(await grants()).not.toBe(before)
  await own.databases.provision((root) => root.prepareServer())
  expect(await grants()).toBe(before)
})

test('the account that reads logs may do nothing but that', async () => {
  const grants = await own.databases.provision((root) => root.query(`show grants for 'smartket_logs'@'%'`))
  expect(grants).toEqual([
    { 'Grants for smartket_logs@%': expect.stringMatching(/^GRANT REPLICATION SLAVE ON \*\.\* TO /) },
  ])
})

test("another user's folder in the temporary one keeps nobody from copying, and a dead process's own goes", async () => {
  const [foreign, own] = ['foreign', 'own'].map((name) => join(tmpdir(), `sk-client-4194999-${name}`))
  for (const path of [foreign, own]) mkdirSync(path ?? '', { recursive: true })
  const uid = process.getuid?.()
  if (uid === 0) chownSync(foreign ?? '', 65_534, 65_534)
  try {
    vi.resetModules()
    const { withDefaultsFile } = await import('./programs.ts')
    const server = { socketPath: join(folder, 'nobody'), user: 'root', password: '' }
    expect(await withDefaultsFile(server, async () => existsSync(own ?? ''))).toBe(false)
    expect(existsSync(foreign ?? '')).toBe(uid === 0)
  } finally {
    rmSync(foreign ?? '', { recursive: true, force: true })
  }
})

test('a database that is not there, and a file that is', async () => {
  expect(await dump({ ...order, database: 'db_cliente_999' })).toMatchObject({
    ok: false,
    problem: 'no-database',
  })
  expect(existsSync(order.file)).toBe(false)
  writeFileSync(order.file, 'of somebody else')
  expect(await dump(order)).toMatchObject({ ok: false, problem: 'died' })
})

test('a server that says nothing more is given up', async () => {
  const held = await holdTable(own.address, rosa.tenant.nombreDb, 'products')
  expect(await dump({ ...order, silentMs: 200 })).toMatchObject({ ok: false, problem: 'died' })
  expect(existsSync(order.file)).toBe(false)
  held.release()
})

test('a server that does not answer', async () => {
  const server = { socketPath: join(folder, 'nobody'), user: 'root', password: '"\\' }
  expect(await dump({ ...order, server })).toMatchObject({ ok: false, problem: 'server-gone' })
  expect(existsSync(order.file)).toBe(false)
})
