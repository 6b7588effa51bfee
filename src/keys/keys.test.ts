import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'
import { type Databases, openDatabases } from '#src/db/databases.ts'
import { ownDatabases, readyTenant, testMasterKey } from '../../tests/support/database.ts'
import { allowBoth, allowNewOnly } from './actions.ts'
import { forgetOldKey, nextKey, oldKey, useNextKey } from './key-files.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
const opened: Databases[] = []
beforeAll(async () => {
  own = await ownDatabases()
})
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()))
  await own.stop()
})

async function processWith(masterKey: Buffer): Promise<Databases> {
  const databases = await openDatabases({ server: own.address, masterKey, connections: 4 })
  opened.push(databases)
  return databases
}

test('passwords change under people who sell, and the old ones open nothing afterwards', async () => {
  const shop = await readyTenant('Pollería Rosita', own.databases)
  const look = (databases: Databases) =>
    databases.tenant(shop.tenant).execute(sql`select count(*) from products`)
  const next = randomBytes(32)
  await look(own.databases)

  await allowBoth(own.databases, testMasterKey, next)
  const old = await processWith(testMasterKey)
  const fresh = await processWith(next)
  for (const databases of [own.databases, old, fresh]) await look(databases)
  await fresh.admin.execute(sql`select 1`)

  const late = await readyTenant('Bodega de Carla', own.databases)
  await allowBoth(own.databases, testMasterKey, next)
  await fresh.tenant(late.tenant).execute(sql`select 1`)

  await allowNewOnly(fresh, next)
  await look(fresh)
  // Also those whose connection was open all the time.
  await expect(look(own.databases)).rejects.toThrow()
  await expect(own.databases.admin.execute(sql`select 1`)).rejects.toThrow()
  await expect(look(old)).rejects.toThrow()
})

test('limits and grants of an account outlive the change', async () => {
  const { databases } = own
  const rows = (await databases.provision((root) =>
    root.query(`select user, max_user_connections as most from mysql.user where user like 'cliente\\_%'`),
  )) as { user: string; most: number }[]
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every(({ most }) => Number(most) === 20)).toBe(true)
})

test('a rotation that was broken off goes on with the same key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sk-'))
  const read = () => readConfig({ SMARTKET_DATA: folder })
  const before = read()
  if (!before.ok) throw new Error('no configuration')
  expect(before.config.databaseKey).toEqual(before.config.masterKey)
  const next = nextKey(folder)
  expect(nextKey(folder)).toEqual(next)
  useNextKey(folder, before.config.databaseKey)
  expect(read()).toMatchObject({ config: { databaseKey: next, masterKey: before.config.masterKey } })
  expect(oldKey(folder)).toEqual(before.config.masterKey)
  forgetOldKey(folder)
  expect(oldKey(folder)).toBeNull()
  rmSync(folder, { recursive: true })
})
