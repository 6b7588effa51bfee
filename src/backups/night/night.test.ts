import { execFileSync } from 'node:child_process'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { nightsIn, readManifest } from '#src/backups/folder.ts'
import { backups, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { fingerprint } from '#src/db/fingerprint.ts'
import { products } from '#src/db/tenant-schema.ts'
import { restoredByHand, testNight } from '../../../tests/support/copies.ts'
import { ownDatabases, type ReadyTenant, readyTenant, testTenant } from '../../../tests/support/database.ts'
import { backUp, runNight } from './actions.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: ReadyTenant
let carla: ReadyTenant
let at: ReturnType<typeof testNight>

beforeAll(async () => {
  own = await ownDatabases({ binlog: true })
  databases = own.databases
  rosa = await readyTenant('Pollería Rosita', databases)
  carla = await readyTenant("Bodega Carla «'; drop table sales;»", databases)
})
afterAll(() => own.stop())
beforeEach(() => {
  at = testNight(databases)
})
afterEach(async () => {
  at.remove()
  await databases.admin.delete(backups)
})

const night = async (options?: Parameters<typeof runNight>[1]) => {
  const answer = await runNight(at.context, options)
  if (!answer.ok) throw new Error(answer.problem)
  return answer.report
}
const rowsOf = (tenantId: number) =>
  databases.admin.select().from(backups).where(eq(backups.tenantId, tenantId)).orderBy(backups.night)
const rename = (of: ReadyTenant, name: string) =>
  of.db.update(products).set({ name }).where(eq(products.id, 1))

test('every business and the admin database have a copy that zcat and mariadb restore alone', async () => {
  await rename(rosa, `Pollo 'entero' \\ "grande" 🐔`)
  const report = await night()
  expect(report).toMatchObject({ night: '2026-11-23', dumped: 3, carried: 0, failed: [], deleted: 0 })
  expect(at.files('2026-11-23')).toEqual([
    `backup-${rosa.tenant.id}.sql.gz`,
    `backup-${carla.tenant.id}.sql.gz`,
    'backup-admin.sql.gz',
    'manifest.json',
  ])
  const entry = at.entry('2026-11-23', rosa.tenant.id)
  const file = at.path('2026-11-23', rosa.tenant.id)
  const living = await fingerprint(databases.copies(), rosa.tenant.nombreDb)
  expect(entry).toMatchObject({
    kind: 'dumped',
    isExact: true,
    uid: rosa.tenant.uid,
    bytes: statSync(file).size,
  })
  expect(entry.fingerprint.contentHash).toBe(living.contentHash)
  const restored = await restoredByHand(file, own.address, 'by_hand')
  expect(restored).toEqual({ ...living, position: expect.anything() })
  expect(execFileSync('sha256sum', [file], { encoding: 'utf8' }).split(' ')[0]).toBe(entry.sha256)
  expect(execFileSync('zcat', [file], { encoding: 'utf8' }).split('\n')[0]).toBe(
    `-- SmartKet uid=${rosa.tenant.uid} tenant=${rosa.tenant.id} generation=1 schema=${rosa.tenant.schemaVersion}`,
  )
  expect(statSync(file).mode & 0o077).toBe(0)
  const admin = await restoredByHand(
    `${at.folder}/2026-11-23/backup-admin.sql.gz`,
    own.address,
    'admin_by_hand',
  )
  expect(admin.tables.find(({ name }) => name === 'tenants')?.rows).toBeGreaterThan(1)
})

test('what has not changed is carried by link, with the position of tonight', async () => {
  await night()
  await rename(carla, 'Arroz')
  at.nextNight()
  const report = await night()
  expect(report).toMatchObject({ night: '2026-11-24', dumped: 2, carried: 1, failed: [] })
  const [first, second] = ['2026-11-23', '2026-11-24'].map((day) => at.entry(day, rosa.tenant.id))
  expect(second).toMatchObject({ kind: 'carried', dumpedOn: '2026-11-23', sha256: first?.sha256 })
  expect(statSync(at.path('2026-11-24', rosa.tenant.id)).ino).toBe(
    statSync(at.path('2026-11-23', rosa.tenant.id)).ino,
  )
  // Each night closes the log of the day before.
  expect(second?.fingerprint.position?.file).not.toBe(first?.fingerprint.position?.file)
  expect(at.entry('2026-11-24', carla.tenant.id)).toMatchObject({ kind: 'dumped', dumpedOn: '2026-11-24' })
  expect(await rowsOf(rosa.tenant.id)).toMatchObject([
    { night: '2026-11-23', kind: 'dumped', status: 'whole' },
    { night: '2026-11-24', kind: 'carried', binlogFile: second?.fingerprint.position?.file },
  ])
})

test('the copy of a night names the place in the log from which it is replayed', async () => {
  await night()
  const { position } = at.entry('2026-11-23', rosa.tenant.id).fingerprint
  const text = execFileSync('zcat', [at.path('2026-11-23', rosa.tenant.id)], { encoding: 'utf8' })
  expect(text).toContain(`MASTER_LOG_FILE='${position?.file}', MASTER_LOG_POS=${position?.offset};`)
  expect(position?.gtid).toMatch(/^\d+-\d+-\d+$/)
})

test('a copy that was verified stays so when it is carried; one that failed is made anew', async () => {
  await night()
  const verifiedAt = new Date('2026-11-23T08:12:00Z')
  await databases.admin.update(backups).set({ verifiedAt }).where(eq(backups.tenantId, rosa.tenant.id))
  await databases.admin
    .update(backups)
    .set({ status: 'failed', problem: 'not the same' })
    .where(eq(backups.tenantId, carla.tenant.id))
  at.nextNight()
  await night()
  expect((await rowsOf(rosa.tenant.id))[1]).toMatchObject({ kind: 'carried', verifiedAt })
  expect((await rowsOf(carla.tenant.id))[1]).toMatchObject({
    kind: 'dumped',
    status: 'whole',
    verifiedAt: null,
  })
})

test('a night run again replaces what changed, and keeps the rest of its manifest', async () => {
  await night()
  await databases.admin.update(backups).set({ uploadedAt: new Date() })
  await rename(rosa, 'Pollo de la tarde')
  const before = at.entry('2026-11-23', rosa.tenant.id)
  const report = await night({ tenantIds: [rosa.tenant.id, carla.tenant.id] })
  expect(report).toMatchObject({ dumped: 1, carried: 1 })
  expect(readManifest(at.folder, '2026-11-23')?.entries.map(({ tenantId }) => tenantId)).toEqual([
    0,
    rosa.tenant.id,
    carla.tenant.id,
  ])
  const after = at.entry('2026-11-23', rosa.tenant.id)
  expect(after.sha256).not.toBe(before.sha256)
  expect(after.bytes).toBe(statSync(at.path('2026-11-23', rosa.tenant.id)).size)
  expect(await rowsOf(rosa.tenant.id)).toMatchObject([{ sha256: after.sha256, uploadedAt: null }])
  expect(await rowsOf(carla.tenant.id)).toMatchObject([{ kind: 'dumped', uploadedAt: expect.any(Date) }])
})

test('while one night runs another is refused', async () => {
  const answers = await Promise.all([runNight(at.context), runNight(at.context)])
  expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, true])
  expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, problem: 'held' })
})

