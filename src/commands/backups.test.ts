import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { manifestsIn } from '#src/backups/folder.ts'
import { run } from '#src/cli.ts'
import { backups } from '#src/db/admin-schema.ts'
import { limaDate } from '#src/lib/lima.ts'
import { readyTenant, testDatabases, testMasterKey } from '../../tests/support/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'sk-command-'))
let said = ''

beforeEach(() => {
  said = ''
  const keep = (text: string | Uint8Array) => {
    said += text
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(console, 'error').mockImplementation((text) => void keep(String(text)))
  const socket = encodeURIComponent(inject('testServer').socketPath)
  vi.stubEnv('DATABASE_URL', `mysql://root@localhost?socket=${socket}`)
  vi.stubEnv('SMARTKET_MASTER_KEY', testMasterKey.toString('hex'))
  vi.stubEnv('SMARTKET_DATA', folder)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const smartket = (...args: string[]) => run(['node', 'smartket', 'backup', ...args])

test('`backup run --tenant` copies one business at once, and `backup list` shows the night', async () => {
  const { admin } = await testDatabases()
  const { tenant } = await readyTenant()
  expect(await smartket('run', '--tenant', String(tenant.id), '--json')).toBe(0)
  const night = limaDate(new Date())
  expect(JSON.parse(said)).toMatchObject({ night, dumped: 1, carried: 0, failed: [], removed: [] })
  expect(existsSync(join(folder, 'backups', night, `backup-${tenant.id}.sql.gz`))).toBe(true)
  expect(manifestsIn(join(folder, 'backups'))[0]?.entries).toHaveLength(1)
  said = ''
  expect(await smartket('list', '--tenant', String(tenant.id))).toBe(0)
  expect(said).toMatch(/ · 1 dumped · 0 carried · 0 verified · 0 in the store · 0\.0 MB · on this disk\n$/)
  said = ''
  // Nothing was sold since: the copy stays as it is.
  expect(await smartket('run', '--tenant', String(tenant.id))).toBe(0)
  expect(said).toBe(`${night}: 0 dumped (0.0 MB), 1 carried, 0 failed\n`)
  await admin.delete(backups).where(eq(backups.tenantId, tenant.id))
})

test('a copy that fails says why, and the command fails', async () => {
  const databases = await testDatabases()
  const { tenant } = await readyTenant()
  await databases.provision((root) => root.query(`drop database \`${tenant.nombreDb}\``))
  expect(await smartket('run', '--tenant', String(tenant.id))).toBe(1)
  expect(said).toContain(`business ${tenant.id} (${tenant.nombreDb}): its database is not there`)
  await databases.provision((root) => root.dropTenant(tenant))
  await databases.admin.execute(`update tenants set status = 'BORRADO' where id = ${tenant.id}`)
})

test('a business that there is not, and a number that is none', async () => {
  expect(await smartket('run', '--tenant', '4000000')).toBe(1)
  expect(said).toContain('There is no business 4000000.')
  expect(await smartket('run', '--tenant', 'Rosa')).toBe(2)
})
