import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { signedIn } from '#src/app.tsx'
import type { TenantDb } from '#src/db/tenant.ts'
import * as tables from '#src/db/tenant-schema.ts'
import { readyTenant, testDatabases } from './support/database.ts'
import { testApp, testServices } from './support/http.ts'

// Carla owns another business. She takes every door that exists, with the ids of Rosa's rows; a door
// that is built tomorrow is walked too, since the list is the mount table itself.

const marker = 'SOLO-DE-ROSA'
const firstIdOfRosa = 700_001
type Walker = Awaited<ReturnType<ReturnType<typeof testApp>['as']>>
let rosa: Awaited<ReturnType<typeof readyTenant>>
let carla: Awaited<ReturnType<typeof readyTenant>>
let asCarla: Walker
let asRosa: Walker
let app: ReturnType<typeof testApp>

/** `:id{[0-9]+}`: its name and what it takes. */
const parameter = /:(\w+)(?:\{([^}]*)\})?/g
type Door = { method: string; path: string }

/** Every route behind the door, once: `POST /productos/:id{[0-9]+}`. */
const routes: Door[] = [
  ...new Map(
    signedIn()
      .routes.filter((route) => route.method !== 'ALL')
      .map(({ method, path }) => [`${method} ${path}`, { method, path }]),
  ).values(),
]
const isId = (name: string | undefined, takes = '') => name === 'id' || /^(\[0-9\]|\\d)/.test(takes)
const withId = routes.filter(({ path }) =>
  [...path.matchAll(parameter)].some(([, name, takes]) => isId(name, takes)),
)
const withoutId = routes.filter((route) => !withId.includes(route))
const filled = (path: string, value: string | number) => path.replace(parameter, String(value))

beforeAll(async () => {
  const databases = await testDatabases()
  rosa = await readyTenant(`Pollería ${marker}`)
  carla = await readyTenant('Bodega de Carla')
  await giveRosaHerOwn(rosa.db)
  app = testApp(testServices(databases))
  asRosa = await app.as(rosa)
  asCarla = await app.as(carla)
}, 60_000)

test('the walk sees the doors, and Rosa herself can pass them', async () => {
  expect(withId.length).toBeGreaterThan(3)
  expect(await (await asRosa('/productos')).text()).toContain(marker)
  const product = withId.find((route) => route.method === 'GET' && route.path.startsWith('/productos/'))
  expect((await asRosa(filled(product?.path ?? '', firstIdOfRosa))).status).toBe(200)
  const practised = await asRosa('/pos/practica', { json: everyField(firstIdOfRosa) })
  expect(await practised.json()).toMatchObject({ ok: true })
})

test.each(withId)('$method $path does not exist for Carla with an id of Rosa', async ({ method, path }) => {
  const before = await checksums(rosa.db)
  for (let id = firstIdOfRosa; id < firstIdOfRosa + 4; id++) {
    for (const body of bodiesFor(method)) {
      const answer = await asCarla(filled(path, id), body)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toContain(marker)
    }
  }
  expect(await checksums(rosa.db)).toEqual(before)
})

test.each(withoutId)('$method $path shows and changes nothing of Rosa', async ({ method, path }) => {
  const before = await checksums(rosa.db)
  const values = /:/.test(path) ? [`${rosa.tenant.uid.slice(0, 8)}-1`, firstIdOfRosa] : ['']
  for (const value of values) {
    for (const body of bodiesFor(method)) {
      const answer = await asCarla(filled(path, value), body)
      expect(answer.status).toBeLessThan(500)
      expect(await answer.text()).not.toContain(marker)
    }
  }
  expect(await checksums(rosa.db)).toEqual(before)
  // She left by it: the doors after this one are for somebody who is inside.
  if (path === '/cuenta/sesiones') asCarla = await app.as(carla)
})

test('after the whole walk Carla is still inside: no door was shut merely because she was out', async () => {
  expect((await asCarla('/productos')).status).toBe(200)
})

/** What a stranger would try: every field that any form of ours has, filled with Rosa's ids; as form and as JSON. */
function bodiesFor(method: string) {
  if (method === 'GET') return [{}]
  const ownRegister = carla.registerId
  const form = Object.fromEntries(
    Object.entries(everyField(firstIdOfRosa)).map(([name, value]) => [name, String(value)]),
  )
  return [
    { method, form },
    ...[firstIdOfRosa, ownRegister].map((registerId) => ({ method, json: everyField(registerId) })),
  ]
}

