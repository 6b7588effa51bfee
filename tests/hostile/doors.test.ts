import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessions } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../support/database.ts'
import { testApp, testServices } from '../support/http.ts'
import { cashierOf } from '../support/people.ts'
import { everyDoor, filled } from '../support/routes.ts'

// Every address there is, by people who may not. The list is the mount table: an address that is added tomorrow is
// walked too, and whoever opens one to cashiers has to say so here.

// A server of its own: its limits are counted apart from those of other files.
let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: ReadyTenant
let app: ReturnType<typeof testApp>
let asBeto: (path: string) => Promise<Response>
const inside = everyDoor.filter((door) => door.host === 'app' && door.isInside)
const console_ = everyDoor.filter((door) => door.host === 'operator' && door.isInside)
const at = (path: string) => filled(path, () => '1')

beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
  rosa = await readyTenant('Pollería Rosita', databases)
  app = testApp(testServices(databases))
  asBeto = (await app.as(await cashierOf(databases, rosa))) as typeof asBeto
})

afterAll(() => own.stop())

const isShut = (answer: Response) =>
  answer.status === 401 || (answer.status === 303 && /\/ingresar/.test(answer.headers.get('Location') ?? ''))

describe('Nobody', () => {
  test.each(inside)('without a session is shown the way in at $method $path', async ({ method, path }) => {
    const answer = await app.app(at(path), { method, ...(method === 'GET' ? {} : { form: {} }) })
    expect(isShut(answer)).toBe(true)
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
  })

  test.each(console_)("gets into the operator's console at $method $path", async ({ method, path }) => {
    const cookie = await app.cookieOf(rosa)
    for (const held of [undefined, cookie, cookie.replace('smartket=', 'smartket-operador=')]) {
      const answer = await app.operator(at(path), { method, ...(method === 'GET' ? {} : { form: {} }) }, held)
      expect([303, 401, 403, 404]).toContain(answer.status)
    }
  })
})

describe('A session', () => {
  test('that has expired, was ended, or is of somebody who is gone opens nothing', async () => {
    const old = await app.cookieOf(rosa)
    expect((await app.app('/productos', {}, old)).status).toBe(200)
    await databases.admin
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(sessions.userId, rosa.user.id))
    expect(isShut(await app.app('/productos', {}, old))).toBe(true)

    const left = await app.cookieOf(rosa)
    await app.app('/salir', { form: {} }, left)
    expect(isShut(await app.app('/productos', {}, left))).toBe(true)
  })

  test.each([
    'smartket=',
    'smartket=x',
    `smartket=${'A'.repeat(43)}`,
    `smartket=${'%00'.repeat(15)}`,
    'smartket=null',
  ])('that was made up, «%s», opens nothing', async (cookie) =>
    expect(isShut(await app.app('/productos', {}, cookie))).toBe(true),
  )

  test('that a stranger planted is not the one that signing in gives', async () => {
    const planted = 'P'.repeat(43)
    const form = { email: rosa.user.email, password: 'pollo a la brasa' }
    const answer = await app.app('/ingresar', { form }, `smartket=${planted}`)
    expect(answer.status).toBe(303)
    const given = answer.headers.getSetCookie().findLast((one) => one.startsWith('smartket='))
    expect(given).toMatch(/^smartket=[\w-]{43};/)
    expect(given).not.toContain(planted)
    expect(isShut(await app.app('/productos', {}, `smartket=${planted}`))).toBe(true)
  })
})

/** What a cashier's day needs. Everything else says that it is not hers. */
const forCashiers = ['/', '/caja', '/cuenta', '/pos', '/productos', '/ventas']

test('a cashier sees these pages and no other', async () => {
  const seen: string[] = []
  for (const { path } of inside.filter(({ method }) => method === 'GET')) {
    const answer = await asBeto(at(path))
    expect(answer.status).toBeLessThan(500)
    const html = await answer.text()
    if (answer.status === 200) seen.push(path)
    else expect(html).not.toContain(rosa.user.email)
  }
  expect(seen.filter((path) => !path.includes(':id')).toSorted()).toEqual(forCashiers)
})
