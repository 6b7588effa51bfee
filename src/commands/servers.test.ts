import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { run } from '#src/cli.ts'
import { servers } from '#src/db/admin-schema.ts'
import type { Databases, ServerAddress } from '#src/db/databases.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { readyTenant, testMasterKey } from '../../tests/support/database.ts'
import { type TwoServers, twoServers } from '../../tests/support/two-servers.ts'

const folder = mkdtempSync(join(tmpdir(), 'sk-command-'))
let two: TwoServers
let databases: Databases
let said = ''

beforeAll(async () => {
  two = await twoServers({ isAdded: false })
  databases = two.databases
})
afterAll(async () => {
  await two.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  said = ''
  const keep = (text: string | Uint8Array) => {
    said += text
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(console, 'error').mockImplementation((text) => void keep(String(text)))
  const url = (address: ServerAddress | undefined) =>
    `mysql://root@localhost?socket=${encodeURIComponent(address && 'socketPath' in address ? address.socketPath : '')}`
  vi.stubEnv('DATABASE_URL', url(databases.servers.get(1)))
  vi.stubEnv('DATABASE_URL_2', url(databases.servers.get(2)))
  vi.stubEnv('SMARTKET_MASTER_KEY', testMasterKey.toString('hex'))
  vi.stubEnv('SMARTKET_DATA', folder)
  await databases.admin.delete(servers)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const smartket = (...args: string[]) => run(['node', 'smartket', ...args])
const asJson = async (...args: string[]) => {
  said = ''
  const code = await smartket(...args, '--json')
  return { code, data: JSON.parse(said) }
}

test('a server is added, a business goes there and comes back, and its pause is said', async () => {
  const { tenant } = await readyTenant('Pollería Rosita', databases)
  expect(await smartket('servers', 'add', '2', '--name', 'second')).toBe(0)
  expect(said).toBe('Server 2, second, is open for new businesses.\n')
  expect(await smartket('servers', 'add', '2', '--name', 'again')).toBe(1)

  said = ''
  expect(await smartket('tenants', 'move', String(tenant.id), '--to', '2')).toBe(0)
  expect(said).toMatch(/^Business \d+ works on server 2 now \(db_cliente_\d+_g2\); before, on server 1\.\n/)
  expect(said).toMatch(/Nobody was let in for \d+\.\d\d s, .* tables and 0 sales are equal\./)
  expect(await findTenant(databases.admin, tenant.id)).toMatchObject({ serverId: 2, generation: 2 })

  const back = await asJson('tenants', 'move', String(tenant.id), '--back')
  expect(back).toMatchObject({ code: 0, data: { tenant: tenant.id, ok: true, from: 2, to: 1 } })
  expect(back.data.pauseMs).toBeGreaterThan(0)

  said = ''
  expect(await smartket('tenants', 'move', String(tenant.id), '--to', '1')).toBe(1)
  expect(said).toContain('It is on that server already.')
})

test('servers are listed, changed and drained', async () => {
  expect(await asJson('servers', 'add', '2', '--name', 'second', '--capacity', '50')).toMatchObject({
    code: 0,
  })
  expect(await asJson('servers', 'set', '2', '--status', 'full', '--capacity', '60')).toMatchObject({
    code: 0,
  })
  const listed = await asJson('servers', 'list')
  expect(listed).toMatchObject({
    code: 0,
    data: [
      { id: 1, name: 'first', status: 'open', state: 'answers' },
      { id: 2, name: 'second', status: 'full', capacity: 60, used: 0, state: 'answers' },
    ],
  })
  expect(await asJson('servers', 'drain', '2')).toEqual({
    code: 0,
    data: { moved: 0, failed: [], spares: 0 },
  })
  said = ''
  expect(await smartket('servers', 'drain', '1')).toBe(1)
  expect(said).toContain('No other server is open')
})

test('a server whose address is not there is listed as such, and the command fails', async () => {
  await databases.admin
    .insert(servers)
    .values({ id: 5, name: 'lost', status: 'open', capacity: 10, createdAt: new Date() })
  const listed = await asJson('servers', 'list')
  expect(listed.code).toBe(1)
  expect(listed.data[1]).toMatchObject({ id: 5, state: 'no-address', version: null })
})

test.each([
  ['tenants', 'move', '1'],
  ['tenants', 'move', '1', '--to', '2', '--back'],
  ['tenants', 'move', '1', '--to', 'second'],
  ['servers', 'add', '2'],
  ['servers', 'set', '2', '--status', 'draining'],
  ['servers', 'drain', 'second'],
])('wrong usage: %s %s %s %s', async (...args) => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(await smartket(...args)).toBe(2)
})
