/**
 * `npm run soak [-- MINUTES TENANTS]`: two processes on one MariaDB, many businesses that sell and look, for half an
 * hour. Memory, descriptors and connections must be flat: the last third is compared with the one before it.
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { memberships, users } from '../src/db/admin-schema.ts'
import { openDatabases } from '../src/db/databases.ts'
import { migrateAll } from '../src/db/migrate.ts'
import { createSession } from '../src/http/session.ts'
import { findTenant } from '../src/tenants/queries.ts'
import { claimSpare, makeSpare } from '../src/tenants/spares.ts'
import { freePort, type RunningApp, startApp } from '../tests/support/app.ts'
import { startTestServer } from '../tests/support/server.ts'
import { furnish } from './bench/shop.ts'

const [minutes = 30, tenants = 200] = process.argv.slice(2).map(Number)
const masterKey = Buffer.alloc(32, 7)
const server = await startTestServer()
const databases = await openDatabases({ server: server.address, masterKey, connections: 4 })
await migrateAll(databases, {})

const ports = [await freePort(), await freePort()]
const origin = (name: string) => `http://${name}localhost:${ports[0]}`
const env = {
  DATABASE_URL: `mysql://root@localhost/?socket=${encodeURIComponent(server.address.socketPath)}`,
  SMARTKET_MASTER_KEY: masterKey.toString('hex'),
  SMARTKET_LANDING_ORIGIN: origin(''),
  SMARTKET_APP_ORIGIN: origin('app.'),
  SMARTKET_OPERATOR_ORIGIN: origin('operador.'),
  SMARTKET_LOG_LEVEL: 'error',
  SMARTKET_SPARES: '0',
}
const command = [join(import.meta.dirname, '../dist/smartket')]
const apps: RunningApp[] = []
for (const port of ports) apps.push(await startApp({ command, env: { ...env, PORT: String(port) } }))

console.error(`${tenants} businesses are made`)
const cookies: string[] = []
for (let n = 0; n < tenants; n++) {
  const now = new Date()
  await makeSpare(databases, () => now)
  const claimed = await databases.admin.transaction((tx) => claimSpare(tx as never))
  const tenant = claimed && (await findTenant(databases.admin, claimed.id))
  const [user] = await databases.admin
    .insert(users)
    .values({ email: `soak-${n}@example.com`, passwordHash: 'none', createdAt: now })
    .$returningId()
  if (!tenant || !user) throw new Error('no tenant')
  await databases.admin.insert(memberships).values({ userId: user.id, tenantId: tenant.id, staffId: 1 })
  await furnish(databases.tenant(tenant), 40, 1)
  cookies.push(
    `smartket=${await createSession(databases.admin, { userId: user.id, tenantId: tenant.id, now })}`,
  )
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 })
let [asked, failed] = [0, 0]
const end = Date.now() + minutes * 60_000

async function ask(path: string, cookie: string, body?: string) {
  const headers = {
    Host: `app.localhost:${ports[0]}`,
    Origin: origin('app.'),
    Cookie: cookie,
    ...(body ? { 'Content-Type': 'application/json' } : {}),
  }
  const call = request({
    agent,
    host: '127.0.0.1',
    port: ports[asked % 2],
    path,
    method: body ? 'POST' : 'GET',
    headers,
  })
  call.end(body)
  const [answer] = (await once(call, 'response')) as [import('node:http').IncomingMessage]
  for await (const _chunk of answer);
  asked += 1
  if (answer.statusCode !== 200) failed += 1
}

async function client() {
  while (Date.now() < end) {
    const cookie = cookies[Math.floor(Math.random() * cookies.length)] ?? ''
    const lines = [{ productId: 1, quantityThousandths: 1000, unitPriceCentimos: 150 }]
    const sale = {
      requestKey: randomUUID(),
      registerId: 1,
      channel: 'salon',
      orderLabel: '1',
      lines,
      payments: [{ method: 'yape' }],
    }
    await ask('/pos/ventas', cookie, JSON.stringify(sale))
    await ask(Math.random() < 0.5 ? '/ventas' : '/pos', cookie)
    await pause(20)
  }
}

type Sample = { memory: number; descriptors: number; connections: number }
const samples: Sample[] = []
async function watch() {
  while (Date.now() < end) {
    await pause(Math.max(2_000, minutes * 1_000))
    const rss = apps.map(
      ({ process: { pid } }) =>
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
    )
    const descriptors = apps.map(({ process: { pid } }) => readdirSync(`/proc/${pid}/fd`).length)
    const [row] = (await databases.provision((root) =>
      root.query(`show global status like 'Threads_connected'`),
    )) as { Value: string }[]
    const sum = (values: number[]) => Math.round(values.reduce((all, one) => all + one, 0))
    samples.push({ memory: sum(rss), descriptors: sum(descriptors), connections: Number(row?.Value) })
    console.error(
      `${asked} requests, ${failed} failed · ${samples.at(-1)?.memory} MB · ${samples.at(-1)?.descriptors} descriptors · ${row?.Value} connections`,
    )
  }
}
await Promise.all([...Array.from({ length: 8 }, client), watch()])

const third = Math.floor(samples.length / 3)
const mean = (part: Sample[], of: keyof Sample) =>
  part.reduce((sum, one) => sum + one[of], 0) / Math.max(1, part.length)
const growth = (['memory', 'descriptors', 'connections'] as const).map((of) => {
  const [before, after] = [mean(samples.slice(third, 2 * third), of), mean(samples.slice(2 * third), of)]
  return { of, before: Math.round(before), after: Math.round(after), isFlat: after <= before * 1.1 + 4 }
})
console.table(growth)
console.log(`${asked} requests in ${minutes} minutes over ${tenants} businesses, ${failed} failed`)
for (const app of apps) await app.stop()
await databases.close()
await server.stop()
process.exit(failed === 0 && growth.every(({ isFlat }) => isFlat) ? 0 : 1)
