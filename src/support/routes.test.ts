import { and, desc, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { signedIn } from '#src/app.tsx'
import { auditLog, memberships, supportGrants, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { staff } from '#src/db/tenant-schema.ts'
import type { Services } from '#src/http/env.ts'
import { disableOperator, resetPassword } from '#src/operator/people/actions.ts'
import { closeSupportAccounts, grantSupport } from '#src/support/actions.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import { operatorApp } from '../../tests/support/operator.ts'

let databases: Databases
let services: Services
let now: Date
let rosa: ReadyTenant
let app: ReturnType<typeof testApp>
let asRosa: Awaited<ReturnType<typeof app.as>>
let asOlga: Awaited<ReturnType<typeof operatorApp>>

beforeAll(async () => {
  databases = await testDatabases()
  now = new Date()
  services = { ...testServices(databases), clock: () => now }
  app = testApp(services)
  asOlga = await operatorApp(services)
})

/** Each test has a business of its own. */
async function freshRosa() {
  rosa = await readyTenant()
  asRosa = await app.as(rosa)
}
const post = { method: 'POST', form: { a: '1' } }
const allow = () => asRosa('/cuenta/soporte', post)

async function lastGrant() {
  const [grant] = await databases.admin
    .select()
    .from(supportGrants)
    .where(eq(supportGrants.tenantId, rosa.tenant.id))
    .orderBy(desc(supportGrants.id))
  if (!grant) throw new Error('no grant')
  return grant
}

const codeIn = (page: string) => /name="codigo" value="([^"]+)"/.exec(page)?.[1] ?? ''

async function beginEntry(as = asOlga) {
  const answer = await as(`/soporte/${(await lastGrant()).id}/entradas`, post)
  return codeIn(await answer.text())
}

const openDoor = (codigo: string, origin = services.config.operatorOrigin) =>
  app.app('/soporte', { form: { codigo }, headers: { Origin: origin, 'Sec-Fetch-Site': 'cross-site' } })

const cookieOf = (answer: Response) => answer.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''

/** Rosa allows it, Olga enters: requests as the support of Rosa's business. */
async function entered() {
  await freshRosa()
  await allow()
  const answer = await openDoor(await beginEntry())
  expect(answer.status).toBe(303)
  const cookie = cookieOf(answer)
  return Object.assign((path: string, init = {}) => app.app(path, init, cookie), { cookie })
}

async function acts() {
  const rows = await databases.admin
    .select({ act: auditLog.act, operatorId: auditLog.operatorId, userId: auditLog.userId })
    .from(auditLog)
    .where(eq(auditLog.tenantId, rosa.tenant.id))
    .orderBy(auditLog.id)
  return rows
}

test('Rosa allows it for an hour, sees it on every page, and ends it', async () => {
  await freshRosa()
  const before = await (await asRosa('/productos')).text()
  expect(before).not.toContain('Terminar ahora')
  expect((await allow()).headers.get('Location')).toBe('/cuenta/soporte?aviso=permiso')
  expect((await lastGrant()).expiresAt.getTime() - now.getTime()).toBe(3_600_000)
  for (const path of ['/', '/productos', '/cuenta/soporte']) {
    const page = await (await asRosa(path)).text()
    expect(page).toMatch(/Soporte de SmartKet puede mirar tu\s+negocio hasta las/)
    expect(page).toContain('Terminar ahora')
  }
  await asRosa('/cuenta/soporte/fin', post)
  expect(await (await asRosa('/productos')).text()).not.toMatch(/puede mirar tu\s+negocio/)
  expect((await lastGrant()).accountDroppedAt).not.toBeNull()
  expect(await acts()).toEqual([
    { act: 'support.granted', operatorId: null, userId: rosa.user.id },
    { act: 'support.ended', operatorId: null, userId: rosa.user.id },
  ])
})

test('without her permission nobody enters, and nobody sees a business that gave none', async () => {
  rosa = await readyTenant(`Pollería sin permiso ${crypto.randomUUID()}`)
  asRosa = await app.as(rosa)
  expect(await (await asOlga('/soporte')).text()).not.toContain(rosa.tenant.businessName)
  await allow()
  expect(await (await asOlga('/soporte')).text()).toContain(rosa.tenant.businessName)
  await asRosa('/cuenta/soporte/fin', post)
  expect((await asOlga('/soporte/4000000000/entradas', post)).status).toBe(404)
  expect((await asOlga('/soporte/99999999999999999999/entradas', post)).status).toBe(404)
})

