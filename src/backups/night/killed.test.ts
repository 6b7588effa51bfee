import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { manifestsIn, newestCopies } from '#src/backups/folder.ts'
import { backups, workLeases } from '#src/db/admin-schema.ts'
import { products } from '#src/db/tenant-schema.ts'
import { testNight } from '../../../tests/support/copies.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../../../tests/support/database.ts'
import { runNight } from './actions.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let rosa: ReadyTenant
let carla: ReadyTenant
beforeAll(async () => {
  own = await ownDatabases({ binlog: true })
  rosa = await readyTenant('Pollería Rosita', own.databases)
  carla = await readyTenant('Bodega Carla', own.databases)
})
afterAll(() => own.stop())
afterEach(() => own.databases.admin.delete(workLeases))

const whole = ['backup-1.sql.gz', 'backup-2.sql.gz', 'backup-admin.sql.gz', 'manifest.json']

function dieInTheMiddle(dataFolder: string, more: { dies: string; renames?: number }) {
  const child = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../../../tests/support/dying-night.ts')],
    {
      input: JSON.stringify({ server: own.address, dataFolder, at: '2026-11-23T08:00:00Z', ...more }),
      timeout: 40_000,
    },
  )
  expect([child.signal, child.stderr.toString()]).toEqual(['SIGKILL', ''])
}
const letTheLeaseRunOut = () =>
  own.databases.admin.update(workLeases).set({ leaseUntil: sql`utc_timestamp(3) - interval 1 second` })

test.each([
  ['dumping', []],
  ['naming', ['backup-admin.sql.gz']],
])(
  'a night whose process is killed while %s leaves nothing that looks whole, and the next one begins again',
  async (dies, named) => {
    const { databases } = own
    const at = testNight(databases)
    try {
      dieInTheMiddle(at.context.config.dataFolder, { dies })
      expect(at.files('2026-11-23').length).toBeGreaterThan(1)
      expect(at.files('2026-11-23').filter((name) => !name.endsWith('.part'))).toEqual(named)
      expect(newestCopies(manifestsIn(at.folder)).size).toBe(0)
      expect(await databases.admin.$count(backups)).toBe(0)

      // The dead one's lease runs out after half a minute; until then nobody begins.
      expect(await runNight(at.context)).toEqual({ ok: false, problem: 'held' })
      await letTheLeaseRunOut()
      expect(await runNight(at.context)).toMatchObject({ ok: true, report: { dumped: 3, failed: [] } })
      expect(at.files('2026-11-23')).toEqual(whole)
    } finally {
      at.remove()
      await databases.admin.delete(backups)
    }
  },
)

test.each([1, 2])(
  'a second run that is killed after the manifest (%i) leaves nothing verified that nobody restored',
  async (renames) => {
    const { admin } = own.databases
    const at = testNight(own.databases)
    const rowOf = async (tenantId: number) => {
      const rows = await admin.select().from(backups).where(eq(backups.tenantId, tenantId))
      expect(rows.length).toBeLessThan(2)
      return rows[0]
    }
    try {
      await runNight(at.context)
      const verifiedAt = new Date('2026-11-23T08:10:00Z')
      await admin.update(backups).set({ verifiedAt })
      await rosa.db.update(products).set({ priceCentimos: sql`${products.priceCentimos} + 1` })
      dieInTheMiddle(at.context.config.dataFolder, { dies: 'recording', renames })
      expect(await rowOf(rosa.tenant.id)).toBeUndefined()
      await letTheLeaseRunOut()

      // Whoever comes next, for whichever business, tells what was left untold.
      await runNight(at.context, { tenantIds: [renames === 1 ? rosa.tenant.id : carla.tenant.id] })
      const { sha256 } = at.entry('2026-11-23', rosa.tenant.id)
      expect(await rowOf(rosa.tenant.id)).toMatchObject({ sha256, verifiedAt: null, salesMade: 0 })
      expect(await rowOf(carla.tenant.id)).toMatchObject({ verifiedAt })
    } finally {
      at.remove()
      await admin.delete(backups)
    }
  },
)

test("a row of another file is replaced, and its file's verification is not believed", async () => {
  const { admin } = own.databases
  const at = testNight(own.databases)
  try {
    await runNight(at.context)
    const verifiedAt = new Date('2026-11-23T08:10:00Z')
    await admin.update(backups).set({ verifiedAt, sha256: 'e'.repeat(64), salesMade: 99 })
    at.nextNight()
    await runNight(at.context, { tenantIds: [rosa.tenant.id] })
    expect(await admin.select().from(backups).where(eq(backups.night, '2026-11-24'))).toMatchObject([
      { kind: 'carried', verifiedAt: null },
    ])
    const again = testNight(own.databases)
    await runNight({ ...again.context, config: at.context.config }, { tenantIds: [rosa.tenant.id] })
    again.remove()
    const rows = await admin.select().from(backups).where(eq(backups.night, '2026-11-23'))
    const { sha256 } = at.entry('2026-11-23', rosa.tenant.id)
    expect(rows.find(({ tenantId }) => tenantId === rosa.tenant.id)).toMatchObject({
      sha256,
      verifiedAt: null,
      salesMade: 0,
    })
  } finally {
    at.remove()
    await admin.delete(backups)
  }
})

test('a process that is told to stop leaves nothing, and its children end with it', async () => {
  const at = testNight(own.databases)
  const stopping = new AbortController()
  const stopped = runNight({
    ...at.context,
    signal: stopping.signal,
    space: async () => {
      stopping.abort(new Error('serve is stopping'))
      return { freeBytes: 1e12, totalBytes: 1e12 }
    },
  })
  await expect(stopped).rejects.toThrow('serve is stopping')
  expect(at.files('2026-11-23')).toEqual([])
  at.remove()
})

test('a run whose lease was taken by another gives no file its name', async () => {
  const at = testNight(own.databases)
  const { admin } = own.databases
  const late = runNight({
    ...at.context,
    space: async () => {
      await admin.update(workLeases).set({ owner: 'another' })
      return { freeBytes: 1e12, totalBytes: 1e12 }
    },
  })
  await expect(late).rejects.toThrow('another process took over')
  expect(at.files('2026-11-23')).toEqual([])
  await admin.delete(workLeases)
  at.remove()
})
