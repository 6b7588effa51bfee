import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adminDatabase } from '#src/db/accounts.ts'
import type { Databases } from '#src/db/databases.ts'
import { describeError, errno, errnoOf, isConnectionLost, isIdentityMismatch } from '#src/db/errors.ts'
import type { Db, TenantDb } from '#src/db/tenant.ts'
import { branches, business, staff } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { ownDatabases, type TestTenant, testDatabases, testTenant } from '../../tests/support/database.ts'

let rosa: TestTenant
let carla: TestTenant
beforeAll(async () => {
  rosa = await testTenant('Pollería Rosita')
  carla = await testTenant('Bodega Carla')
  await carla.db.update(staff).set({ name: 'Carla' }).where(eq(staff.id, 1))
})

const refusal = (db: Db, text: string) =>
  db.execute(sql.raw(text)).then(
    () => null,
    (error: unknown) => errnoOf(error) ?? String((error as Error).cause),
  )
/** Errno: no privilege on the table, the database, the command, this one column, the whole server. */
const denied = [1044, 1142, 1227, 1370]

describe('Rosa at her till', () => {
  test('reads her own business', async () => {
    expect(await rosa.db.select({ uid: business.uid }).from(business)).toEqual([{ uid: rosa.tenant.uid }])
  })

  test("cannot read Carla's, even with SQL written by hand", async () => {
    const { nombreDb } = carla.tenant
    expect(denied).toContain(await refusal(rosa.db, `select * from ${nombreDb}.staff`))
    expect(denied).toContain(await refusal(rosa.db, `update ${nombreDb}.staff set name = 'x'`))
    expect(denied).toContain(await refusal(rosa.db, `insert into ${nombreDb}.categories values (9, 'x', 1)`))
    expect(denied).toContain(await refusal(rosa.db, `delete from ${nombreDb}.staff`))
    expect(denied).toContain(await refusal(rosa.db, 'select * from smartket_admin_db.users'))
    expect(denied).toContain(await refusal(rosa.db, 'select * from mysql.global_priv'))
    expect(await carla.db.select({ name: staff.name }).from(staff)).toEqual([{ name: 'Carla' }])
  })

  test("cannot read Carla's inside a transaction either, and cannot switch to her database", async () => {
    const { nombreDb } = carla.tenant
    await inTransaction(rosa.db, async (tx) => {
      expect(denied).toContain(await refusal(tx, `select * from ${nombreDb}.staff`))
      expect(await refusal(tx, `use ${nombreDb}`)).not.toBeNull()
      return { ok: true }
    })
    expect(await refusal(rosa.db, `use ${nombreDb}`)).not.toBeNull()
    expect(await rosa.db.select({ uid: business.uid }).from(business)).toEqual([{ uid: rosa.tenant.uid }])
  })

  test('cannot change tables: only the provisioner may', async () => {
    expect(denied).toContain(await refusal(rosa.db, 'drop table sales'))
    expect(denied).toContain(await refusal(rosa.db, 'alter table sales add column x int'))
    expect(denied).toContain(await refusal(rosa.db, 'create table x (id int)'))
  })

  test('cannot read a database whose name only looks like hers', async () => {
    const databases = await testDatabases()
    // In a grant an unescaped `_` stands for any sign.
    const lookalike = rosa.tenant.nombreDb.replaceAll('_', 'x')
    await databases.provision(async (root) => {
      await root.query(`create database ${lookalike}`)
      await root.query(`create table ${lookalike}.secrets (id int)`)
    })
    expect(denied).toContain(await refusal(rosa.db, `select * from ${lookalike}.secrets`))
  })

  test('keeps no state on a shared connection outside a transaction', async () => {
    for (const text of [
      'begin',
      'start transaction',
      'set session autocommit = 0',
      'lock tables staff write',
    ])
      expect(await refusal(rosa.db, text)).toContain('not allowed')
  })
})

describe('the admin account', () => {
  test("reads no business's database", async () => {
    const { admin } = await testDatabases()
    const error: unknown = await admin
      .execute(sql.raw(`select * from ${rosa.tenant.nombreDb}.staff`))
      .catch((error: unknown) => error)
    expect(denied).toContain(errnoOf(error))
  })
})

