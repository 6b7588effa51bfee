import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { branches, categories, products, registers, staff } from '#src/db/tenant-schema.ts'
import { serverLimits } from '#src/http/server-limits.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../support/database.ts'
import { testApp, testServices } from '../support/http.ts'
import { everyDoor, filled } from '../support/routes.ts'

// A server of its own: what it uses up of the limits is missed by nobody.
let own: Awaited<ReturnType<typeof ownDatabases>>
let rosa: ReadyTenant
let app: ReturnType<typeof testApp>
let cookie: string
let server: Server
let port: number
const inside = everyDoor.filter((door) => door.host === 'app' && door.isInside && door.method === 'GET')
const outside = everyDoor.filter((door) => !door.isInside && door.method === 'GET')

beforeAll(async () => {
  own = await ownDatabases()
  const services = testServices(own.databases)
  app = testApp(services)
  rosa = await readyTenant('Pollería Rosita', own.databases)
  cookie = await app.cookieOf(rosa)
  server = createAdaptorServer({
    fetch: createApp(services).fetch,
    serverOptions: {
      ...serverLimits,
      headersTimeout: 600,
      requestTimeout: 900,
      connectionsCheckingInterval: 100,
    },
  }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await own.stop()
})

/** Bytes as they are, and all that comes back until the other side has enough. */
async function raw(text: string, more: (write: (text: string) => void) => void = () => {}): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk))
  socket.on('error', () => undefined)
  socket.write(text)
  more((piece) => void (socket.destroyed || socket.write(piece)))
  await once(socket, 'close')
  return answer
}

describe('A name that is not ours', () => {
  test.each([
    '',
    'evil.example',
    'app.localhost:3000.evil.example',
    'localhost:3000@evil.example',
    '127.0.0.1',
  ])('«%s» is nobody', async (host) => {
    const answer = await app.server.request('http://x/', { headers: host ? { Host: host } : {} })
    expect(answer.status).toBe(421)
    expect(await answer.text()).not.toContain('evil')
  })

  test('in a forwarded header changes no address that we write', async () => {
    const headers = {
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'gopher',
      Forwarded: 'host=evil.example',
      'X-Original-URL': '/plan',
      'X-HTTP-Method-Override': 'DELETE',
    }
    for (const { host, path } of outside) {
      const answer = await app[host](
        filled(path, () => 'x'),
        { headers },
      )
      expect(`${await answer.text()}${answer.headers.get('Location')}`).not.toContain('evil.example')
    }
  })

  test('an address from outside is not believed without our proxy', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 60; i++) {
      const form = { email: 'nadie@example.com' }
      const answer = await app.app('/recuperar', { form, headers: { 'X-Forwarded-For': `203.0.113.${i}` } })
      statuses.push(answer.status)
    }
    expect(statuses).toContain(429)
  })
})

describe('A path', () => {
  test.each([
    '/assets/../package.json',
    '/assets/..%2f..%2fetc/passwd',
    '/assets/%2e%2e/%2e%2e/etc/passwd',
    '/assets/....//....//etc/passwd',
    '/assets/app.css%00.js',
    '/assets/migrations/admin/0000_start.sql',
    '/assets/Caddyfile',
    '/assets/manifest.json',
    '//evil.example/assets/app.css',
    '/.env',
    '/.git/config',
  ])('«%s» gives no file', async (path) => {
    for (const host of ['landing', 'app', 'operator'] as const) {
      const answer = await app[host](path)
      expect([302, 303, 400, 404]).toContain(answer.status)
      expect(await answer.text()).not.toMatch(/root:|CREATE TABLE|"dependencies"/)
    }
  })

  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/%0d%0aSet-Cookie:x=1',
  ])('to go back to, «%s», stays with us', async (volver) => {
    const form = { email: rosa.user.email, password: 'pollo a la brasa', volver }
    const answer = await app.app('/ingresar', { form })
    const location = answer.headers.get('Location') ?? ''
    expect(new URL(location, 'http://app.localhost:3000').host).toBe('app.localhost:3000')
    expect(answer.headers.get('x')).toBeNull()
  })
})