test('Olga enters: she sees the pages, Rosa sees her name, and both are written down', async () => {
  const asSupport = await entered()
  const page = await (await asSupport('/productos')).text()
  expect(page).toContain('Pollo entero')
  expect(page).toContain('Miras este negocio como soporte')
  expect(await (await asRosa('/productos')).text()).toMatch(/Olga, de SmartKet, puede mirar tu\s+negocio/)
  expect(await acts()).toEqual([
    { act: 'support.granted', operatorId: null, userId: rosa.user.id },
    { act: 'support.entered', operatorId: asOlga.olga.id, userId: null },
  ])
})

test('the cookie is of this host only and for this hour, and its token is in no table', async () => {
  await freshRosa()
  await allow()
  now = new Date(now.getTime() + 600_000)
  const answer = await openDoor(await beginEntry())
  const cookie = answer.headers.getSetCookie().at(-1) ?? ''
  expect(cookie).toMatch(/^smartket-soporte=[\w-]{43}; Max-Age=(2999|3000); Path=\/; HttpOnly; SameSite=Lax$/)
  expect(answer.headers.get('Location')).toBe('/')
  expect(JSON.stringify(await lastGrant())).not.toContain(cookieOf(answer).split('=')[1])
})

/** Every page behind the door, with ids that are there. */
const gets = [
  ...new Set(
    signedIn()
      .routes.filter((route) => route.method === 'GET')
      .map(({ path }) => path.replace(/:\w+(\{[^}]*\})?/g, '1')),
  ),
]
const writes = [
  ...new Set(
    signedIn()
      .routes.filter(({ method }) => !['GET', 'ALL'].includes(method))
      .map(({ method, path }) => `${method} ${path.replace(/:\w+(\{[^}]*\})?/g, '1')}`),
  ),
]

test('every page answers, none with an error of ours, and none carries a file away', async () => {
  const asSupport = await entered()
  await rosa.db.update(staff).set({ pinHash: '$argon2id$of-rosa' }).where(eq(staff.id, 1))
  expect(gets.length).toBeGreaterThan(15)
  for (const path of gets) {
    const answer = await asSupport(path)
    expect(`${path} ${answer.status < 500}`).toBe(`${path} true`)
    expect(answer.headers.get('Content-Disposition')).toBeNull()
    expect(await answer.text()).not.toContain('$argon2id$')
  }
  for (const path of ['/', '/productos', '/ventas', '/caja', '/pos', '/personal', '/productos/importar'])
    expect(`${path} ${(await asSupport(path)).status}`).toBe(`${path} 200`)
  for (const path of [
    '/cuenta',
    '/cuenta/soporte',
    '/cuenta/datos',
    '/plan',
    '/productos/plantilla.xlsx?con=productos',
  ])
    expect(`${path} ${(await asSupport(path)).status}`).toBe(`${path} 403`)
})

test('whatever would write is refused, whatever it sends', async () => {
  const asSupport = await entered()
  const price = await rosa.db.execute('checksum table products, staff, business, sales, cash_sessions')
  expect(writes.length).toBeGreaterThan(15)
  for (const route of writes) {
    const [method = '', path = ''] = route.split(' ')
    for (const body of [
      { form: { name: 'x', price: '1' } },
      { json: { request_key: crypto.randomUUID() } },
    ]) {
      expect(`${route} ${(await asSupport(path, { method, ...body })).status}`).toBe(`${route} 403`)
    }
  }
  const after = await rosa.db.execute('checksum table products, staff, business, sales, cash_sessions')
  expect(after[0]).toEqual(price[0])
})

test('the owner ends it in the middle: the next click is outside', async () => {
  const asSupport = await entered()
  expect((await asSupport('/productos')).status).toBe(200)
  await asRosa('/cuenta/soporte/fin', post)
  const out = await asSupport('/productos')
  expect(out.status).toBe(303)
  expect(out.headers.get('Location')).toBe(`${services.config.operatorOrigin}/soporte`)
  expect(out.headers.getSetCookie().at(-1)).toMatch(/^smartket-soporte=; Max-Age=0/)
})

