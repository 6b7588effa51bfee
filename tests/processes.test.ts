import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownDatabases, readyTenant, testPassword } from './support/database.ts'
import { appWithMail, browserOf, freshEmail } from './support/person.ts'
import { order } from './support/till.ts'

// Several processes behind one Caddy: whichever a request meets, the answer is the same.

let own: Awaited<ReturnType<typeof ownDatabases>>
let one: ReturnType<typeof appWithMail>
let other: ReturnType<typeof appWithMail>

beforeAll(async () => {
  own = await ownDatabases()
  one = appWithMail(own.databases)
  other = appWithMail(await own.open())
})
afterAll(() => own.stop())

test('who signs in at one is in at the other, and out of both at once', async () => {
  const rosa = await readyTenant('Pollería Rosita', own.databases)
  const browser = browserOf(one.app)
  const form = { email: rosa.user.email, password: testPassword }
  expect((await browser('/ingresar', { form })).status).toBe(303)
  const cookie = browser.cookie()
  expect((await other.app.app('/productos', {}, cookie)).status).toBe(200)
  expect((await other.app.app('/cuenta/sesiones', { form: {} }, cookie)).headers.get('Location')).toMatch(
    /^\/ingresar/,
  )
  for (const process of [one, other])
    expect((await process.app.app('/productos', {}, cookie)).status).toBe(303)
})

test('tries are counted once for all', async () => {
  const email = freshEmail('nadie')
  const statuses: number[] = []
  for (let i = 0; i < 40; i++) {
    const { app } = i % 2 === 0 ? one.app : other.app
    const headers = { 'X-Forwarded-For': '203.0.113.77' }
    statuses.push((await app('/recuperar', { form: { email }, headers })).status)
  }
  const firstRefused = statuses.indexOf(429)
  expect(firstRefused).toBeGreaterThan(0)
  expect(statuses.slice(firstRefused).every((status) => status === 429)).toBe(true)
})

test('a sale that two of them are asked for at once is one sale', async () => {
  const rosa = await readyTenant('Bodega de Rosa', own.databases)
  const cookie = await one.app.cookieOf(rosa)
  const opening = { request_key: crypto.randomUUID(), register_id: String(rosa.registerId), float: '50' }
  await one.app.app('/caja/aperturas', { form: opening }, cookie)
  const json = { ...order(rosa), business: rosa.tenant.uid.replaceAll('-', '').slice(0, 8) }
  const answers = await Promise.all(
    [one, other, one, other].map(({ app }) => app.app('/pos/ventas', { json }, cookie)),
  )
  const sold = (await Promise.all(answers.map((answer) => answer.json()))) as { sale: { number: string } }[]
  expect(sold.map(({ sale }) => sale.number)).toEqual(Array(4).fill('NV01-000001'))
})
