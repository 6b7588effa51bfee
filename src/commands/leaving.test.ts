import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { run } from '#src/cli.ts'
import { auditLog } from '#src/db/admin-schema.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { readyTenant, testDatabases, testMasterKey } from '../../tests/support/database.ts'
import { openedZip } from '../../tests/support/unzipped.ts'

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
  vi.stubEnv(
    'DATABASE_URL',
    `mysql://root@localhost?socket=${encodeURIComponent(inject('testServer').socketPath)}`,
  )
  vi.stubEnv('SMARTKET_MASTER_KEY', testMasterKey.toString('hex'))
  vi.stubEnv('SMARTKET_DATA', folder)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const smartket = (...args: string[]) => run(['node', 'smartket', 'tenants', ...args])

test('`tenants export` writes what its owner would download, once', async () => {
  const { tenant } = await readyTenant()
  const file = join(folder, 'rosita.zip')
  expect(await smartket('export', String(tenant.id), '--out', file, '--json')).toBe(0)
  expect(JSON.parse(said)).toEqual({ tenant: tenant.id, file, bytes: statSync(file).size })
  expect(openedZip(file).text('datos.sql')).toContain('1/4 pollo')
  expect(await smartket('export', String(tenant.id), '--out', file)).toBe(1)
  expect(said).toContain('is already there')
  expect(await smartket('export', '4000000', '--out', join(folder, 'nobody.zip'))).toBe(1)
  expect(existsSync(join(folder, 'nobody.zip'))).toBe(false)
})

test('`tenants delete` says what speaks against it, with and without --yes, and deletes nothing', async () => {
  const databases = await testDatabases()
  const { tenant } = await readyTenant()
  for (const yes of [[], ['--yes']]) {
    said = ''
    expect(await smartket('delete', String(tenant.id), ...yes)).toBe(1)
    expect(said).toContain(`Business ${tenant.id} is not deleted.`)
    expect(said).toContain('It is on its way nowhere')
  }
  expect(await findTenant(databases.admin, tenant.id)).not.toBeNull()
  expect(await smartket('delete', 'Rosa', '--yes')).toBe(2)
})

test('`tenants delete` of a number with another name is a mistake, found before anything is looked at', async () => {
  const { tenant } = await readyTenant()
  expect(await smartket('delete', String(tenant.id), '--yes', '--name', 'Bodega Carla')).toBe(2)
  expect(said).toContain('has another name')
  said = ''
  expect(await smartket('delete', String(tenant.id), '--yes', '--name', 'Pollería Rosita')).toBe(1)
  expect(said).toContain('It is on its way nowhere')
})

test('`tenants suspend` and `activate` do what the console does, with the reason in the history', async () => {
  const databases = await testDatabases()
  const { tenant } = await readyTenant()
  const id = String(tenant.id)
  expect(await smartket('suspend', id, '--reason', 'Lo pidió por teléfono', '--json')).toBe(0)
  expect(JSON.parse(said)).toMatchObject({ tenant: tenant.id, changed: true })
  expect((await findTenant(databases.admin, tenant.id))?.suspendedAt).toBeInstanceOf(Date)
  said = ''
  expect(await smartket('suspend', id, '--reason', 'otra vez')).toBe(0)
  expect(said).toContain('was in pause already')
  expect(await smartket('activate', id, '--reason', 'Ya pagó')).toBe(0)
  expect((await findTenant(databases.admin, tenant.id))?.suspendedAt).toBeNull()
  const lines = await databases.admin.select().from(auditLog).where(eq(auditLog.tenantId, tenant.id))
  expect(lines.map(({ act, reason }) => [act, reason])).toEqual([
    ['tenant.suspended', 'Lo pidió por teléfono'],
    ['tenant.reactivated', 'Ya pagó'],
  ])
  expect(await smartket('suspend', id)).toBe(2)
  expect(await smartket('suspend', id, '--reason', ' ')).toBe(2)
  expect(await smartket('suspend', '4000000', '--reason', 'x')).toBe(1)
})