test('after an hour it is over by itself, and the job takes the account away', async () => {
  const asSupport = await entered()
  const begin = now
  try {
    for (const minutes of [29, 58]) {
      now = new Date(begin.getTime() + minutes * 60_000)
      expect((await asSupport('/productos')).status).toBe(200)
    }
    now = new Date(begin.getTime() + 3_599_000)
    expect((await asSupport('/productos')).status).toBe(200)
    await closeSupportAccounts(databases, now)
    expect((await lastGrant()).accountDroppedAt).toBeNull()
    now = new Date(begin.getTime() + 3_600_000)
    expect((await asSupport('/productos')).status).toBe(303)
    await closeSupportAccounts(databases, now)
    const grant = await lastGrant()
    expect(grant.accountDroppedAt).not.toBeNull()
    expect(grant.sessionHash).toBeNull()
    const db = databases.support(rosa.tenant, grant.id)
    await expect(db.select({ id: staff.id }).from(staff)).rejects.toThrow()
    await closeSupportAccounts(databases, now)
  } finally {
    now = begin
  }
})

test('the code opens once, within two minutes, and from the console only', async () => {
  await freshRosa()
  await allow()
  const code = await beginEntry()
  for (const origin of [services.config.appOrigin, services.config.landingOrigin, 'https://evil.example'])
    expect((await openDoor(code, origin)).status).toBe(403)
  const withoutOrigin = await app.server.request(`${services.config.appOrigin}/soporte`, {
    method: 'POST',
    headers: { Host: new URL(services.config.appOrigin).host },
    body: new URLSearchParams({ codigo: code }),
  })
  expect(withoutOrigin.status).toBe(403)
  const doors = await Promise.all([1, 2, 3].map(() => openDoor(code)))
  expect(doors.map((answer) => answer.headers.get('Location')).sort()).toEqual(
    ['/', ...Array(2).fill(`${services.config.operatorOrigin}/soporte?aviso=termino`)].sort(),
  )
  const begin = now
  const late = await beginEntry()
  now = new Date(begin.getTime() + 121_000)
  expect((await openDoor(late)).headers.getSetCookie()).toEqual([])
  now = begin
  for (const bad of ['', 'x', `${late}x`, '%00', 'a'.repeat(5000)]) {
    const answer = await openDoor(bad)
    expect(answer.status).toBe(303)
    expect(answer.headers.getSetCookie()).toEqual([])
  }
})

test('a second operator who enters puts the first one out; who is disabled is out too', async () => {
  const asSupport = await entered()
  const asBerta = await operatorApp(services)
  const berta = cookieOf(await openDoor(await beginEntry(asBerta)))
  expect((await asSupport('/productos')).status).toBe(303)
  expect((await app.app('/productos', {}, berta)).status).toBe(200)
  await disableOperator(databases.admin, asBerta.olga.email, now)
  expect((await app.app('/productos', {}, berta)).status).toBe(303)
})

test('«Salir» of the console is out of the business too, and the next operator is not disturbed', async () => {
  await freshRosa()
  await allow()
  const asBerta = await operatorApp(services)
  const berta = cookieOf(await openDoor(await beginEntry(asBerta)))
  expect((await app.app('/productos', {}, berta)).status).toBe(200)
  await asOlga('/soporte')
  const asCarmen = await operatorApp(services)
  await asCarmen('/salir', post)
  expect((await app.app('/productos', {}, berta)).status).toBe(200)
  await asBerta('/salir', post)
  const out = await app.app('/productos', { headers: { 'HX-Request-Type': 'partial' } }, berta)
  expect(out.status).toBe(204)
  expect(out.headers.get('HX-Redirect')).toBe(`${services.config.operatorOrigin}/soporte`)
})

test('allowing it twice is one permission and does not last longer; presses at once too', async () => {
  await freshRosa()
  await Promise.all([allow(), allow(), allow()])
  const first = await lastGrant()
  now = new Date(now.getTime() + 60_000)
  await allow()
  const grants = await databases.admin
    .select()
    .from(supportGrants)
    .where(eq(supportGrants.tenantId, rosa.tenant.id))
  expect(grants).toHaveLength(1)
  expect((await lastGrant()).expiresAt).toEqual(first.expiresAt)
})

