import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { memberships, sessions } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { staff } from '#src/db/tenant-schema.ts'
import type { Env, Services, TenantEnv } from '#src/http/env.ts'
import { request } from '#src/http/request.ts'
import { createSession, endAllSessions, endSession, requireSession, startSession } from '#src/http/session.ts'
import { type TestTenant, testDatabases, testTenant } from '../../tests/support/database.ts'
import { testServices } from '../../tests/support/http.ts'

let databases: Databases
let rosa: TestTenant

beforeAll(async () => {
  databases = await testDatabases()
  rosa = await testTenant('Pollería Rosita')
})

const day = 86_400_000

/** A door with one room behind it, which says who came in. */
function house(overrides: Partial<Services> = {}) {
  const app = new Hono<Env>()
  app.use(request({ ...testServices(databases), ...overrides }))
  app.post('/in', async (c) => {
    await startSession(c, rosa.user.id, rosa.tenant.id)
    return c.text('in')
  })
  app.post('/out', async (c) => {
    await endSession(c)
    return c.text('out')
  })
  const inside = new Hono<TenantEnv>()
  inside.use(requireSession)
  inside.all('*', (c) => c.json({ tenant: c.var.tenant.id, user: c.var.user.email, staff: c.var.staff }))
  app.route('/', inside)
  return app
}

const tokenOf = (now = new Date()) =>
  createSession(databases.admin, { userId: rosa.user.id, tenantId: rosa.tenant.id, now })
const visit = (app: Hono<Env>, token: string, init: RequestInit & { path?: string } = {}) =>
  app.request(`http://app.localhost:3000${init.path ?? '/productos'}`, {
    ...init,
    headers: { Cookie: `smartket=${token}`, ...init.headers },
  })

test('Rosa comes in to her own business as its owner', async () => {
  const answer = await visit(house(), await tokenOf())
  expect(await answer.json()).toEqual({
    tenant: rosa.tenant.id,
    user: rosa.user.email,
    staff: { id: 1, name: '', role: 'dueno' },
  })
})

test('the database knows the SHA-256 of the cookie, and the cookie is no session by itself', async () => {
  const token = await tokenOf()
  const hash = createHash('sha256').update(token).digest('hex')
  const [row] = await databases.admin.select().from(sessions).where(eq(sessions.id, hash))
  expect(row?.tenantId).toBe(rosa.tenant.id)
  expect((await visit(house(), hash)).status).toBe(303)
})

