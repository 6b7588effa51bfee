import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { run } from '#src/cli.ts'
import { backups } from '#src/db/admin-schema.ts'
import { limaDate } from '#src/lib/lima.ts'
import { readyTenant, testDatabases, testMasterKey } from '../../tests/support/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'sk-v-'))
let said = ''

beforeEach(() => {
  said = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text
    return true
  })
  vi.spyOn(console, 'error').mockImplementation((text) => {
    said += text
  })
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

const smartket = (...args: string[]) => {
  said = ''
  return run(['node', 'smartket', 'backup', ...args])
}

test('before the first night, and with a night that cannot be', async () => {
  expect(await smartket('verify')).toBe(1)
  expect(said).toBe('There are no copies yet: smartket backup run makes them.')
  expect(await smartket('verify', '--night', '2026-11-31x')).toBe(2)
  expect(await smartket('verify', '--night', '2020-01-01')).toBe(1)
  expect(said).toContain('no finished night 2020-01-01')
})

test('a good copy is exit 0, a changed one says why and is exit 1', async () => {
  const { admin } = await testDatabases()
  const { tenant } = await readyTenant()
  const id = String(tenant.id)
  expect(await smartket('run', '--tenant', id)).toBe(0)
  const night = limaDate(new Date())
  expect(await smartket('verify', '--tenant', id, '--json')).toBe(0)
  expect(JSON.parse(said)).toEqual({ night, restored: 1, unchanged: 0, waiting: 0, failed: [] })

  const file = join(folder, 'backups', night, `backup-${id}.sql.gz`)
  writeFileSync(file, readFileSync(file).subarray(0, -20))
  expect(await smartket('verify', '--tenant', id)).toBe(1)
  expect(said).toContain(`business ${id} (${tenant.nombreDb}): It ends too early`)
  expect(await smartket('verify', '--tenant', '4000000')).toBe(1)
  expect(said).toContain('There is no copy of business 4000000')
  await admin.delete(backups).where(eq(backups.tenantId, tenant.id))
})
