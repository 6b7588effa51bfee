import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { auditLog, dataExports, memberships, tenants, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { staff } from '#src/db/tenant-schema.ts'
import type { Services } from '#src/http/env.ts'
import { createHasher } from '#src/http/hashing.ts'
import { machineLease } from '#src/jobs/machine-lease.ts'
import {
  type ReadyTenant,
  readyTenant,
  testDatabases,
  testMasterKey,
  testPassword,
} from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import { freshEmail } from '../../tests/support/person.ts'
import { askForExport, exportsSettled, stopExports, sweepExports } from './actions.ts'

const folder = mkdtempSync(join(tmpdir(), 'sk-export-'))
const zips = join(folder, 'exports')
const day = 86_400_000
let databases: Databases
let services: Services
let rosa: ReadyTenant
let now: Date
let app: ReturnType<typeof testApp>
type Browser = Awaited<ReturnType<typeof app.as>>
let asRosa: Browser

beforeEach(async () => {
  databases = await testDatabases()
  const plain = testServices(databases)
  now = new Date()
  services = {
    ...plain,
    config: { ...plain.config, dataFolder: folder },
    clock: () => now,
    hasher: createHasher({ pepper: testMasterKey }),
  }
  rosa = await readyTenant()
  app = testApp(services)
  asRosa = await app.as(rosa)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ask = (as: Browser, password = testPassword) => as('/cuenta/datos', { form: { password } })
const exportsOf = (tenantId = rosa.tenant.id) =>
  databases.admin.select().from(dataExports).where(eq(dataExports.tenantId, tenantId))

async function ready() {
  const asked = await ask(asRosa)
  expect(asked.status).toBe(303)
  await exportsSettled()
  const record = (await exportsOf()).at(-1)
  expect(record).toMatchObject({ status: 'ready', tenantId: rosa.tenant.id })
  return `/cuenta/datos/${record?.id}/zip`
}

test('Rosa asks with her password, waits, and downloads everything', async () => {
  expect(await (await asRosa('/cuenta/datos')).text()).toContain('Preparar mi descarga')
  const address = await ready()
  const page = await (await asRosa('/cuenta/datos')).text()
  expect(page).toContain('Tu descarga está lista.')
  expect(page).toContain(`href="${address}"`)
  const answer = await asRosa(address)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('Content-Type')).toBe('application/zip')
  expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
  expect(answer.headers.get('Content-Disposition')).toMatch(
    /^attachment; filename="smartket-polleria-rosita-\d{4}-\d\d-\d\d\.zip"$/,
  )
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.subarray(0, 2).toString()).toBe('PK')
  expect(bytes.length).toBe(Number(answer.headers.get('Content-Length')))
  const acts = await databases.admin.select().from(auditLog).where(eq(auditLog.tenantId, rosa.tenant.id))
  expect(acts.map(({ act }) => act)).toEqual(['export.asked', 'export.fetched'])
})

test('the wrong password, or none, makes nothing', async () => {
  const wrong = await ask(asRosa, 'no es esta')
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('La contraseña no coincide.')
  const none = await ask(asRosa, '')
  expect(none.status).toBe(422)
  expect(await none.text()).toContain('Escribe tu contraseña.')
  expect(await exportsOf()).toEqual([])
})

test('guessing the password ends after ten tries, the right one included', async () => {
  for (let i = 0; i < 10; i++) expect((await ask(asRosa, `intento ${i}`)).status).toBe(422)
  const late = await ask(asRosa)
  expect(late.status).toBe(429)
  expect(Number(late.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(await exportsOf()).toEqual([])
})

test('Beto, an encargado and anybody without a session get nothing', async () => {
  for (const role of ['cajera', 'encargado'] as const) {
    const [person] = await rosa.db.insert(staff).values({ name: 'Beto', role, createdAt: now }).$returningId()
    const [user] = await databases.admin
      .insert(users)
      .values({ email: freshEmail(), passwordHash: 'x', createdAt: now })
      .$returningId()
    if (!person || !user) throw new Error('no person')
    await databases.admin
      .insert(memberships)
      .values({ userId: user.id, tenantId: rosa.tenant.id, staffId: person.id })
    const asBeto = await app.as({ tenant: rosa.tenant, user })
    const address = role === 'cajera' ? await ready() : '/cuenta/datos/1/zip'
    for (const path of ['/cuenta/datos', '/cuenta/datos/avance', address])
      expect((await asBeto(path)).status).toBe(403)
    expect((await ask(asBeto)).status).toBe(403)
  }
  expect((await app.app('/cuenta/datos')).status).toBe(303)
})

test('the link is only of the browser that asked: another of Rosa, and Carla, find nothing', async () => {
  const address = await ready()
  const carla = await readyTenant('Bodega de Carla')
  const elsewhere = await app.as(rosa)
  expect((await elsewhere(address)).status).toBe(404)
  expect(await (await elsewhere('/cuenta/datos')).text()).toContain('Preparar mi descarga')
  expect((await (await app.as(carla))(address)).status).toBe(404)
  expect((await asRosa(address)).status).toBe(200)
})

test('after 24 hours it is gone, and so is the file', async () => {
  const address = await ready()
  const [record] = await exportsOf()
  const file = join(zips, record?.fileName ?? '')
  expect(existsSync(file)).toBe(true)
  now = new Date(now.getTime() + day - 60_000)
  expect((await asRosa(address)).status).toBe(200)
  now = new Date(now.getTime() + 61_000)
  expect((await asRosa(address)).status).toBe(404)
  await sweepExports(databases.admin, folder, now)
  expect(existsSync(file)).toBe(false)
  expect(await exportsOf()).toMatchObject([{ status: 'gone' }])
  expect((await asRosa('/cuenta/datos')).status).toBe(200)
})

test('while it is made the page tells how far it is, with and without htmx, and a second press makes no second one', async () => {
  const other = await machineLease(databases.admin, 'export', { clock: () => new Date(), waitMs: 0 })
  expect((await ask(asRosa)).status).toBe(303)
  const page = await (await asRosa('/cuenta/datos')).text()
  expect(page).toContain('Puedes cerrar esta página.')
  expect(page).toContain('http-equiv="refresh"')
  const partial = await asRosa('/cuenta/datos/avance', { headers: { 'HX-Request-Type': 'partial' } })
  expect(await partial.text()).toMatch(/^<div id="export"/)
  expect((await ask(asRosa)).status).toBe(303)
  expect(await exportsOf()).toHaveLength(1)

  const elsewhere = await ask(await app.as(rosa))
  expect(elsewhere.status).toBe(409)
  expect(await elsewhere.text()).toContain('Ya se está preparando una descarga desde otro equipo.')

  await other?.release()
  await exportsSettled()
  const done = await asRosa('/cuenta/datos/avance', { headers: { 'HX-Request-Type': 'partial' } })
  expect(done.headers.get('HX-Redirect')).toBe('/cuenta/datos')
})

test('a server that stops ends it as failed, without half a file; Rosa is told to try again', async () => {
  const other = await machineLease(databases.admin, 'export', { clock: () => new Date(), waitMs: 0 })
  await ask(asRosa)
  await stopExports()
  await other?.release()
  expect(await exportsOf()).toMatchObject([{ status: 'failed' }])
  const page = await (await asRosa('/cuenta/datos')).text()
  expect(page).toContain('No pudimos terminar tu descarga. Vuelve a intentar.')
  await ready()
  expect((await exportsOf()).map(({ status }) => status)).toEqual(['failed', 'ready'])
})

test('a process that was killed in the middle: after its lease it is failed, and what it left is swept', async () => {
  const fileName = `77-${'a'.repeat(32)}.zip`
  const [row] = await databases.admin
    .insert(dataExports)
    .values({
      tenantId: rosa.tenant.id,
      userId: rosa.user.id,
      sessionId: 'x'.repeat(64),
      status: 'making',
      fileName,
      createdAt: now,
      leaseUntil: new Date(now.getTime() + 20_000),
    })
    .$returningId()
  mkdirSync(zips, { recursive: true })
  writeFileSync(join(zips, `${fileName}.part`), 'half')
  await sweepExports(databases.admin, folder, now)
  expect(readdirSync(zips)).toContain(`${fileName}.part`)
  await sweepExports(databases.admin, folder, new Date(now.getTime() + 21_000))
  expect(readdirSync(zips)).not.toContain(`${fileName}.part`)
  const [left] = await databases.admin
    .select()
    .from(dataExports)
    .where(eq(dataExports.id, row?.id ?? 0))
  expect(left?.status).toBe('failed')
})

test('a disk that is nearly full refuses before anything is written', async () => {
  const asked = {
    tenant: rosa.tenant,
    userId: rosa.user.id,
    sessionId: 's',
    password: testPassword,
    address: '',
  }
  expect(await askForExport(services, asked, now, async () => 0.049)).toEqual({
    ok: false,
    problem: 'no-space',
  })
  expect(await exportsOf()).toEqual([])
})

test('a disk that fills up while it is made ends it as failed, without half a file', async () => {
  const asked = {
    tenant: rosa.tenant,
    userId: rosa.user.id,
    sessionId: 's',
    password: testPassword,
    address: '',
  }
  let looks = 0
  const before = readdirSync(zips)
  expect(await askForExport(services, asked, now, async () => (++looks < 4 ? 0.5 : 0.049))).toMatchObject({
    ok: true,
  })
  await exportsSettled()
  expect(await exportsOf()).toMatchObject([{ status: 'failed', problem: 'the disk is nearly full' }])
  expect(readdirSync(zips)).toEqual(before)
})

test('a new one takes the place of the one before: its file and its link are gone', async () => {
  const first = await ready()
  const [old] = await exportsOf()
  const carla = await readyTenant('Bodega de Carla')
  const carlas = `9-${'c'.repeat(32)}.zip`
  await databases.admin.insert(dataExports).values({
    tenantId: carla.tenant.id,
    userId: carla.user.id,
    sessionId: 'x'.repeat(64),
    status: 'ready',
    fileName: carlas,
    createdAt: now,
  })
  writeFileSync(join(zips, carlas), 'hers')
  const second = await ready()
  expect(existsSync(join(zips, old?.fileName ?? ''))).toBe(false)
  expect(existsSync(join(zips, carlas))).toBe(true)
  expect(await exportsOf()).toMatchObject([{ status: 'ready' }])
  expect((await asRosa(first)).status).toBe(404)
  expect((await asRosa(second)).status).toBe(200)
})

const openFiles = () =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return []
    }
  })

