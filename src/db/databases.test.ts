import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountLimits } from '#src/db/accounts.ts'
import { plans } from '#src/db/admin-schema.ts'
import { type Databases, openDatabases } from '#src/db/databases.ts'
import { errnoOf } from '#src/db/errors.ts'
import type { Db } from '#src/db/tenant.ts'
import { categories } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { makeSpare } from '#src/tenants/spares.ts'
import { ownDatabases, testMasterKey, testTenant } from '../../tests/support/database.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
})
afterAll(() => own.stop())

describe('opening the databases', () => {
  test('twice at once on a new server is as good as once', async () => {
    const [one, two] = await Promise.all([own.open(), own.open()])
    expect(await one.admin.$count(plans)).toBe(11)
    expect(await two.admin.$count(plans)).toBe(11)
  })

  test('with another master key derives the accounts of the app again: a lost key is harmless', async () => {
    const other = await openDatabases({ server: own.address, masterKey: Buffer.alloc(32, 9) })
    expect(await other.admin.$count(plans)).toBe(11)
    await other.close()
    const again = await openDatabases({ server: own.address, masterKey: testMasterKey })
    expect(await again.admin.$count(plans)).toBe(11)
    await again.close()
  })

  describe("on somebody else's server", () => {
    const set = (isolation: string, zone: string, mode: string, wait: number) =>
      databases.provision((root) =>
        root.query(
          'set global tx_isolation = ?, time_zone = ?, sql_mode = ?, innodb_lock_wait_timeout = ?, lock_wait_timeout = 86400',
          [isolation, zone, mode, wait],
        ),
      )
    let elsewhere: Databases
    beforeAll(async () => {
      await set('REPEATABLE-READ', '-05:00', 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES', 50)
      elsewhere = await openDatabases({ server: own.address, masterKey: testMasterKey, connections: 4 })
    })
    afterAll(async () => {
      await elsewhere.close()
      await set('READ-COMMITTED', '+00:00', 'STRICT_TRANS_TABLES', 50)
    })

    const asked = sql`select @@tx_isolation as isolation, @@time_zone as zone, @@sql_mode as mode,
      @@innodb_lock_wait_timeout as rows_wait, @@lock_wait_timeout as tables_wait, @@max_statement_time + 0 as seconds`
    const settings = async (db: Pick<Db, 'execute'>) => {
      const [rows] = (await db.execute(asked)) as unknown as [Record<string, unknown>[]]
      return { ...rows[0], seconds: Number(rows[0]?.seconds) }
    }
    const ours = {
      isolation: 'READ-COMMITTED',
      zone: '+00:00',
      mode: 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION',
      rows_wait: 5,
      tables_wait: 10,
    }

    test('every session is told what our rules need: fresh, in a transaction, after it, and switched', async () => {
      const db = elsewhere.tenant((await testTenant('Pollería Rosita', databases)).tenant)
      const neighbour = elsewhere.tenant((await testTenant('Bodega Carla', databases)).tenant)
      const tenants = { ...ours, seconds: accountLimits.statementSeconds }
      expect(await settings(db)).toEqual(tenants)
      const inside = await inTransaction(db, async (tx) => ({ ok: true, settings: await settings(tx) }))
      expect(inside.settings).toEqual(tenants)
      for (const next of [db, neighbour, db]) {
        expect(await settings(next)).toEqual(tenants)
        await inTransaction(next, async () => ({ ok: true }))
        expect(await settings(next)).toEqual(tenants)
      }
      expect(await settings(elsewhere.admin)).toEqual({ ...ours, seconds: 0 })
    })

    test('a name with a quote stays a name, whatever the server thinks of backslashes', async () => {
      const evil = `Rosa\\' or 1=1 -- " \\`
      const db = elsewhere.tenant((await testTenant('Pollería Rosita', databases)).tenant)
      await db.insert(categories).values({ name: evil, position: 1 })
      expect(await db.select({ name: categories.name }).from(categories)).toEqual([{ name: evil }])
      expect(await db.$count(categories, eq(categories.name, `x' or 1=1 -- `))).toBe(0)
      expect(await elsewhere.admin.$count(plans, eq(plans.name, `x' or 1=1 -- `))).toBe(0)
      expect(await elsewhere.padron().query('select ? as text', [evil])).toEqual([{ text: evil }])
      const asRoot = await elsewhere.provision(async (root) => {
        const before = await root.query('select ? as text', [evil])
        await root.select('smartket_admin_db')
        return [before, await root.query('select ? as text', [evil])]
      })
      expect(asRoot).toEqual([[{ text: evil }], [{ text: evil }]])
    })

    test('databases are made there as anywhere', async () => {
      await expect(makeSpare(elsewhere, () => new Date())).resolves.toMatchObject({ generation: 1 })
    })
  })
})

describe("SUNAT's register", () => {
  test('is filled into a new table that then takes the place of the old one', async () => {
    const padron = databases.padron()
    await padron.run('create table taxpayers_new (ruc char(11) primary key, name varchar(150) not null)')
    const rows = [
      ['20100047218', 'BANCO DE CRÉDITO DEL PERÚ'],
      ['20131312955', "SUNAT 'LIMA'"],
    ]
    expect(await padron.run('insert into taxpayers_new (ruc, name) values ?', [rows])).toEqual({
      affectedRows: 2,
    })
    await padron.run('rename table taxpayers_new to taxpayers')
    expect(await padron.query('select name from taxpayers where ruc = ?', ['20131312955'])).toEqual([
      { name: "SUNAT 'LIMA'" },
    ])
  })

  test('is all that its account can reach', async () => {
    const error: unknown = await databases
      .padron()
      .query('select * from smartket_admin_db.users')
      .catch((error: unknown) => error)
    expect(errnoOf(error)).toBe(1142)
  })
})