describe('the cookie', () => {
  test('on https is bound to the host', async () => {
    const plain = testServices(databases).config
    const app = house({ config: { ...plain, appOrigin: 'https://app.smartket.example' } })
    const answer = await app.request('https://app.smartket.example/in', { method: 'POST' })
    expect(answer.headers.get('Set-Cookie')).toMatch(
      /^__Host-smartket=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  test('is another one after each sign-in, and the one before is worth nothing', async () => {
    const app = house()
    const before = await tokenOf()
    const answer = await visit(app, before, { method: 'POST', path: '/in' })
    expect(answer.headers.get('Set-Cookie')).not.toContain(before)
    expect((await visit(app, before)).status).toBe(303)
  })
})

describe('a session ends', () => {
  test('30 days after it began, however busy it was', async () => {
    const token = await tokenOf()
    const at = (days: number) => house({ clock: () => new Date(Date.now() + days * day) })
    expect((await visit(at(29.9), token)).status).toBe(200)
    expect((await visit(at(30.1), token)).status).toBe(303)
    // ...and is gone for good, not only hidden by the clock.
    expect((await visit(at(0), token)).status).toBe(303)
  })

  test('after 14 days without a visit', async () => {
    const token = await tokenOf()
    await databases.admin
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(sessions.userId, rosa.user.id))
    expect((await visit(house(), token)).status).toBe(303)
  })

  test('a visit in its second week renews it', async () => {
    const token = await tokenOf()
    const soon = new Date(Date.now() + 2 * day)
    const id = createHash('sha256').update(token).digest('hex')
    await databases.admin.update(sessions).set({ expiresAt: soon }).where(eq(sessions.id, id))
    expect((await visit(house(), token)).status).toBe(200)
    const [row] = await databases.admin.select().from(sessions).where(eq(sessions.id, id))
    expect(row!.expiresAt.getTime()).toBeGreaterThan(soon.getTime() + 10 * day)
  })

  test('when she signs out, here and nowhere else', async () => {
    const [phone, counter] = [await tokenOf(), await tokenOf()]
    const answer = await visit(house(), phone, { method: 'POST', path: '/out' })
    expect(answer.headers.get('Set-Cookie')).toMatch(/^smartket=; Max-Age=0; Path=\//)
    expect((await visit(house(), phone)).status).toBe(303)
    expect((await visit(house(), counter)).status).toBe(200)
  })

  test('everywhere at once when all are ended', async () => {
    const [phone, counter] = [await tokenOf(), await tokenOf()]
    await endAllSessions(databases.admin, rosa.user.id)
    expect((await visit(house(), phone)).status).toBe(303)
    expect((await visit(house(), counter)).status).toBe(303)
  })

  test('when the person is no longer of the business', async () => {
    const carla = await testTenant('Bodega Carla')
    const now = new Date()
    const token = await createSession(databases.admin, {
      userId: carla.user.id,
      tenantId: carla.tenant.id,
      now,
    })
    await carla.db.update(staff).set({ active: false })
    expect((await visit(house(), token)).status).toBe(303)
    await carla.db.update(staff).set({ active: true })
    const again = await createSession(databases.admin, {
      userId: carla.user.id,
      tenantId: carla.tenant.id,
      now,
    })
    await databases.admin.delete(memberships).where(eq(memberships.userId, carla.user.id))
    expect((await visit(house(), again)).status).toBe(303)
  })

  test('a session for a business that is not hers is none', async () => {
    const carla = await testTenant('Bodega Carla')
    const token = await createSession(databases.admin, {
      userId: carla.user.id,
      tenantId: rosa.tenant.id,
      now: new Date(),
    })
    expect((await visit(house(), token)).status).toBe(303)
  })
})

describe('without a session', () => {
  const nobody = 'x'.repeat(43)

  test('a page leads to the sign-in, and back afterwards', async () => {
    const answer = await visit(house(), nobody, { path: '/productos?categoria=3' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe('/ingresar?volver=%2Fproductos%3Fcategoria%3D3')
  })

  test('a form leads back to the page it stood on, never to an address without a page', async () => {
    const answer = await visit(house(), nobody, {
      method: 'POST',
      path: '/caja/aperturas',
      headers: { Referer: 'http://app.localhost:3000/pos' },
    })
    expect(answer.headers.get('Location')).toBe('/ingresar?volver=%2Fpos')
  })

  test('a page of another site is nowhere to go back to', async () => {
    const answer = await visit(house(), nobody, {
      method: 'POST',
      path: '/caja/aperturas',
      headers: { Referer: 'https://evil.example/pos' },
    })
    expect(answer.headers.get('Location')).toBe('/ingresar')
  })

  test('htmx is told to go there, not given a page to swap in', async () => {
    const answer = await visit(house(), nobody, {
      headers: {
        'HX-Request-Type': 'partial',
        'HX-Current-URL': 'http://app.localhost:3000/productos',
      },
    })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('HX-Redirect')).toBe('/ingresar?volver=%2Fproductos')
    expect(await answer.text()).toBe('')
  })

  test('the till is told in JSON, so that it keeps the sale', async () => {
    const answer = await visit(house(), nobody, { method: 'POST', path: '/pos/ventas' })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ ok: false, problem: 'signed-out' })
  })

  test.each(['', 'short', '../../etc', 'ñ'.repeat(43)])('the cookie «%s» is nobody', async (token) => {
    const answer = await visit(house(), encodeURIComponent(token))
    expect(answer.status).toBe(303)
  })
})