describe('one name, another business', () => {
  test('a database that holds somebody else is not opened', async () => {
    const databases = await testDatabases()
    const impostor = databases.tenant({ ...rosa.tenant, uid: randomUUID() })
    await expect(impostor.select().from(staff)).rejects.toSatisfy(isIdentityMismatch)
    await expect(inTransaction(impostor, async () => ({ ok: true }))).rejects.toSatisfy(isIdentityMismatch)
  })

  test('an account without its database is an error, never a default', async () => {
    const databases = await testDatabases()
    const nobody = databases.tenant({ ...rosa.tenant, nombreDb: carla.tenant.nombreDb })
    await expect(nobody.select().from(staff)).rejects.toThrow()
    await expect(
      databases
        .tenant({ ...rosa.tenant, id: 99_999 })
        .select()
        .from(staff),
    ).rejects.toThrow()
  })
})

describe('on a bad day', () => {
  let own: Awaited<ReturnType<typeof ownDatabases>>
  let databases: Databases
  beforeAll(async () => {
    own = await ownDatabases()
    databases = own.databases
  })
  afterAll(() => own.stop())

  test('connections die at random under many businesses: nobody ever reads or writes another', async () => {
    const shops = await Promise.all(Array.from({ length: 12 }, (_, i) => marked(`shop ${i}`)))
    const total = 2400
    let begun = 0
    let served = 0
    let kills = 0
    const wrong: string[] = []

    const cashier = async () => {
      for (let turn = ++begun; turn <= total; turn = ++begun) {
        const shop = shops[(turn * 31) % shops.length]
        if (!shop) continue
        if (turn % 50 === 0) await killAnyone()
        try {
          const [row] = await (turn % 3 === 0 ? writeAndRead(shop.db, shop.uid) : readUid(shop.db))
          if (row?.uid !== shop.uid) wrong.push(`${shop.uid} read ${row?.uid}`)
          served++
        } catch (error) {
          // Only the statement whose connection was killed may fail.
          if (!isConnectionLost(error)) wrong.push(JSON.stringify(describeError(error)))
        }
      }
    }
    const killAnyone = () =>
      databases.provision(async (root) => {
        const sessions = (await root.query(
          `select id from information_schema.processlist where user like 'cliente%' order by rand() limit 1`,
        )) as { id: number }[]
        for (const { id } of sessions) await root.query(`kill ${id}`).then(() => kills++, ignoreGone)
      })
    await Promise.all(Array.from({ length: 16 }, cashier))

    expect(wrong).toEqual([])
    expect(kills).toBeGreaterThan(20)
    expect(total - served).toBeLessThanOrEqual(kills)
    for (const shop of shops) {
      const rows = await shop.db.select({ name: branches.name }).from(branches)
      expect(rows.filter((row) => row.name !== shop.uid)).toEqual([])
    }
    // A connection is reset after the answer has gone out: the last ones may need a moment.
    await expect.poll(openTransactions).toBe(0)
  })

  async function openTransactions() {
    const [row] = (await databases.provision((root) =>
      root.query('select count(*) as n from information_schema.innodb_trx'),
    )) as { n: number }[]
    return Number(row?.n)
  }
  /** It was gone before it could be killed. */
  function ignoreGone(error: unknown) {
    if (errnoOf(error) !== errno.noSuchThread) throw error
  }
  async function marked(name: string) {
    const { db, tenant } = await testTenant(name, databases)
    return { db, uid: tenant.uid }
  }
  const readUid = (db: Db) => db.select({ uid: business.uid }).from(business)
  async function writeAndRead(db: TenantDb, uid: string) {
    const done = await inTransaction(db, async (tx) => {
      await tx.insert(branches).values({ name: uid, createdAt: new Date() })
      return { ok: true, rows: await readUid(tx) }
    })
    return done.rows
  }
})

test('the admin database is named as the founding document says', () => {
  expect(adminDatabase).toBe('smartket_admin_db')
})
