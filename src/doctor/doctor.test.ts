import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Config } from '#src/config.ts'
import { auditLog, backups, jobRuns, operators, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { products } from '#src/db/tenant-schema.ts'
import { jobs } from '#src/jobs.ts'
import { createOperator } from '#src/operator/people/actions.ts'
import { makeSpare } from '#src/tenants/spares.ts'
import {
  ownDatabases,
  type ReadyTenant,
  readyTenant,
  testMasterKey,
  testPassword,
} from '../../tests/support/database.ts'
import { testServices } from '../../tests/support/http.ts'
import { examine } from './actions.ts'
import { spaceJob, spaceLine } from './disk/disk.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let config: Config
let rosa: ReadyTenant
let carla: ReadyTenant
const folder = mkdtempSync(join(tmpdir(), 'sk-doc-'))

beforeAll(async () => {
  own = await ownDatabases({ binlog: true })
  databases = own.databases
  config = {
    ...testServices(databases).config,
    dataFolder: folder,
    masterKey: testMasterKey,
    databaseKey: testMasterKey,
  }
  rosa = await readyTenant('Pollería Rosita', databases)
  carla = await readyTenant('Bodega Carla', databases)
}, 60_000)
afterAll(async () => {
  await own.stop()
  rmSync(folder, { recursive: true, force: true })
})
const root = (text: string) => databases.provision((root) => root.query(text))
const look = (change: Partial<Config> = {}, options: { mend?: boolean; now?: Date } = {}) =>
  examine({ ...config, ...change }, databases, { now: new Date(), jobs, ...options })
const found = async (name: string, change?: Partial<Config>, options?: { mend?: boolean; now?: Date }) =>
  (await look(change, options)).filter((finding) => finding.name === name)

describe('accounts and databases', () => {
  test('as they were made, nothing is said against them', async () => {
    await makeSpare(databases, () => new Date())
    expect(await found('databases')).toMatchObject([{ ok: true }])
    expect(await found('accounts')).toMatchObject([{ ok: true, found: 'as they should be' }])
  })

  test.each([
    ['dropped', (user: string) => `drop user '${user}'@'%'`, 'is not there'],
    [
      'given another password',
      (user: string) => `alter user '${user}'@'%' identified by 'pollo'`,
      'has another password',
    ],
    ['locked', (user: string) => `alter user '${user}'@'%' account lock`, 'is locked'],
    ['given everything', (user: string) => `grant select on *.* to '${user}'@'%'`, 'may do more'],
    [
      'let into another business',
      (user: string) => `grant select on \`db_cliente_999\`.* to '${user}'@'%'`,
      'may do more',
    ],
    [
      'let into one table',
      (user: string) => `grant select on smartket_admin_db.users to '${user}'@'%'`,
      'may do more',
    ],
    [
      'left without limits',
      (user: string) => `alter user '${user}'@'%' with max_user_connections 0`,
      'has other limits',
    ],
  ])('an account that was %s is found, and derived again', async (_what, harm, says) => {
    const user = `cliente_${rosa.tenant.id}`
    await root(harm(user))
    expect(await found('accounts')).toMatchObject([
      {
        ok: false,
        found: expect.stringContaining(`${user} (${says}`),
        mend: expect.stringContaining('--mend'),
      },
    ])
    expect(await found('accounts', {}, { mend: true })).toMatchObject([{ ok: true }])
    expect(await found('accounts')).toMatchObject([{ ok: true }])
    const fresh = await own.open()
    expect(await fresh.tenant(rosa.tenant).select().from(products)).toHaveLength(3)
    const acts = await databases.admin.select().from(auditLog).where(eq(auditLog.tenantId, rosa.tenant.id))
    expect(acts.map(({ act }) => act)).toContain('tenant.account-renewed')
  })

  test('an account that may do less is given back what it had', async () => {
    const { nombreDb, id } = rosa.tenant
    await root(`revoke insert on \`${nombreDb.replaceAll('_', '\\_')}\`.* from 'cliente_${id}'@'%'`)
    expect(await found('accounts')).toMatchObject([{ found: expect.stringContaining('may do less') }])
    expect(await found('accounts', {}, { mend: true })).toMatchObject([{ ok: true }])
  })

  test('one that copies and is gone is found before three in the morning', async () => {
    await root("drop user 'smartket_copies'@'%'")
    expect(await found('accounts')).toMatchObject([{ found: expect.stringContaining('smartket_copies') }])
    expect(await found('accounts', {}, { mend: true })).toMatchObject([{ ok: true }])
  })

  test('a database that was dropped, and one that nobody knows', async () => {
    const { id, nombreDb } = (await readyTenant('Chifa Dora', databases)).tenant
    await root(`drop database ${nombreDb}`)
    await root('create database db_cliente_9999')
    const findings = await found('databases')
    expect(findings).toMatchObject([
      { ok: false, found: `missing: ${nombreDb} of business ${id}` },
      { ok: false, found: 'of no business: db_cliente_9999' },
    ])
    expect(findings[0]).toHaveProperty('mend', expect.stringContaining('smartket restore --tenant'))
    await root('drop database db_cliente_9999')
    await databases.admin.update(tenants).set({ status: 'BORRADO' }).where(eq(tenants.id, id))
    await root(`drop user 'cliente_${id}'@'%'`)
    expect(await found('databases')).toMatchObject([{ ok: true }])
  })

  test("a database with another's sales is said, and its account is not opened for them", async () => {
    const { id, nombreDb } = carla.tenant
    await root(`update ${nombreDb}.business set uid = '${rosa.tenant.uid}'`)
    await root(`alter user 'cliente_${id}'@'%' account lock`)
    const findings = await look({}, { mend: true })
    const bad = findings.filter(({ ok }) => !ok).map(({ name, found }) => `${name}: ${found}`)
    expect(bad).toContainEqual(
      expect.stringContaining(`databases: not the business's own, or half made: ${nombreDb}`),
    )
    expect(bad).toContainEqual(expect.stringContaining(`cliente_${id} (is locked)`))
    await root(`update ${nombreDb}.business set uid = '${carla.tenant.uid}'`)
    expect(await found('accounts', {}, { mend: true })).toMatchObject([{ ok: true }])
  })

  test('a business that is being swapped right now is left alone', async () => {
    const { id } = rosa.tenant
    await root(`alter user 'cliente_${id}'@'%' account lock`)
    const busyUntil = new Date(Date.now() + 60_000)
    await databases.admin.update(tenants).set({ busyUntil }).where(eq(tenants.id, id))
    expect(await found('accounts', {}, { mend: true })).toMatchObject([{ ok: true }])
    await databases.admin.update(tenants).set({ busyUntil: null }).where(eq(tenants.id, id))
    expect(await found('accounts')).toMatchObject([{ ok: false }])
    await look({}, { mend: true })
  })
})

test('settings that would lose a charge are named, with the value that they should have', async () => {
  const [finding] = await found('settings')
  // The tests' own server does not wait for the disk.
  expect(finding).toMatchObject({
    ok: false,
    found: expect.stringContaining('sync_binlog is 0 and should be 1'),
  })
  expect(await found('clock of the database')).toMatchObject([{ ok: true }])
})

describe('mail', () => {
  const sockets = new Set<Socket>()
  const smtp = (talk: (socket: Socket, line: string) => void) =>
    new Promise<{ server: Server; url: string }>((resolve) => {
      const server = createServer((socket) => {
        sockets.add(socket)
        socket.on('error', () => {})
        socket.write('220 correo.test\r\n')
        socket.on('data', (bytes) => talk(socket, String(bytes)))
      })
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        if (address === null || typeof address === 'string') throw new Error('no port')
        resolve({ server, url: `smtp://rosa:secreto@127.0.0.1:${address.port}` })
      })
    })
  const stop = (server: Server) => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }

  test('a server that answers is enough; nothing is sent', async () => {
    const said: string[] = []
    const { server, url } = await smtp((socket, line) => {
      said.push(line.trim())
      if (/^EHLO/i.test(line)) socket.write('250-correo.test\r\n250 AUTH PLAIN\r\n')
      else if (/^AUTH/i.test(line)) socket.write('235 ok\r\n')
      else socket.write('221 bye\r\n')
    })
    expect(await found('mail', { smtpUrl: url })).toMatchObject([{ ok: true }])
    expect(said.join(' ')).not.toContain('MAIL FROM')
    stop(server)
  })

  test('a password that is refused is said without being shown', async () => {
    const { server, url } = await smtp((socket, line) => {
      if (/^EHLO/i.test(line)) socket.write('250-correo.test\r\n250 AUTH PLAIN\r\n')
      else socket.write('535 no\r\n')
    })
    const [finding] = await found('mail', { smtpUrl: url })
    expect(finding).toMatchObject({ ok: false, found: expect.stringContaining('EAUTH 535') })
    expect(JSON.stringify(finding)).not.toContain('secreto')
    stop(server)
  })

  test('nobody there is said', async () => {
    const { server, url } = await smtp(() => {})
    server.close()
    for (const socket of sockets) socket.destroy()
    expect(await found('mail', { smtpUrl: url })).toMatchObject([{ ok: false }])
  })
})

