import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { isTenantGone } from '#src/db/errors.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import { newestVersion } from '#src/db/migrations.ts'
import { sales } from '#src/db/tenant-schema.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'

const sentence = 'Estamos actualizando tu negocio, vuelve en un minuto'

let databases: Databases
let rosa: ReadyTenant
let carla: ReadyTenant
beforeEach(async () => {
  databases = await testDatabases()
  ;[rosa, carla] = [await readyTenant('Pollería Rosita'), await readyTenant('Bodega Carla')]
})

const app = () => testApp(testServices(databases))
const set = (of: ReadyTenant, values: { busyUntil?: Date; schemaVersion?: number }) =>
  databases.admin.update(tenants).set(values).where(eq(tenants.id, of.tenant.id))
/** As a newer release leaves it that says of its migration that nobody older may work on it. */
const leaveAhead = async (of: ReadyTenant) => {
  const version = newestVersion() + 1
  await databases.admin.insert(schemaMigrations).values({
    tenantId: of.tenant.id,
    version,
    name: 'next.sql',
    hash: 'f'.repeat(64),
    statements: 1,
    statementsDone: 1,
    state: 'done',
    readsFrom: '99.0.0',
    startedAt: new Date(),
  })
  await set(of, { schemaVersion: version })
}

describe('while her business is being swapped or is at another schema', () => {
  test('Rosa reads a calm page with a way back, and Carla sells on', async () => {
    await set(rosa, { busyUntil: new Date(Date.now() + 60_000) })
    const page = await (await app().as(rosa))('/productos')
    expect(page.status).toBe(503)
    expect(page.headers.get('Retry-After')).toBe('60')
    expect(page.headers.get('Cache-Control')).toContain('no-store')
    const html = await page.text()
    expect(html).toContain(sentence)
    expect(html).toContain('href="/productos"')
    expect(html).not.toContain('Algo falló')
    expect((await (await app().as(carla))('/productos')).status).toBe(200)
  })

  test('what asks for a part of a page gets a notice, and keeps what is on screen', async () => {
    await leaveAhead(rosa)
    const part = await (await app().as(rosa))('/productos', { headers: { 'HX-Request-Type': 'partial' } })
    expect(part.status).toBe(503)
    expect(part.headers.get('HX-Retarget')).toBe('#flash')
    const html = await part.text()
    expect(html).toContain(sentence)
    expect(html).not.toContain('<html')
  })

  test('the till is told so in JSON, and nothing of its sale is saved', async () => {
    await leaveAhead(rosa)
    const answer = await (await app().as(rosa))('/pos/ventas', { json: { requestKey: 'x' } })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('Retry-After')).toBe('60')
    expect(await answer.json()).toEqual({
      ok: false,
      problem: 'updating',
      text: `${sentence}. Tu pedido está guardado en este equipo.`,
    })
    expect(await rosa.db.$count(sales)).toBe(0)
  })

  test('it is over when the swap is, also when nobody said so', async () => {
    await set(rosa, { busyUntil: new Date(Date.now() - 1) })
    expect((await (await app().as(rosa))('/productos')).status).toBe(200)
  })
})

test('a business that is behind is migrated by the first request, which then gets its page', async () => {
  // Only its row is behind, as after a process that died between the last statement and the row.
  await set(rosa, { schemaVersion: newestVersion() - 1 })
  expect((await (await app().as(rosa))('/productos')).status).toBe(200)
  const [row] = await databases.admin.select().from(tenants).where(eq(tenants.id, rosa.tenant.id))
  expect(row?.schemaVersion).toBe(newestVersion())
})

test('nobody who is not signed in learns how a business stands', async () => {
  await set(rosa, { busyUntil: new Date(Date.now() + 60_000) })
  expect((await app().app('/productos')).status).toBe(303)
})

test('a database that somebody dropped is told as one that is being brought back, and written down', async () => {
  const shop = await readyTenant('Bodega Beto')
  const log = pino({ level: 'silent' })
  const written = vi.spyOn(log, 'error')
  const as = () => testApp(testServices(databases, { log })).as(shop)
  expect((await (await as())('/productos')).status).toBe(200)
  await databases.provision((root) => root.query(`drop database \`${shop.tenant.nombreDb}\``))
  const page = await (await as())('/productos')
  expect(page.status).toBe(503)
  expect(page.headers.get('Retry-After')).toBe('60')
  expect(await page.text()).toContain(sentence)
  const till = await (await as())('/pos/ventas', { json: { requestKey: 'x' } })
  expect(await till.json()).toMatchObject({ problem: 'updating' })
  expect(written).toHaveBeenCalled()
})

test('a table of ours that is missing elsewhere is a bug, and no business’s database', () => {
  const missing = (sqlMessage: string) => Object.assign(new Error('x'), { errno: 1146, sqlMessage })
  expect(isTenantGone(missing("Table 'db_cliente_7_g2.sales' doesn't exist"))).toBe(true)
  expect(isTenantGone(missing("Table 'smartket_admin_db.users' doesn't exist"))).toBe(false)
})
