import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { desc, eq } from 'drizzle-orm'
import ExcelJS from 'exceljs'
import { createConnection } from 'mysql2/promise'
import { imports, products } from '../../src/db/tenant-schema.ts'
import type { Bench } from './place.ts'
import { openShop, post, type Shop } from './shop.ts'
import { atMost, type Row } from './table.ts'

const howMany = 10_000
const titles = ['Código', 'Producto', 'Categoría', 'P. Venta', 'Cód. barras', 'Stock', 'Costo']

/**
 * Ten thousand products from Excel: from the press of «Subir» to all of them saved, the preview's page included and
 * the time for which a person looks at it not.
 */
export async function importing(bench: Bench): Promise<Row[]> {
  const shop = await openShop(bench, { productCount: 3 })
  const fresh = await openShop(bench, { productCount: 3 })
  const file = await priceList(howMany)
  await load(bench, shop, await priceList(100), 'pocos')
  const measured = await load(bench, fresh, file, 'carta')
  if ((await fresh.db.$count(products)) !== howMany + 3) throw new Error('not every product was saved')
  const bare = await bareInserts(bench, fresh)
  return [
    atMost(4_000, {
      name: 'import of 10,000 products from Excel, upload to saved',
      value: measured.ms,
      unit: 'ms',
      yardstick: { name: 'the bare multi-row INSERT of the same rows', value: bare },
    }),
    atMost(250_000_000, {
      name: "the app's memory above what it was, at the peak of an import",
      value: measured.peakBytes,
      unit: 'bytes',
    }),
    atMost(250, {
      name: 'the slowest answer to somebody else during an import',
      value: measured.slowestMs,
      unit: 'ms',
    }),
  ]
}

async function priceList(rows: number): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Precios')
  sheet.addRow(['Lista de precios 2026'])
  sheet.addRow([])
  sheet.addRow(titles)
  for (let n = 1; n <= rows; n++) {
    sheet.addRow([
      `L${String(n).padStart(5, '0')}`,
      `Producto número ${n} de la lista`,
      `Categoría ${n % 40}`,
      (n % 5_000) / 100 + 1,
      7_751_000_000_000 + n,
      n % 60,
      (n % 4_000) / 100 + 0.5,
    ])
  }
  return new Uint8Array(await book.xlsx.writeBuffer())
}

async function load(bench: Bench, shop: Shop, file: Uint8Array, name: string) {
  const watch = watchProcess(bench)
  const started = performance.now()
  const path = await upload(bench, shop, file, `${name}.xlsx`)
  await look(bench, shop, path)
  const answer = await post(bench, `${path}/guardado`, 'application/x-www-form-urlencoded', '', {
    Cookie: shop.cookie,
  })
  if (answer.status !== 303)
    throw new Error(`«Guardar» answered ${answer.status}: ${answer.body.slice(0, 300)}`)
  for (;;) {
    const [row] = await shop.db.select().from(imports).orderBy(desc(imports.id)).limit(1)
    if (row?.status === 'guardada') break
    if (row?.status !== 'guardando') throw new Error(`not saved: ${row?.failure}`)
    await pause(10)
  }
  const ms = performance.now() - started
  return { ms, ...(await watch()) }
}

/** The preview, as the browser fetches it after the upload. */
async function look(bench: Bench, shop: Shop, path: string): Promise<void> {
  const { host, port } = new URL(bench.app.app)
  const call = request({ host: '127.0.0.1', port, path, headers: { Host: host, Cookie: shop.cookie } })
  call.end()
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  const page = await text(answer)
  if (answer.statusCode !== 200)
    throw new Error(`the preview answered ${answer.statusCode}: ${page.slice(0, 300)}`)
}

async function upload(bench: Bench, shop: Shop, file: Uint8Array, name: string): Promise<string> {
  const form = new FormData()
  form.set('file', new File([file as Uint8Array<ArrayBuffer>], name))
  const sent = new Request('http://127.0.0.1/', { method: 'POST', body: form })
  const body = Buffer.from(await sent.arrayBuffer())
  const type = sent.headers.get('Content-Type') ?? ''
  const answer = await post(bench, '/productos/importar', type, body, { Cookie: shop.cookie })
  const location = String(answer.headers.location ?? '')
  if (answer.status !== 303)
    throw new Error(`the upload answered ${answer.status}: ${answer.body.slice(0, 300)}`)
  return new URL(location, bench.app.app).pathname
}

/** The peak of the process's memory, and how long the app kept somebody else waiting meanwhile. */
function watchProcess(bench: Bench) {
  const { pid } = bench.app.process
  const read = (key: 'VmRSS' | 'VmHWM') =>
    Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
  writeFileSync(`/proc/${pid}/clear_refs`, '5') // the peak counts from now on
  const before = read('VmRSS')
  let isOver = false
  let slowestMs = 0
  const asking = (async () => {
    while (!isOver) {
      const started = performance.now()
      await fetch(`${bench.app.landing.replace('localhost', '127.0.0.1')}/readyz`)
      slowestMs = Math.max(slowestMs, performance.now() - started)
      await pause(10)
    }
  })()
  return async () => {
    isOver = true
    await asking
    return { peakBytes: read('VmHWM') - before, slowestMs }
  }
}

/** The same rows with nothing around them, in one transaction of 500 rows a statement. */
async function bareInserts({ server }: Bench, shop: Shop): Promise<number> {
  const { user, password } = server
  const where =
    'socketPath' in server ? { socketPath: server.socketPath } : { host: server.host, port: server.port }
  const connection = await createConnection({
    ...where,
    user,
    password,
    database: shop.nombreDb,
    timezone: 'Z',
  })
  const rows = await shop.db.select().from(products).where(eq(products.active, true))
  await connection.query('create table bare_products like products')
  const started = performance.now()
  await connection.query('begin')
  for (let at = 0; at < rows.length; at += 500) {
    const some = rows
      .slice(at, at + 500)
      .map((row) => [
        row.name,
        row.priceCentimos,
        row.categoryId,
        row.code,
        row.barcode,
        row.position,
        row.createdAt,
        row.updatedAt,
      ])
    await connection.query(
      'insert into bare_products (name, price_centimos, category_id, code, barcode, position, created_at, updated_at) values ?',
      [some],
    )
  }
  await connection.query('commit')
  const ms = performance.now() - started
  await connection.query('drop table bare_products')
  await connection.end()
  return ms
}