describe('Over a real connection', () => {
  test('headers without end are refused', async () => {
    const answer = await raw(`GET / HTTP/1.1\r\nHost: localhost:3000\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  })
  test('headers that never end are ended', async () => {
    expect(await raw('GET / HTTP/1.1\r\nHost: localhost:3000\r\nX-A: ')).toMatch(/^(HTTP\/1\.1 408 |$)/)
  })
  test.each(['/ingresar', '/avisos/mercadopago', '/registro'])(
    'a body that never ends at %s is ended',
    async (path) => {
      const head = `POST ${path} HTTP/1.1\r\nHost: app.localhost:3000\r\nOrigin: http://app.localhost:3000\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nemail=`
      let isOver = false
      const answer = raw(head, (write) => {
        const drip = setInterval(() => (isOver ? clearInterval(drip) : write('a')), 100)
      })
      expect(await answer.finally(() => (isOver = true))).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
    },
  )
  test('two lengths, or a length beside chunks, are no request', async () => {
    const head = 'POST /ingresar HTTP/1.1\r\nHost: app.localhost:3000\r\n'
    for (const lengths of [
      'Content-Length: 5\r\nContent-Length: 6',
      'Content-Length: 5\r\nTransfer-Encoding: chunked',
    ])
      expect(await raw(`${head}${lengths}\r\n\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
  })
})

const mark = `"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}`
const isLive = (html: string) => /<img src=x onerror|<script>alert\(1\)/.test(html)

describe('Markup', () => {
  test('that somebody stored is text on every page', async () => {
    const now = new Date()
    const [category] = await rosa.db.insert(categories).values({ name: mark.slice(0, 60), position: 9 })
    await rosa.db.insert(products).values({
      categoryId: category.insertId,
      name: mark,
      shortName: mark.slice(0, 36),
      presentation: mark.slice(0, 40),
      code: mark.slice(0, 32),
      priceCentimos: 100,
      createdAt: now,
      updatedAt: now,
    })
    await rosa.db.insert(staff).values({ name: mark.slice(0, 80), role: 'cajera', createdAt: now })
    await rosa.db.update(branches).set({ name: mark, address: mark })
    await rosa.db.update(registers).set({ name: mark.slice(0, 60) })
    const live: string[] = []
    for (const { path } of inside) {
      const answer = await app.app(
        filled(path, () => '1'),
        {},
        cookie,
      )
      if (answer.headers.get('Content-Type')?.includes('html') && isLive(await answer.text())) live.push(path)
    }
    expect(live).toEqual([])
  })

  test('in an address is text on every page', async () => {
    const search = new URLSearchParams(
      ['q', 'volver', 'orden', 'nuevo', 'estado', 'grupo', 'antes', 'aviso', 'email', 'plan', 'paso'].map(
        (name) => [name, mark],
      ),
    )
    const live: string[] = []
    for (const { host, path, isInside } of everyDoor.filter(({ method }) => method === 'GET')) {
      const answer = await app[host](
        `${filled(path, () => mark)}?${search}`,
        {},
        isInside ? cookie : undefined,
      )
      if (answer.headers.get('Content-Type')?.includes('html') && isLive(await answer.text())) live.push(path)
    }
    expect(live).toEqual([])
  })
})

test('what is no page of ours, «Unknown host» and the looks of the machine, can do nothing in a browser', async () => {
  const asked = [
    await app.server.request('http://x/', { headers: { Host: 'evil.example' } }),
    await app.app('/healthz'),
    await app.app('/readyz'),
    await app.app('/metrics'),
  ]
  for (const answer of asked)
    expect(answer.headers.get('Content-Security-Policy')).toBe("default-src 'none'; frame-ancestors 'none'")
  expect(asked.map(({ status }) => status)).toEqual([421, 200, 200, 404])
})

test('a stranger who tries wrong passwords does not shut Rosa out of her own browser', async () => {
  const form = { email: rosa.user.email, password: 'pollo a la brasa' }
  const first = await app.app('/ingresar', { form })
  const known = first.headers
    .getSetCookie()
    .find((one) => one.startsWith('smartket-conocido='))
    ?.split(';')[0]
  for (let i = 0; i < 40; i++) await app.app('/ingresar', { form: { ...form, password: `adivino ${i}` } })
  expect((await app.app('/ingresar', { form })).status).toBe(429)
  expect((await app.app('/ingresar', { form }, known)).status).toBe(303)
  // Known for one e-mail is known for no other.
  const other = { ...form, email: 'otra@example.com' }
  for (let i = 0; i < 40; i++) await app.app('/ingresar', { form: other }, known)
  expect((await app.app('/ingresar', { form: other }, known)).status).toBe(429)
})

test('every answer carries the same strict policy, errors and redirects too', async () => {
  const asked = [
    await app.app('/nada-de-esto', {}, cookie),
    await app.app('/productos'),
    await app.app('/productos', {}, cookie),
    await app.app('/ingresar', { form: {}, headers: { Origin: 'https://evil.example' } }),
    await app.landing('/'),
    await app.operator('/ingresar'),
  ]
  for (const answer of asked) {
    const policy = answer.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
  }
  expect(asked.map(({ status }) => status)).toEqual([404, 303, 200, 403, 200, 200])
})
