import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { products, sales } from '#src/db/tenant-schema.ts'
import { moveBack, moveTenant } from '#src/tenants/move/actions.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { testApp, testServices } from './support/http.ts'
import { order } from './support/till.ts'
import { openedShop, type TwoServers, twoServers } from './support/two-servers.ts'

let two: TwoServers
beforeAll(async () => {
  two = await twoServers()
})
afterAll(() => two.stop())

test('a business is moved, and back, while its owner sells in two browsers at two processes', async () => {
  const { databases } = two
  const shop = await openedShop(databases)
  const apps = [testApp(testServices(databases)), testApp(testServices(await two.open()))]
  const tills = await Promise.all(apps.map(async (app) => tillOf(await app.as(shop))))
  const soldMore = (howMany: number) => {
    const wanted = tills.map((till) => till.keys.length + howMany)
    return expect
      .poll(() => tills.every((till, i) => till.keys.length >= (wanted[i] ?? 0)), { timeout: 30_000 })
      .toBe(true)
  }
  await soldMore(5)
  const there = await moveTenant(databases, { tenantId: shop.tenant.id, to: 2 }, { clock: () => new Date() })
  expect(there).toMatchObject({ ok: true, to: 2 })
  await soldMore(5)
  const now = await findTenant(databases.admin, shop.tenant.id)
  if (!now) throw new Error('the shop is gone')
  // Something that only the new database knows goes back with it.
  await databases
    .tenant(now)
    .update(products)
    .set({ priceCentimos: 2100 })
    .where(eq(products.id, shop.products.soda))
  expect(await moveBack(databases, shop.tenant.id, { clock: () => new Date() })).toMatchObject({
    ok: true,
    to: 1,
  })
  await soldMore(5)
  await Promise.all(tills.map((till) => till.stop()))

  const back = await findTenant(databases.admin, shop.tenant.id)
  if (!back) throw new Error('the shop is gone')
  const db = databases.tenant(back)
  const made = await db
    .select({ key: sales.requestKey, number: sales.number })
    .from(sales)
    .orderBy(sales.number)
  expect(made.map(({ number }) => number)).toEqual(made.map((_, i) => i + 1))
  expect(made.map(({ key }) => key).toSorted()).toEqual(tills.flatMap((till) => till.keys).toSorted())
  expect(await db.$count(products, eq(products.priceCentimos, 2100))).toBe(1)
  // Nobody was refused: whoever came in the pause was asked to come again.
  for (const status of tills.flatMap((till) => till.otherAnswers)) expect(status).toBeGreaterThanOrEqual(500)

  /** Sends a sale under one key until it is answered, as the till does. */
  function tillOf(browser: Awaited<ReturnType<(typeof apps)[0]['as']>>) {
    const keys: string[] = []
    const otherAnswers: number[] = []
    let isStopped = false
    const running = (async () => {
      while (!isStopped) {
        const body = { ...order(shop), requestKey: randomUUID() }
        for (;;) {
          const answer = await browser('/pos/ventas', { json: body })
          if (answer.ok) break
          otherAnswers.push(answer.status)
          if (answer.status < 500) return
          await pause(50)
        }
        keys.push(body.requestKey)
      }
    })()
    return {
      keys,
      otherAnswers,
      stop: async () => {
        isStopped = true
        await running
      },
    }
  }
}, 90_000)