test('progress is told, and what was done in lines', async () => {
  const seen: string[] = []
  await runNight({ ...at.context, onProgress: ({ done, all, note }) => seen.push(`${done}/${all} ${note}`) })
  expect(seen).toEqual([
    '1/3 1 dumped, 0 carried, 0 failed',
    expect.anything(),
    '3/3 3 dumped, 0 carried, 0 failed',
  ])
  expect(at.lines[0]).toMatch(/^2026-11-23: 3 dumped \(\d+\.\d MB\), 0 carried, 0 failed$/)
})

test('three nights stay on this disk, and of each business its last verified copy', async () => {
  await night()
  await databases.admin
    .update(backups)
    .set({ verifiedAt: new Date('2026-11-23T08:20:00Z') })
    .where(eq(backups.tenantId, carla.tenant.id))
  at.nextNight()
  await rename(carla, 'Arroz de la noche')
  await night()
  at.nextNight()
  expect(await night()).toMatchObject({ removed: [] })
  at.nextNight()
  await night()
  // Carla's copy of the first night is the last that anybody restored; Rosa's file goes on under a later night.
  expect(at.files('2026-11-23')).toEqual([`backup-${carla.tenant.id}.sql.gz`, 'manifest.json'])
  expect(readManifest(at.folder, '2026-11-23')?.entries.map(({ tenantId }) => tenantId)).toEqual([
    carla.tenant.id,
  ])
  expect((await rowsOf(rosa.tenant.id)).map(({ isLocal }) => isLocal)).toEqual([false, true, true, true])
  expect((await rowsOf(carla.tenant.id)).map(({ isLocal }) => isLocal)).toEqual([true, true, true, true])
  const file = at.path('2026-11-26', rosa.tenant.id)
  expect(execFileSync('sha256sum', [file], { encoding: 'utf8' }).split(' ')[0]).toBe(
    at.entry('2026-11-26', rosa.tenant.id).sha256,
  )

  await databases.admin.update(backups).set({ verifiedAt: new Date() }).where(eq(backups.night, '2026-11-26'))
  at.nextNight()
  expect(await night()).toMatchObject({ removed: ['2026-11-23', '2026-11-24'] })
  expect(nightsIn(at.folder)).toEqual(['2026-11-27', '2026-11-26', '2026-11-25'])
})

test('the folder of a night that was killed does not stay for ever', async () => {
  mkdirSync(`${at.folder}/2026-10-01`, { recursive: true })
  writeFileSync(`${at.folder}/2026-10-01/backup-1.sql.gz`, 'never named by a manifest')
  for (let i = 0; i < 2; i++) {
    await night()
    at.nextNight()
  }
  expect(nightsIn(at.folder)).toContain('2026-10-01')
  expect(await night()).toMatchObject({ removed: ['2026-10-01'] })
  expect(nightsIn(at.folder)).toEqual(['2026-11-25', '2026-11-24', '2026-11-23'])
})

test('the job fails where one business has no copy, and says which, after all others have theirs', async () => {
  const nobody = await testTenant('Chifa Dora', databases)
  await databases.provision((root) => root.query(`drop database \`${nobody.tenant.nombreDb}\``))
  const { signal, ...context } = at.context
  await expect(backUp(context, signal)).rejects.toThrow(
    `business ${nobody.tenant.id} (${nobody.tenant.nombreDb})`,
  )
  expect(at.entry('2026-11-23', rosa.tenant.id)).toMatchObject({ kind: 'dumped' })
  await databases.provision((root) => root.dropTenant(nobody.tenant))
  await databases.admin.update(tenants).set({ status: 'BORRADO' }).where(eq(tenants.id, nobody.tenant.id))
  await backUp(context, signal)
})
