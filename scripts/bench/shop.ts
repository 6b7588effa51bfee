import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { desc, eq } from 'drizzle-orm'
import { tenants } from '../../src/db/admin-schema.ts'
import type { TenantDb } from '../../src/db/tenant.ts'
import {
  branches,
  business,
  cashSessions,
  categories,
  products,
  registers,
  series,
  staff,
} from '../../src/db/tenant-schema.ts'
import type { Bench } from './place.ts'

/** A business made through the front door; its rows are put in by hand. */
export type Shop = { db: TenantDb; id: number; nombreDb: string; cookie: string; registerIds: number[] }

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

export type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; body: string; ms: number }

/** One request to the app's host over a kept-alive socket, as the proxy makes them. */
export async function post(
  bench: Bench,
  path: string,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { host, port } = new URL(bench.app.app)
  const started = performance.now()
  const call = request({
    agent,
    host: '127.0.0.1',
    port,
    path,
    method: 'POST',
    headers: {
      Host: host,
      Origin: bench.app.app,
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body),
      ...headers,
    },
  })
  call.end(body)
  const [answer] = (await once(call, 'response')) as [import('node:http').IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    body: Buffer.concat(chunks).toString(),
    ms: performance.now() - started,
  }
}

/** The form of the landing, from an address of its own. */
export function register(bench: Bench) {
  const form = new URLSearchParams({
    email: `bench-${randomUUID()}@example.com`,
    password: 'pollo a la brasa',
    business_name: 'Pollería Banco',
    rubro: 'polleria',
  })
  const address = `10.${randomInt(250)}.${randomInt(250)}.${randomInt(250)}`
  return post(bench, '/registro', 'application/x-www-form-urlencoded', form.toString(), {
    Origin: bench.app.landing,
    'X-Forwarded-For': address,
  })
}

export async function openShop(
  bench: Bench,
  { productCount, registerCount = 1 }: { productCount: number; registerCount?: number },
): Promise<Shop> {
  const answer = await register(bench)
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
  if (answer.status !== 303 || !cookie)
    throw new Error(`the sign-up answered ${answer.status}: ${answer.body.slice(0, 300)}`)
  const [tenant] = await bench.databases.admin
    .select()
    .from(tenants)
    .where(eq(tenants.status, 'ACTIVO'))
    .orderBy(desc(tenants.id))
    .limit(1)
  if (!tenant) throw new Error('no tenant')
  const db = bench.databases.tenant(tenant)
  const registerIds = await furnish(db, productCount, registerCount)
  return { db, id: tenant.id, nombreDb: tenant.nombreDb, cookie, registerIds }
}

export async function furnish(db: TenantDb, productCount: number, registerCount: number): Promise<number[]> {
  const now = new Date()
  await db.update(staff).set({ name: 'Rosa' }).where(eq(staff.id, 1))
  await db.update(business).set({
    setupStep: 4,
    regime: 'mype',
    ruc: '20131312955',
    legalName: 'Banco E.I.R.L.',
    catalogueVersion: productCount,
  })
  await db.insert(branches).values({ id: 1, name: 'Local', createdAt: now })
  const ids = Array.from({ length: registerCount }, (_, i) => i + 1)
  await db
    .insert(registers)
    .values(ids.map((id) => ({ id, branchId: 1, name: `Caja ${id}`, createdAt: now })))
  await db
    .insert(series)
    .values(ids.map((id) => ({ registerId: id, documentType: 'nota_venta' as const, code: `NV0${id}` })))
  await db.insert(cashSessions).values(
    ids.map((id) => ({
      registerId: id,
      requestKey: randomUUID(),
      openedBy: 1,
      openedAt: now,
      floatCentimos: 5000,
    })),
  )
  await db
    .insert(categories)
    .values(Array.from({ length: 10 }, (_, i) => ({ id: i + 1, name: `Categoría ${i + 1}`, position: i })))
  for (let first = 0; first < productCount; first += 500) {
    const rows = Array.from({ length: Math.min(500, productCount - first) }, (_, i) => first + i + 1)
    await db.insert(products).values(
      rows.map((n) => ({
        id: n,
        categoryId: (n % 10) + 1,
        name: `Producto ${n} de prueba`,
        priceCentimos: 100 + (n % 90) * 50,
        barcode: String(7_750_000_000_000 + n),
        position: n,
        createdAt: now,
        updatedAt: now,
      })),
    )
  }
  return ids
}