test('a host that the world does not know is named', async () => {
  const landingOrigin = 'https://smartket.invalid'
  expect(await found('hosts', { landingOrigin })).toMatchObject([
    { ok: false, found: 'no address for smartket.invalid' },
  ])
  // Out in the world mails in files and copies on this machine alone are not well.
  expect(await found('mail', { landingOrigin, smtpUrl: null })).toMatchObject([{ ok: false }])
  expect(await found('store', { landingOrigin, store: null })).toMatchObject([{ ok: false }])
})

test('a payment QR that cannot be read is said', async () => {
  const payByHand = {
    holder: 'Olga',
    yape: '987654321',
    plin: null,
    bankAccount: null,
    qrFile: join(folder, 'no-qr.png'),
    isInvented: false,
  }
  expect(await found('payment QR', { payByHand })).toMatchObject([{ ok: false }])
})

test("Olga's telephone counts with this master key and with no other", async () => {
  const email = 'olga@smartket.test'
  await createOperator(
    { ...testServices(databases), config },
    { name: 'Olga', email, password: testPassword },
    new Date(),
  )
  const name = "operators' secrets"
  expect(await found(name)).toMatchObject([{ ok: true }])
  expect(await found(name, { masterKey: Buffer.alloc(32, 8) })).toMatchObject([
    { ok: false, found: expect.stringContaining(email) },
  ])
  await databases.admin.delete(operators).where(eq(operators.email, 'nobody'))
})