test('a HEAD tells what would come, opens nothing and is no download', async () => {
  const address = await ready()
  const head = await asRosa(address, { method: 'HEAD' })
  expect(head.status).toBe(200)
  expect(head.headers.get('Content-Type')).toBe('application/zip')
  const whole = await (await asRosa(address)).arrayBuffer()
  expect(head.headers.get('Content-Length')).toBe(String(whole.byteLength))
  const fileName = (await exportsOf()).at(-1)?.fileName ?? ''
  await expect.poll(() => openFiles().filter((path) => path.includes(fileName))).toEqual([])
  const acts = await databases.admin.select().from(auditLog).where(eq(auditLog.tenantId, rosa.tenant.id))
  expect(acts.map(({ act }) => act)).toEqual(['export.asked', 'export.fetched'])
})

test('the seventh in an hour is refused', async () => {
  for (let i = 0; i < 6; i++) await ready()
  const seventh = await ask(asRosa)
  expect(seventh.status).toBe(429)
  expect(await seventh.text()).toContain('Ya preparaste varias descargas.')
})

test.each([
  ['suspended', { suspendedAt: new Date() }],
  ['closed', { closedAt: new Date() }],
  ['locked long ago', { paidUntil: new Date('2026-01-05T05:00:00Z') }],
])('it works for an account that is %s', async (_, state) => {
  await databases.admin.update(tenants).set(state).where(eq(tenants.id, rosa.tenant.id))
  expect((await asRosa(await ready())).status).toBe(200)
})