test('a browser that is an owner too is support until it leaves', async () => {
  const asSupport = await entered()
  const carla = await readyTenant('Bodega de Carla')
  const { createSession } = await import('#src/http/session.ts')
  const token = await createSession(databases.admin, {
    userId: carla.user.id,
    tenantId: carla.tenant.id,
    now,
  })
  const both = `${asSupport.cookie}; smartket=${token}`
  expect((await app.app('/cuenta', {}, both)).status).toBe(403)
  const left = await app.app('/soporte/salida', post, both)
  expect(left.headers.getSetCookie().at(-1)).toMatch(/^smartket-soporte=; Max-Age=0/)
  expect((await asSupport('/productos')).status).toBe(303)
  expect((await app.app('/cuenta', {}, `smartket=${token}`)).status).toBe(200)
  expect((await acts()).at(-1)?.act).toBe('support.left')
})

test('Beto, who is her cashier, sees it and can neither allow nor end it', async () => {
  await freshRosa()
  const beto = await asBeto()
  expect((await beto('/cuenta/soporte')).status).toBe(403)
  expect((await beto('/cuenta/soporte', post)).status).toBe(403)
  await allow()
  const page = await (await beto('/cuenta')).text()
  expect(page).toMatch(/puede mirar tu\s+negocio/)
  expect(page).not.toContain('Terminar ahora')
  expect((await beto('/cuenta/soporte/fin', post)).status).toBe(403)
  expect((await lastGrant()).endedAt).toBeNull()
})

async function asBeto() {
  const [{ insertId: staffId }] = await rosa.db
    .insert(staff)
    .values({ name: 'Beto', role: 'cajera', createdAt: now })
  const email = `beto+${crypto.randomUUID()}@example.test`
  const [{ insertId: id }] = await databases.admin
    .insert(users)
    .values({ email, passwordHash: 'x', createdAt: now })
  await databases.admin.insert(memberships).values({ userId: id, tenantId: rosa.tenant.id, staffId })
  return app.as({ ...rosa, user: { id } })
}

test("Carla's business is closed to the support of Rosa's", async () => {
  const asSupport = await entered()
  const carla = await readyTenant('Bodega de Carla')
  await carla.db.execute("update products set name = 'SOLO-DE-CARLA'")
  expect(await (await asSupport('/productos')).text()).not.toContain('SOLO-DE-CARLA')
  const [row] = await databases.admin
    .select()
    .from(supportGrants)
    .where(and(eq(supportGrants.tenantId, carla.tenant.id)))
  expect(row).toBeUndefined()
})

const supportAccounts = async (tenantId: number) => {
  const rows = await databases.provision((root) =>
    root.query('select user from mysql.user where user like ?', [`soporte\\_${tenantId}\\_%`]),
  )
  return (rows as { user: string }[]).length
}

test('ended while its account was still being made, nothing of it is left', async () => {
  await freshRosa()
  const slow = {
    ...databases,
    provision: (async (work) => {
      await databases.admin
        .update(supportGrants)
        .set({ endedAt: now, accountDroppedAt: now })
        .where(eq(supportGrants.tenantId, rosa.tenant.id))
      return databases.provision(work)
    }) as Databases['provision'],
  }
  await grantSupport(slow, { tenant: rosa.tenant, userId: rosa.user.id, address: '10.0.0.1' }, now)
  expect(await supportAccounts(rosa.tenant.id)).toBe(0)
})

test('an account that no permission asks for goes with the next round', async () => {
  await freshRosa()
  await databases.provision((root) => root.createSupportAccount(rosa.tenant, 4_000_000))
  await closeSupportAccounts(databases, now)
  expect(await supportAccounts(rosa.tenant.id)).toBe(0)
})

test('a new password or telephone for Olga puts her out of the business too', async () => {
  const asSupport = await entered()
  expect((await asSupport('/productos')).status).toBe(200)
  await resetPassword(services, { email: asOlga.olga.email, password: 'otra clave muy larga' }, now)
  expect((await asSupport('/productos')).status).toBe(303)
  asOlga = await operatorApp(services)
})

test('half an hour without a page, and she has to come in again', async () => {
  const asSupport = await entered()
  const before = now
  now = new Date(before.getTime() + 29 * 60_000)
  expect((await asSupport('/productos')).status).toBe(200)
  now = new Date(before.getTime() + 59 * 60_000 + 30_000)
  const answer = await asSupport('/productos')
  now = before
  expect(answer.status).toBe(303)
})
