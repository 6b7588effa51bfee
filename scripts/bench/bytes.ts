import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import type { Bench } from './place.ts'
import { openShop } from './shop.ts'
import { atMost, type Row } from './table.ts'

/** All that a cold browser fetches, compressed as Caddy's gzip would, headers included. */
export async function bytes(bench: Bench): Promise<Row[]> {
  const shop = await openShop(bench, { productCount: 60 })
  const context = await bench.browser.newContext()
  const [name = '', value = ''] = shop.cookie.split('=')
  await context.addCookies([{ name, value, url: bench.app.app }])
  const page = await context.newPage()
  const landing = await fetched(page, bench.app.landing)
  const till = await fetched(page, `${bench.app.app}/pos`)
  await context.close()
  return [
    atMost(60_000, {
      name: 'landing, cold',
      value: landing.bytes,
      unit: 'bytes',
      yardstick: { name: 'uncompressed', value: landing.raw },
    }),
    atMost(90_000, {
      name: 'till with 60 products, cold',
      value: till.bytes,
      unit: 'bytes',
      yardstick: { name: 'uncompressed', value: till.raw },
    }),
  ]
}

async function fetched(page: Page, url: string) {
  const parts: Promise<{ bytes: number; raw: number }>[] = []
  page.on('response', (response) => {
    parts.push(
      response.body().then((body) => {
        const headers = Object.entries(response.headers()).reduce(
          (sum, [name, value]) => sum + name.length + value.length + 4,
          0,
        )
        const isText = /text|json|javascript|svg/.test(response.headers()['content-type'] ?? '')
        return { bytes: headers + (isText ? gzipSync(body).length : body.length), raw: headers + body.length }
      }),
    )
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  // Lazy pictures are fetched too once somebody scrolls: they count.
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await page.waitForLoadState('networkidle')
  page.removeAllListeners('response')
  const all = await Promise.all(parts)
  return {
    bytes: all.reduce((sum, part) => sum + part.bytes, 0),
    raw: all.reduce((sum, part) => sum + part.raw, 0),
  }
}