test('a business in no verified copy for 36 hours is counted, and one that is covered is not', async () => {
  const later = new Date(Date.now() + 48 * 3_600_000)
  const name = 'verified copies'
  const [before] = await found(name, {}, { now: later })
  expect(before).toMatchObject({ ok: false, found: expect.stringContaining(String(rosa.tenant.id)) })
  const living = await databases.admin.select().from(tenants).where(eq(tenants.status, 'ACTIVO'))
  const night = { night: '2026-11-24', dumpedOn: '2026-11-24', kind: 'dumped', status: 'whole' } as const
  await databases.admin.insert(backups).values(
    living.map(({ id, uid, generation, nombreDb }) => ({
      ...night,
      tenantId: id,
      uid,
      generation,
      nombreDb,
      takenAt: new Date(later.getTime() - 3_600_000),
      verifiedAt: later,
    })),
  )
  expect(await found(name, {}, { now: later })).toMatchObject([{ ok: true }])
  await databases.admin.delete(backups)
})

test('no night at all is said from the second day on', async () => {
  const name = 'newest night'
  expect(await found(name)).toMatchObject([{ ok: true }])
  const later = new Date(Date.now() + 48 * 3_600_000)
  expect(await found(name, {}, { now: later })).toMatchObject([
    { ok: false, mend: expect.stringContaining('smartket backup run') },
  ])
})

test('a disk that shrinks says how many days are left', async () => {
  const day = 86_400_000
  const now = Date.now()
  const rows = [6, 4, 2].map((ago) => ({
    job: spaceJob,
    dueAt: new Date(now - ago * day),
    status: 'done' as const,
    finishedAt: new Date(now - ago * day),
    log: spaceLine(9e12 + ago * 1e12, 2e13),
  }))
  await databases.admin.insert(jobRuns).values(rows)
  const [finding] = await found('disk')
  expect(finding?.found).toMatch(/days until the nightly copy stops|the nightly copy stops/)
  await databases.admin.delete(jobRuns)
})

test('a job that failed is named, with where to read why', async () => {
  expect(await found('jobs')).toMatchObject([{ ok: true, found: expect.stringContaining('none has run') }])
  const run = { startedAt: new Date(), finishedAt: new Date(), attempts: 1 }
  await databases.admin
    .insert(jobRuns)
    .values({ ...run, job: 'backup', dueAt: new Date(), status: 'failed', error: 'Error: disk' })
  const [finding] = await found('jobs')
  expect(finding).toMatchObject({ ok: false, found: expect.stringContaining('failed: backup') })
  expect(finding).toHaveProperty('mend', expect.stringContaining('smartket jobs show'))
  await databases.admin.delete(jobRuns)
})
