import { beforeAll, expect, test } from 'vitest'
import { readyTenant, testDatabases } from './support/database.ts'
import { testApp, testServices } from './support/http.ts'

// What a stranger can send before anybody asks who is there, and the addresses that no link of ours has.

type App = ReturnType<typeof testApp>
let app: App
let rosa: Awaited<ReturnType<App['as']>>

beforeAll(async () => {
  app = testApp(testServices(await testDatabases()))
  rosa = await app.as(await readyTenant('Pollería Rosita'))
}, 60_000)

test('a form of a hundred thousand fields is refused', async () => {
  const answer = await app.app('/ingresar', {
    body: 'a[]=1&'.repeat(100_000),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  expect(answer.status).toBe(413)
})

test('a file of 2 MB is refused where no file is asked for', async () => {
  const body = new FormData()
  body.set('email', new File([new Uint8Array(2_000_000)], 'foto.png'))
  expect((await app.app('/ingresar', { body })).status).toBe(413)
})

test.each(['/', '/pos', '/caja', '/ventas', '/productos', '/personal', '/cuenta'])(
  '%s has its page for a program that asks for JSON, too',
  async (path) => {
    expect((await rosa(path, { headers: { Accept: 'application/json' } })).status).toBe(200)
  },
)

test.each([
  ['/productos/ID', 404],
  ['/ventas/ID/ticket', 404],
  ['/practica/ID/ticket', 404],
  ['/productos?cambiado=1e999', 200],
  ['/configurar/productos/nuevo?guardado=1e999', 200],
])('%s with an id that no row can have is not a failure of ours', async (path, status) => {
  expect((await rosa(path.replace('ID', '9'.repeat(400)))).status).toBe(status)
})

test.each(['constructor', '__proto__', 'toString', 'otro.example'])('nobody is called %s', async (host) => {
  expect((await app.server.request('http://x/', { headers: { Host: host } })).status).toBe(421)
})

test('an address is the same in capitals', async () => {
  expect((await app.server.request('http://x/', { headers: { Host: 'LOCALHOST:3000' } })).status).toBe(200)
})
