import { and, eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { dailyCounts } from '#src/db/admin-schema.ts'
import type { TenantEnv } from '#src/http/env.ts'
import { NotFound, onError } from '#src/http/errors.tsx'
import { testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import { flushCounts } from './actions.ts'
import { countOnce, giveBack, isVisit, takeCounts } from './counter.ts'

const inLima = (day: string) => new Date(`${day}T12:00:00-05:00`)
const browser = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36'

async function counted(day: string, name: string, tenantId = 0) {
  const { admin } = await testDatabases()
  const [row] = await admin
    .select()
    .from(dailyCounts)
    .where(and(eq(dailyCounts.day, day), eq(dailyCounts.name, name), eq(dailyCounts.tenantId, tenantId)))
  return row?.count ?? 0
}

test('visits of one day add up, whoever wrote them and however often', async () => {
  const { admin } = await testDatabases()
  countOnce('visit', inLima('2031-05-01'))
  countOnce('visit', inLima('2031-05-01'))
  await flushCounts(admin)
  countOnce('visit', new Date('2031-05-02T04:59:59Z'))
  countOnce('visit', new Date('2031-05-02T05:00:00Z'))
  countOnce('error', inLima('2031-05-01'), 7)
  await flushCounts(admin)
  await flushCounts(admin)
  expect(await counted('2031-05-01', 'visit')).toBe(3)
  expect(await counted('2031-05-02', 'visit')).toBe(1)
  expect(await counted('2031-05-01', 'error', 7)).toBe(1)
})

test('what could not be written waits for the next time', async () => {
  countOnce('visit', inLima('2031-06-01'))
  const taken = takeCounts()
  countOnce('visit', inLima('2031-06-01'))
  giveBack(taken)
  expect(takeCounts()).toEqual([{ day: '2031-06-01', name: 'visit', tenantId: 0, count: 2 }])
})

test('Rosa who reads the landing is a visit; a crawler, a preview and a second page are not', async () => {
  const databases = await testDatabases()
  const app = testApp(testServices(databases, { clock: () => inLima('2031-07-01') }))
  const read = (path: string, headers: Record<string, string>) => app.landing(path, { headers })
  await read('/', { 'User-Agent': browser })
  await read('/', { 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' })
  await read('/', { 'User-Agent': 'curl/8.0' })
  await read('/', { 'User-Agent': browser, 'Sec-Purpose': 'prefetch;prerender' })
  await read('/precios', { 'User-Agent': browser })
  await flushCounts(databases.admin)
  expect(await counted('2031-07-01', 'visit')).toBe(1)
  expect(isVisit({ userAgent: 'WhatsApp/2.23 A' })).toBe(false)
})

test('a failure of ours is counted for the business that met it; a wrong address is not', async () => {
  const databases = await testDatabases()
  const rosita = { id: 7_001 } as TenantEnv['Variables']['tenant']
  const app = new Hono<TenantEnv>()
  app.use(async (c, next) => {
    c.set('services', testServices(databases))
    c.set('now', inLima('2031-08-01'))
    if (c.req.path.startsWith('/dentro')) c.set('tenant', rosita)
    await next()
  })
  app.onError(onError as never)
  app.get('/dentro', () => {
    throw new Error('broken')
  })
  app.get('/dentro/nada', () => {
    throw new NotFound()
  })
  app.get('/fuera', () => {
    throw new Error('broken')
  })
  expect((await app.request('/dentro')).status).toBe(500)
  expect((await app.request('/dentro/nada')).status).toBe(404)
  expect((await app.request('/fuera')).status).toBe(500)
  await flushCounts(databases.admin)
  expect(await counted('2031-08-01', 'error', rosita.id)).toBe(1)
  expect(await counted('2031-08-01', 'error')).toBe(1)
})
