import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { restoreTenant } from '#src/backups/restore/actions.ts'
import { charge } from '#src/sales/actions.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { testMasterKey } from '../../../tests/support/database.ts'
import { numbersOf } from '../../../tests/support/restoring.ts'
import { order } from '../../../tests/support/till.ts'
import { openedShop, type TwoServers, twoServers } from '../../../tests/support/two-servers.ts'
import { moveTenant } from './actions.ts'

// Each starts database servers of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let two: TwoServers
const dataFolder = mkdtempSync(join(tmpdir(), 'sk-m-'))
beforeAll(async () => {
  two = await twoServers({ binlog: true })
})
afterAll(async () => {
  await two.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})
const clock = () => new Date()

test('a move that failed, one that came through, and the new database dropped: everything comes back', async () => {
  const { databases } = two
  const shop = await openedShop(databases)
  const { id } = shop.tenant
  const current = async () => {
    const tenant = await findTenant(databases.admin, id)
    if (!tenant) throw new Error('the shop is gone')
    return tenant
  }
  const sell = async () => {
    const tenant = await current()
    const sold = await charge(databases.tenant(tenant), tenant, shop.staff, order(shop), clock())
    if (!sold.ok) throw new Error(sold.problem)
  }
  await sell()
  const inPause = async () => {
    throw new Error('the line to the server was cut')
  }
  await expect(moveTenant(databases, { tenantId: id, to: 2 }, { clock, inPause })).rejects.toThrow('was cut')
  const moved = await moveTenant(databases, { tenantId: id, to: 2 }, { clock })
  // The first attempt's name is not given again: the log of that server has seen it dropped.
  expect(moved).toMatchObject({ ok: true, nombreDb: `db_cliente_${id}_g3` })
  await sell()
  await sell()
  const { nombreDb } = await current()
  await databases.provision((root) => root.query(`drop database \`${nombreDb}\``), 2)
  const config = { dataFolder, masterKey: testMasterKey }
  const wish = { tenantId: id, from: { kind: 'newest' }, at: null } as const
  expect(await restoreTenant({ databases, config, clock }, wish)).toMatchObject({ ok: true })
  expect(await numbersOf(databases, id)).toEqual([1, 2, 3])
})