function everyField(registerId: number) {
  const id = firstIdOfRosa
  const key = crypto.randomUUID()
  return {
    name: 'x',
    price: '1',
    category_id: id,
    categoryId: id,
    product_id: id,
    productId: id,
    register_id: registerId,
    registerId,
    id,
    request_key: key,
    requestKey: key,
    float: '1',
    channel: 'salon',
    orderLabel: '1',
    lines: [{ productId: id, quantityThousandths: 1000, unitPriceCentimos: 100 }],
    payments: [{ method: 'yape' }],
  }
}

test.each(['/pos/ventas', '/pos/practica'])(
  "%s with Rosa's products, or at Rosa's register, is refused and writes nothing",
  async (path) => {
    const own = carla.registerId
    await asCarla('/caja/aperturas', {
      form: { request_key: crypto.randomUUID(), register_id: String(own), float: '10' },
    })
    const before = await checksums(rosa.db)
    for (const [registerId, problem] of [
      [own, 'unknown-product'],
      [firstIdOfRosa, 'unknown-register'],
    ] as const) {
      const answer = await asCarla(path, { json: everyField(registerId) })
      expect([404, 409, 422]).toContain(answer.status)
      expect(await answer.json()).toMatchObject({ ok: false, problem })
    }
    expect(await carla.db.select().from(tables.sales)).toEqual([])
    expect(await carla.db.select().from(tables.practiceSales)).toEqual([])
    expect(await checksums(rosa.db)).toEqual(before)
  },
)

/** Rows whose ids Carla cannot have, with the marker in every text that fits it. */
async function giveRosaHerOwn(db: TenantDb) {
  const now = new Date()
  const id = firstIdOfRosa
  await db.insert(tables.categories).values({ id, name: marker, position: 1 })
  await db.insert(tables.products).values(
    [0, 1, 2, 3].map((n) => ({
      id: id + n,
      categoryId: id,
      name: `${marker} ${n}`,
      priceCentimos: 100,
      code: `${marker}-${n}`,
      createdAt: now,
      updatedAt: now,
    })),
  )
  await db.insert(tables.branches).values({ id, name: marker, address: marker, createdAt: now })
  await db.insert(tables.registers).values({ id, branchId: id, name: marker, createdAt: now })
  await db
    .insert(tables.series)
    .values({ id, registerId: id, documentType: 'nota_venta', code: 'NV77', nextNumber: 5 })
  await db.insert(tables.staff).values({ id, name: marker, role: 'cajera', createdAt: now })
  await db.insert(tables.cashSessions).values({
    id,
    registerId: id,
    requestKey: crypto.randomUUID(),
    openedBy: id,
    openedAt: now,
    floatCentimos: 1000,
  })
  for (let n = 0; n < 4; n++) {
    await db.insert(tables.sales).values({
      id: id + n,
      requestKey: crypto.randomUUID(),
      bodyHash: 'a'.repeat(64),
      registerId: id,
      cashSessionId: id,
      staffId: id,
      seriesCode: 'NV77',
      number: n + 1,
      orderLabel: '7',
      channel: 'salon',
      regime: 'rus',
      igvBasisPoints: 0,
      gravadoCentimos: 100,
      exoneradoCentimos: 0,
      inafectoCentimos: 0,
      igvCentimos: 0,
      totalCentimos: 100,
      roundingCentimos: 0,
      soldAt: now,
      receivedAt: now,
    })
    await db.insert(tables.saleLines).values({
      id: id + n,
      saleId: id + n,
      position: 1,
      productId: id,
      name: marker,
      unitPriceCentimos: 100,
      quantityThousandths: 1000,
      affectation: '10',
      igvCentimos: 0,
      totalCentimos: 100,
    })
    await db.insert(tables.salePayments).values({
      id: id + n,
      saleId: id + n,
      method: 'yape',
      amountCentimos: 100,
      operationNumber: marker,
      staffId: id,
      createdAt: now,
    })
    await db.insert(tables.practiceSales).values({
      id: id + n,
      requestKey: crypto.randomUUID(),
      bodyHash: 'a'.repeat(64),
      registerId: id,
      staffId: id,
      number: id + n,
      ticket: JSON.stringify({ marker }),
      soldAt: now,
    })
  }
}

/** CHECKSUM TABLE over the whole database: any change to any row shows. */
async function checksums(db: TenantDb) {
  const [names] = (await db.execute(sql`show tables`)) as unknown as [Record<string, string>[]]
  const list = names.map((row) => `\`${Object.values(row)[0]}\``).join(', ')
  const [rows] = (await db.execute(sql.raw(`checksum table ${list}`))) as unknown as [
    Record<string, string>[],
  ]
  return Object.fromEntries(rows.map((row) => [String(row.Table).split('.').at(-1), row.Checksum]))
}
