import { readFileSync, writeFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastVerified } from '#src/backups/queries.ts'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { testNight } from '../../../../tests/support/copies.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../../../../tests/support/database.ts'
import { testServices } from '../../../../tests/support/http.ts'
import { whyNotDeleted } from '../actions.ts'
import { lastCopyOf } from './actions.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: ReadyTenant
let at: ReturnType<typeof testNight>
// Everything of hers was written just now: what deletes asks for a copy of later than that.
const clock = () => new Date(Date.now() + 60_000)

beforeAll(async () => {
  own = await ownDatabases({ binlog: true })
  databases = own.databases
  rosa = await readyTenant('Pollería Rosita', databases)
  at = testNight(databases)
}, 60_000)
afterAll(async () => {
  at.remove()
  await own.stop()
})

const context = () => {
  const { config } = testServices(databases)
  const { dataFolder } = at.context.config
  const plenty = async () => ({ freeBytes: 1e12, totalBytes: 1e12 })
  return { databases, config: { ...config, dataFolder, store: null }, clock, space: plenty }
}
const speaksAgainst = async () => {
  const { admin } = databases
  const closedAt = new Date(Date.now() - 31 * 86_400_000)
  await admin.update(tenants).set({ closedAt }).where(eq(tenants.id, rosa.tenant.id))
  return whyNotDeleted(context(), { ...rosa.tenant, closedAt }, clock())
}

test('what is left of a business that is deleted is a copy of its last change, verified', async () => {
  expect(await speaksAgainst()).toContain('no-verified-copy')
  const answer = await lastCopyOf(context(), rosa.tenant.id)
  expect(answer).toMatchObject({ ok: true })
  const copy = await lastVerified(databases.admin, rosa.tenant.id, clock())
  expect(copy).toMatchObject({ night: answer.ok ? answer.night : '', kind: 'dumped', isLocal: true })
  expect(at.files(copy?.night ?? '')).toContain(`backup-${rosa.tenant.id}.sql.gz`)
  expect(await speaksAgainst()).not.toContain('no-verified-copy')
})

test('where the copy of tonight was damaged, another is made', async () => {
  const { night = '' } = (await lastVerified(databases.admin, rosa.tenant.id, clock())) ?? {}
  writeFileSync(at.path(night, rosa.tenant.id), 'not gzip at all')
  expect(await lastCopyOf(context(), rosa.tenant.id)).toMatchObject({ ok: true })
  expect(readFileSync(at.path(night, rosa.tenant.id)).subarray(0, 2).toString('hex')).toBe('1f8b')
  expect(await speaksAgainst()).not.toContain('no-verified-copy')
})

test('on a disk without room nothing is verified, and so nothing is deleted', async () => {
  const full = { ...context(), space: async () => ({ freeBytes: 1e9, totalBytes: 1e12 }) }
  expect(await lastCopyOf(full, rosa.tenant.id)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('too little room'),
  })
})
