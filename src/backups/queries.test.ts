import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { lastCopy } from '#src/backups/covered/queries.ts'
import { backups, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { limaDate } from '#src/lib/lima.ts'
import { ownDatabases, type TestTenant, testTenant } from '../../tests/support/database.ts'
import { lastVerified, listNights, uncovered } from './queries.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: TestTenant
const now = new Date('2026-11-23T20:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)

beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
  rosa = await testTenant('Pollería Rosita', databases)
})
afterAll(() => own.stop())
beforeEach(async () => {
  await databases.admin.delete(backups)
  await databases.admin.update(tenants).set({ trialStartedAt: ago(1000) })
})

const copy = (hours: number, change: Partial<typeof backups.$inferInsert> = {}) =>
  databases.admin.insert(backups).values({
    tenantId: rosa.tenant.id,
    uid: rosa.tenant.uid,
    generation: 1,
    nombreDb: rosa.tenant.nombreDb,
    night: limaDate(ago(hours)),
    dumpedOn: '2026-10-01',
    kind: 'dumped',
    status: 'whole',
    takenAt: ago(hours),
    contentHash: 'a'.repeat(64),
    ...change,
  })
const isWarned = async () => (await uncovered(databases.admin, now)).map(({ tenantId }) => tenantId)

test('a business with a verified copy of last night is safe', async () => {
  await copy(17, { verifiedAt: ago(16) })
  expect(await isWarned()).toEqual([])
  expect(await lastVerified(databases.admin, rosa.tenant.id, now)).toMatchObject({
    takenAt: ago(17),
    verifiedAt: ago(16),
  })
})

test.each<[string, Partial<typeof backups.$inferInsert>]>([
  ['was never restored', {}],
  ['was found wanting', { verifiedAt: ago(16), status: 'failed' }],
  ['has something held against it', { verifiedAt: ago(16), problem: 'not the same' }],
  ['is of another business that had the number', { verifiedAt: ago(16), uid: crypto.randomUUID() }],
])('one whose copy %s is not', async (_, change) => {
  await copy(17, change)
  expect(await uncovered(databases.admin, now)).toEqual([
    { tenantId: rosa.tenant.id, businessName: 'Pollería Rosita', safeUntil: null },
  ])
  expect(await lastVerified(databases.admin, rosa.tenant.id, now)).toBeNull()
})

test('the warning comes 36 hours after the last copy that was verified', async () => {
  await copy(36, { verifiedAt: ago(30) })
  expect(await isWarned()).toEqual([])
  await databases.admin.update(backups).set({ takenAt: ago(36.01) })
  expect(await uncovered(databases.admin, now)).toMatchObject([{ safeUntil: ago(36.01) }])
})

test('what has not changed since it was verified needs no newer restore', async () => {
  await copy(100, { verifiedAt: ago(99) })
  await copy(17, { kind: 'carried' })
  expect(await isWarned()).toEqual([])
  await databases.admin
    .update(backups)
    .set({ contentHash: 'b'.repeat(64) })
    .where(eq(backups.takenAt, ago(17)))
  expect(await isWarned()).toEqual([rosa.tenant.id])
})

test('a copy from the future saves nobody', async () => {
  await copy(-100, { verifiedAt: ago(1) })
  expect(await isWarned()).toEqual([rosa.tenant.id])
  expect(await lastVerified(databases.admin, rosa.tenant.id, now)).toBeNull()
  expect(await lastCopy(databases.admin, rosa.tenant, now)).toBeNull()
})

test('a business that signed up this morning has until tomorrow night', async () => {
  await databases.admin.update(tenants).set({ trialStartedAt: ago(10) })
  expect(await isWarned()).toEqual([])
})

test('the list of nights counts what each holds', async () => {
  await copy(41, { night: '2026-11-22', bytes: 10, verifiedAt: ago(40), uploadedAt: ago(39) })
  await copy(17, { night: '2026-11-23', bytes: 20, kind: 'carried', isLocal: false })
  expect(await listNights(databases.admin)).toEqual([
    {
      night: '2026-11-23',
      dumped: 0,
      carried: 1,
      verified: 0,
      uploaded: 0,
      doubtful: 0,
      bytes: 20,
      isLocal: false,
    },
    {
      night: '2026-11-22',
      dumped: 1,
      carried: 0,
      verified: 1,
      uploaded: 1,
      doubtful: 0,
      bytes: 10,
      isLocal: true,
    },
  ])
})
