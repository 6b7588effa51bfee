import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { products as productsTable } from '../../src/db/tenant-schema.ts'
import type { Bench } from './place.ts'
import { openShop, type Shop } from './shop.ts'
import { asMeasured, atMost, median, type Row } from './table.ts'

/** The catalogue as it grows: the table and a search at 20,000 products, the till's open at 2,000 and 20,000. */
export async function products(bench: Bench): Promise<Row[]> {
  const small = await openShop(bench, { productCount: 2000 })
  const large = await openShop(bench, { productCount: 20_000 })
  await stockEverything(large)
  return [
    ...(await table(bench, large)),
    ...(await opening(bench, small, 2000)),
    ...(await opening(bench, large, 20_000)),
    await document(bench, small),
  ]
}

/** The worst that sorting by stock can meet: every product is counted. */
async function stockEverything(shop: Shop): Promise<void> {
  await shop.db.update(productsTable).set({ tracksStock: true, costCentimos: 70 })
  await shop.db.execute(
    sql`insert into stock_levels (branch_id, product_id, quantity_thousandths) select 1, id, (id % 90) * 1000 from products`,
  )
}

const rounds = 60

/** First and deep pages, every order, and searches as they are typed; the yardstick is the plainest page. */
async function table(bench: Bench, shop: Shop): Promise<Row[]> {
  const pages = [
    '',
    '?pagina=200',
    '?orden=precio',
    '?orden=-nombre&pagina=50',
    '?orden=categoria&pagina=390',
  ]
  const heavy = ['?orden=stock', '?orden=-margen', '?estado=sin-stock']
  const searches = ['?q=prod', '?q=producto+12', '?q=7750000012345', '?q=19999', '?q=nada+asi']
  const yardstick = { name: 'GET /caja, p95', value: await p95(bench, shop, '/caja', ['']) }
  const row = async (name: string, queries: string[], headers: Record<string, string> = {}) =>
    atMost(250, {
      name: `/productos, 20,000 products: ${name}, p95`,
      value: await p95(bench, shop, '/productos', queries, headers),
      unit: 'ms',
      yardstick,
    })
  return [
    await row('pages', pages),
    await row('by stock and margin', heavy),
    await row('searches', searches, { 'HX-Request-Type': 'partial' }),
  ]
}

async function p95(
  bench: Bench,
  shop: Shop,
  path: string,
  queries: string[],
  headers: Record<string, string> = {},
): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < rounds + queries.length; i++) {
    const started = performance.now()
    await get(bench, shop, path + queries[i % queries.length], headers)
    times.push(performance.now() - started)
  }
  // The first of each is the one that warms the caches.
  const warm = times.slice(queries.length).toSorted((a, b) => a - b)
  return warm[Math.ceil(warm.length * 0.95) - 1] ?? Number.NaN
}

const agent = new Agent({ keepAlive: true })

/** Over a kept-alive socket, as the proxy asks; a redirect is followed once. */
async function get(
  bench: Bench,
  shop: Shop,
  path: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const { host, port } = new URL(bench.app.app)
  const call = request({
    agent,
    host: '127.0.0.1',
    port,
    path,
    headers: { ...headers, Host: host, Cookie: shop.cookie },
  })
  call.end()
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  const body = await text(answer)
  if (answer.statusCode === 302) return get(bench, shop, answer.headers.location ?? '')
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`)
  return body
}

/** Warm: this browser has opened this till before. */
async function opening(bench: Bench, shop: Shop, productCount: number): Promise<Row[]> {
  const context = await bench.browser.newContext({ viewport: { width: 1366, height: 625 } })
  const [name = '', value = ''] = shop.cookie.split('=')
  await context.addCookies([{ name, value, url: bench.app.app }])
  const page = await context.newPage()
  const times: number[] = []
  for (let i = 0; i < 8; i++) {
    await page.goto(`${bench.app.app}/pos`)
    await page.waitForSelector('.tile')
    times.push(
      await page.evaluate(
        () =>
          (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming)
            .domContentLoadedEventEnd,
      ),
    )
    await page.waitForLoadState('networkidle')
    await pause(100)
  }
  await context.close()
  const label = productCount.toLocaleString('en-US')
  return [
    atMost(100, {
      name: `warm open of the till, ${label} products (median of 6)`,
      value: median(times.slice(2)),
      unit: 'ms',
    }),
  ]
}

async function document(bench: Bench, shop: Shop): Promise<Row> {
  const body = await get(bench, shop, '/pos/catalogo/00000000-0')
  return asMeasured({
    name: 'catalogue document, 2,000 products, gzip',
    value: gzipSync(body).length,
    unit: 'bytes',
    yardstick: { name: 'as it is', value: Buffer.byteLength(body) },
  })
}
