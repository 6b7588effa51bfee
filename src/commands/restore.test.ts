import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { run } from '#src/cli.ts'
import { products } from '#src/db/tenant-schema.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { testDatabases, testMasterKey } from '../../tests/support/database.ts'
import { openShop } from '../../tests/support/till.ts'

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

const restore = (...args: string[]) => run(['node', 'smartket', 'restore', ...args])

test.each([
  [[], 'Say which business'],
  [['--tenant', '1', '--at', 'ayer'], 'is no time'],
  [['--tenant', '1', '--as-new'], 'needs an owner'],
  [['--tenant', '1', '--from', 'store'], 'No store is configured'],
  [['--all'], 'Everything comes from the store'],
  [['--all', '--tenant', '1', '--from', 'store'], 'without --tenant'],
  [['--tenant', '1', '--adopt'], '--adopt goes with --all'],
  [['look', '--tenant', '1'], 'Say what to look at'],
] as const)('`restore %s` says what is missing, and does nothing', async (args, sentence) => {
  expect(await restore(...args)).not.toBe(0)
  expect(said).toContain(sentence)
})

test('with --json a refusal is JSON too', async () => {
  expect(await restore('--tenant', '999999', '--json')).toBe(1)
  expect(JSON.parse(said)).toMatchObject({ ok: false, problem: 'no-tenant' })
  said = ''
  expect(await restore('--json')).toBe(2)
  expect(JSON.parse(said)).toMatchObject({ ok: false, problem: 'usage' })
})

test('`migrate --canary` with a number that is nobody’s begins nothing', async () => {
  expect(await run(['node', 'smartket', 'migrate', '--canary', '999999'])).toBe(2)
  expect(said).toContain('no business 999999')
})

test('a night: first it is told what would be left out, and only --yes does it; `back` undoes it', async () => {
  const databases = await testDatabases()
  const shop = await openShop()
  const id = String(shop.tenant.id)
  expect(await run(['node', 'smartket', 'backup', 'run', '--tenant', id, '--json'])).toBe(0)
  const { night } = JSON.parse(said)
  await shop.db.update(products).set({ priceCentimos: 1 })
  said = ''
  expect(await restore('--tenant', id, '--from', night)).toBe(1)
  expect(said).toContain('Say --yes')
  expect((await findTenant(databases.admin, shop.tenant.id))?.generation).toBe(1)

  said = ''
  expect(await restore('--tenant', id, '--from', night, '--yes', '--json')).toBe(0)
  expect(JSON.parse(said)).toMatchObject({ ok: true, missing: [], to: { generation: 2 } })
  const tenant = await findTenant(databases.admin, shop.tenant.id)
  if (!tenant) throw new Error('gone')
  const prices = await databases.tenant(tenant).select({ price: products.priceCentimos }).from(products)
  expect(prices.map(({ price }) => price)).not.toContain(1)

  said = ''
  expect(await restore('back', '--tenant', id)).toBe(1)
  expect(said).toContain(`would go back to ${shop.tenant.nombreDb}`)
  expect((await findTenant(databases.admin, shop.tenant.id))?.generation).toBe(2)

  said = ''
  expect(await restore('back', '--tenant', id, '--yes')).toBe(0)
  expect(said).toContain(`works in ${shop.tenant.nombreDb} again`)
})

test('a server without a binary log gives whole copies only, and says so', async () => {
  const shop = await openShop()
  const id = String(shop.tenant.id)
  expect(await run(['node', 'smartket', 'backup', 'run', '--tenant', id])).toBe(0)
  expect(await restore('--tenant', id)).toBe(1)
  expect(said).toContain('--from')
})
