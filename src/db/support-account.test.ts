import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Databases } from '#src/db/databases.ts'
import { errnoOf } from '#src/db/errors.ts'
import { hiddenColumns } from '#src/db/support-account.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import { business, products, staff } from '#src/db/tenant-schema.ts'
import { readyTenant, testDatabases } from '../../tests/support/database.ts'

type Ready = Awaited<ReturnType<typeof readyTenant>>
const grantId = 4_000_000_001
let databases: Databases
let rosa: Ready
let carla: Ready
let db: TenantDb

beforeAll(async () => {
  databases = await testDatabases()
  rosa = await readyTenant()
  carla = await readyTenant('Bodega de Carla')
  await databases.provision((root) => root.createSupportAccount(rosa.tenant, grantId))
  db = databases.support(rosa.tenant, grantId)
})
afterAll(() => databases.provision((root) => root.dropSupportAccounts(rosa.tenant.id)))

const refusal = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return errnoOf(error)
}
const run = (text: string) => refusal(db.execute(sql.raw(text)))
const denied = [1044, 1142, 1143, 1227]

async function names(text: string): Promise<string[]> {
  const rows = await databases.provision((root) => root.query(text))
  return (rows as Record<string, unknown>[]).map((row) => String(Object.values(row)[0]))
}

test('every table of the business can be read', async () => {
  const tables = await names(
    `select table_name from information_schema.tables where table_schema = '${rosa.tenant.nombreDb}'`,
  )
  expect(tables.length).toBeGreaterThan(15)
  for (const table of tables) expect(await run(`select count(*) from \`${table}\``)).toBeNull()
  expect(await db.select({ name: products.name }).from(products)).toHaveLength(3)
})

test('no table can be written, in any way', async () => {
  const tables = await names(
    `select table_name from information_schema.tables where table_schema = '${rosa.tenant.nombreDb}'`,
  )
  for (const table of tables) {
    for (const text of [
      `insert into \`${table}\` () values ()`,
      `delete from \`${table}\``,
      `truncate table \`${table}\``,
      `drop table \`${table}\``,
      `alter table \`${table}\` add column x int`,
      `replace into \`${table}\` () values ()`,
    ])
      expect(denied).toContain(await run(text))
  }
  expect(denied).toContain(await run("update products set name = 'x'"))
  expect(denied).toContain(await refusal(db.update(business).set({ legalName: 'x' })))
  for (const text of [
    'create table x (id int)',
    'create view x as select 1',
    'create procedure x() select 1',
    "create user 'x'@'%'",
    'grant select on products to current_user',
    "select name into outfile '/tmp/x' from products",
    "load data infile '/etc/passwd' into table products",
    'flush tables',
    'create temporary table x (id int)',
  ])
    expect(denied.concat(1045, 1410)).toContain(await run(text))
  expect(await rosa.db.select({ name: business.legalName }).from(business)).toEqual([
    { name: 'ROSA QUISPE MAMANI' },
  ])
})

test("a PIN's hash cannot be read, nor by a detour", async () => {
  await rosa.db.update(staff).set({ pinHash: '$argon2id$secret' }).where(eq(staff.id, 1))
  for (const text of [
    'select pin_hash from staff',
    'select * from staff',
    "select id from staff where pin_hash like '$argon2id$s%'",
    'select count(pin_hash) from staff',
    'select id from staff order by pin_hash',
    'select s.name from staff s join staff t on s.pin_hash = t.pin_hash',
    'select pin_hash is not null from staff',
  ])
    expect(await run(text)).toBe(text.includes('*') ? 1142 : 1143)
  expect(await db.select({ name: staff.name }).from(staff)).toEqual([{ name: 'Rosa' }])
})

test('whatever proves who somebody is, is hidden: also in a table that is made tomorrow', async () => {
  const secret = await names(
    `select concat(table_name, '.', column_name) from information_schema.columns
     where table_schema = '${rosa.tenant.nombreDb}'
       and column_name regexp '(^|_)pin(_|$)|token|secret|password|clave|code_hash|session'
       and column_name not like '%cash_session_id' and column_name <> 'shipping'`,
  )
  const hidden = Object.entries(hiddenColumns).flatMap(([table, columns]) =>
    columns.map((column) => `${table}.${column}`),
  )
  expect(secret.filter((column) => !hidden.includes(column))).toEqual([])
  expect(secret).toEqual(hidden)
})

test("another business, the admin database and the server's own are out of reach", async () => {
  for (const database of [carla.tenant.nombreDb, 'smartket_admin_db', 'mysql', 'smartket_padron'])
    expect(denied).toContain(await run(`select * from \`${database}\`.x`))
  expect(denied).toContain(await run(`select * from \`${carla.tenant.nombreDb}\`.products`))
  expect(denied).toContain(await run('select password from mysql.global_priv'))
  const grants = await names(`show grants for 'soporte_${rosa.tenant.id}_${grantId}'@'%'`)
  for (const grant of grants) expect(grant).toMatch(/^GRANT (USAGE|SELECT( \([^)]*\))?) ON /)
})

test('at its end the living sessions are killed, and nobody comes in again', async () => {
  const other = grantId + 1
  await databases.provision((root) => root.createSupportAccount(rosa.tenant, other))
  const looking = databases.support(rosa.tenant, other)
  const underway = looking.execute(sql`select sleep(20) from products`)
  const cut = expect(underway).rejects.toThrow()
  const sessions = () =>
    names(`select id from information_schema.processlist where user = 'soporte_${rosa.tenant.id}_${other}'`)
  await expect.poll(sessions).not.toEqual([])
  await databases.provision((root) => root.dropSupportAccounts(rosa.tenant.id, other))
  expect(await sessions()).toEqual([])
  await cut
  expect(await refusal(looking.select({ name: products.name }).from(products))).toBe(1045)
  // The business itself, and the other permission, go on.
  expect(await rosa.db.select({ name: products.name }).from(products)).toHaveLength(3)
  expect(await db.select({ name: products.name }).from(products)).toHaveLength(3)
})

test('what is dropped twice, or was never made, is no error', async () => {
  await databases.provision(async (root) => {
    await root.dropSupportAccounts(rosa.tenant.id, 1)
    await root.dropSupportAccounts(rosa.tenant.id, 1)
  })
  await databases.provision((root) => root.createSupportAccount(rosa.tenant, grantId))
  expect(await db.select({ name: products.name }).from(products)).toHaveLength(3)
})

test("with the business its permissions' accounts go, and no neighbour's", async () => {
  const gone = await readyTenant('Pollería que se va')
  const users = () => names("select user from mysql.user where user like 'soporte%'")
  await databases.provision(async (root) => {
    await root.createSupportAccount(gone.tenant, 5)
    await root.dropTenant(gone.tenant)
  })
  expect(await users()).not.toContain(`soporte_${gone.tenant.id}_5`)
  expect(await users()).toContain(`soporte_${rosa.tenant.id}_${grantId}`)
})
