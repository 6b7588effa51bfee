import { existsSync } from 'node:fs'
import { connect as http2 } from 'node:http2'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { freePort, type RunningApp, startApp } from './support/app.ts'
import { startCaddy } from './support/caddy.ts'
import {
  app,
  journeysAt,
  landing,
  openTill,
  operator,
  register,
  setUp,
  sizes,
  test,
} from './support/journey.ts'

// The whole of a server: the executable, its MariaDB, and Debian's Caddy with our Caddyfile, over https.

const executable = join(import.meta.dirname, '../dist/smartket')
let running: RunningApp
let caddy: Awaited<ReturnType<typeof startCaddy>>
let port: number

beforeAll(async () => {
  if (!existsSync(executable)) throw new Error('build it first: npm run build')
  port = await freePort()
  const [appPort, at] = [await freePort(), (name: string) => `https://${name}smartket.localhost:${port}`]
  running = await startApp({
    command: [executable],
    env: {
      PORT: String(appPort),
      SMARTKET_TRUST_PROXY: '1',
      SMARTKET_LANDING_ORIGIN: at(''),
      SMARTKET_APP_ORIGIN: at('app.'),
      SMARTKET_OPERATOR_ORIGIN: at('operador.'),
    },
  })
  caddy = await startCaddy({ domain: 'smartket.localhost', httpsPort: port, appPort })
  journeysAt({ landing: at(''), app: at('app.'), operator: at('operador.') })
})
afterAll(async () => {
  await caddy?.stop()
  await running?.stop()
})

const agent = new Agent({ rejectUnauthorized: false })
type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

function ask(
  origin: string,
  path: string,
  init: { method?: string; headers?: object; body?: Buffer | string } = {},
) {
  const { hostname } = new URL(origin)
  return new Promise<Answer>((resolve, reject) => {
    const options = {
      agent,
      host: '127.0.0.1',
      port,
      servername: hostname,
      path,
      method: init.method ?? 'GET',
      headers: { Host: `${hostname}:${port}`, ...init.headers },
    }
    const sent = request(options, (answer) => {
      let body = ''
      answer.on('data', (chunk) => (body += chunk))
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
    })
    // A body that is refused half-way closes the connection; the answer has come before.
    sent.once('error', reject)
    sent.end(init.body)
  })
}

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`from registering to the ticket over https, on a ${device}`, async ({ person }) => {
    const { page, context, problems } = await person({
      viewport,
      ignoreHTTPSErrors: true,
      extraHTTPHeaders: {},
    })
    await register(page, `Pollería Rosita ${device}`)
    await setUp(page)
    await openTill(page)
    await page
      .getByRole('button', { name: /1\/4 pollo/ })
      .first()
      .click()
    await page
      .getByRole('button', { name: /^Cobrar/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Cobrar y recibir 20 soles' }).click()
    const ticket = page.locator('article.ticket')
    await ticket.waitFor({ state: 'attached' })
    expect(await ticket.textContent()).toContain('NV01-000001')
    const [cookie] = await context.cookies(app())
    expect(cookie).toMatchObject({
      name: '__Host-smartket',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
    })
    expect(problems).toEqual([])
  })
}

test('HTTP/2, compressed, with every header that a browser needs to be strict', async () => {
  const session = http2(`https://127.0.0.1:${port}`, {
    rejectUnauthorized: false,
    servername: 'smartket.localhost',
  })
  const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
    session.once('error', reject)
    session
      .request({ ':path': '/', ':authority': `smartket.localhost:${port}`, 'accept-encoding': 'zstd' })
      .once('response', resolve)
      .once('error', reject)
      .end()
  })
  session.close()
  expect(headers).toMatchObject({
    ':status': 200,
    'content-encoding': 'zstd',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  })
  expect(headers).not.toHaveProperty('server')
  const page = await ask(landing(), '/')
  const style = /href="(\/assets\/[^"]+\.css)"/.exec(page.body)?.[1] ?? ''
  expect((await ask(landing(), style)).headers['cache-control']).toBe('public, max-age=31536000, immutable')
})

test('what is for the machine itself is not there from outside', async () => {
  for (const origin of [landing(), app(), operator()])
    for (const path of ['/metrics', '/readyz']) expect((await ask(origin, path)).status).toBe(404)
  const health = await ask(app(), '/healthz')
  expect([health.status, health.headers['x-smartket-release']]).toEqual([200, undefined])
})

test('the address that limits count is the one that Caddy saw, whatever the visitor claims', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 60; i++) {
    const headers = {
      Origin: app(),
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Forwarded-For': `203.0.113.${i}`,
      'X-Real-IP': `203.0.113.${i}`,
    }
    statuses.push(
      (await ask(app(), '/recuperar', { method: 'POST', headers, body: 'email=nadie%40example.com' })).status,
    )
  }
  expect(statuses).toContain(429)
})

test('20 MB are refused with a sentence before the app sees them', async () => {
  const body = Buffer.alloc(20_000_000, 'x')
  const answer = await ask(app(), '/ingresar', {
    method: 'POST',
    headers: {
      Origin: app(),
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(body.length),
      Expect: '100-continue',
    },
    body,
  })
  expect(answer.status).toBe(413)
})

test('while the app is away there is a calm page', async () => {
  await running.stop()
  const answer = await ask(app(), '/pos')
  expect(answer.status).toBe(502)
  expect(answer.body).toContain('SmartKet vuelve en un momento.')
  expect(answer.headers['retry-after']).toBe('15')
})
