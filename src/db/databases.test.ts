import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plans } from '#src/db/admin-schema.ts'
import { type Databases, openDatabases } from '#src/db/databases.ts'
import { errnoOf } from '#src/db/errors.ts'
import type { Db } from '#src/db/tenant.ts'
import { inTransaction } from '#src/db/transaction.ts'
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

  test("tells every session of somebody else's server what our rules need", async () => {
    const { tenant } = await testTenant('Pollería Rosita', databases)
    const set = (isolation: string, zone: string, mode: string) =>
      databases.provision(async (root) => {
        await root.query(
          `set global tx_isolation = '${isolation}', time_zone = '${zone}', sql_mode = '${mode}'`,
        )
      })
    await set('REPEATABLE-READ', '-05:00', '')
    const elsewhere = await openDatabases({ server: own.address, masterKey: testMasterKey, connections: 2 })
    const db = elsewhere.tenant(tenant)
    const settings = async (db: Db) => {
      const [rows] = await db.execute(
        sql`select @@tx_isolation as isolation, @@time_zone as zone, @@sql_mode like 'STRICT%' as strict`,
      )
      return (rows as unknown as unknown[])[0]
    }
    const ours = { isolation: 'READ-COMMITTED', zone: '+00:00', strict: 1 }
    expect(await settings(db)).toEqual(ours)
    const inside = await inTransaction(db, async (tx) => ({ ok: true, settings: await settings(tx) }))
    expect(inside.settings).toEqual(ours)
    expect(await settings(db)).toEqual(ours)
    await elsewhere.close()
    await set('READ-COMMITTED', '+00:00', 'STRICT_TRANS_TABLES')
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
