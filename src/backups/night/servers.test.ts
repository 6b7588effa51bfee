import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readManifest } from '#src/backups/folder.ts'
import { servers } from '#src/db/admin-schema.ts'
import { holdTable, runningDump, testNight } from '../../../tests/support/copies.ts'
import { type ReadyTenant, readyTenant } from '../../../tests/support/database.ts'
import { type TwoServers, twoServers } from '../../../tests/support/two-servers.ts'
import { runNight } from './actions.ts'

let two: TwoServers
let rosa: ReadyTenant
let dora: ReadyTenant
let elsa: ReadyTenant

beforeAll(async () => {
  two = await twoServers()
  const { databases } = two
  rosa = await readyTenant('Pollería Rosita', databases)
  const open = (id: number) =>
    databases.admin
      .update(servers)
      .set({ status: id === 2 ? 'open' : 'full' })
      .where(eq(servers.id, id))
  await databases.admin
    .insert(servers)
    .values({ id: 1, name: 'first', status: 'full', createdAt: new Date() })
  await open(2)
  dora = await readyTenant('Chifa Dora', databases)
  elsa = await readyTenant('Bodega Elsa', databases)
})
afterAll(() => two.stop())

test('businesses are copied from the server on which they are; one that vanishes in the middle stops nobody else', async () => {
  expect([rosa, dora, elsa].map(({ tenant }) => tenant.serverId)).toEqual([1, 2, 2])
  const at = testNight(two.databases)
  const first = await runNight(at.context)
  expect(first).toMatchObject({ ok: true, report: { dumped: 4, failed: [] } })
  // Without a binary log there is no position.
  expect(at.entry('2026-11-23', dora.tenant.id)).toMatchObject({
    serverId: 2,
    fingerprint: { position: null },
  })

  at.nextNight()
  await dora.db.execute('update products set name = "Chaufa"')
  let isHeld = false
  const space = async () => {
    if (!isHeld) {
      isHeld = true
      await holdTable(two.second.address, dora.tenant.nombreDb, 'products')
      void runningDump(dora.tenant.nombreDb).then(() => two.second.stop())
    }
    return { freeBytes: 1e12, totalBytes: 1e12 }
  }
  const second = await runNight({ ...at.context, space }, { tenantIds: [dora.tenant.id] })
  expect(second).toMatchObject({ ok: true, report: { dumped: 0, failed: [{ tenantId: dora.tenant.id }] } })
  const third = await runNight(at.context)
  expect(third).toMatchObject({ ok: true, report: { dumped: 1, carried: 1 } })
  const problems = readManifest(at.folder, '2026-11-24')?.entries.filter((entry) => 'problem' in entry)
  expect(problems).toMatchObject([
    { tenantId: dora.tenant.id, problem: 'its database server does not answer' },
    { tenantId: elsa.tenant.id, problem: 'its database server does not answer' },
  ])
  expect(at.files('2026-11-24')).toEqual([
    `backup-${rosa.tenant.id}.sql.gz`,
    'backup-admin.sql.gz',
    'manifest.json',
  ])
  expect(at.lines.join('\n')).toContain('server 2 could not be prepared')
  at.remove()
})
