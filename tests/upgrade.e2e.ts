import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runNight } from '#src/backups/night/actions.ts'
import { openCashSession } from '#src/cash/actions.ts'
import { servingAt } from '#src/commands/upgrade.ts'
import { type Databases, openDatabases } from '#src/db/databases.ts'
import { migrateAll } from '#src/db/migrate.ts'
import { sales } from '#src/db/tenant-schema.ts'
import { createSession } from '#src/http/session.ts'
import { type Host, rollback, upgrade } from '#src/upgrade/actions.ts'
import { askRelease, programOf } from '#src/upgrade/releases.ts'
import type { Release } from '#src/upgrade/upgrade.ts'
import { type ReadyTenant, readyTenant, testMasterKey } from './support/database.ts'
import { startTestServer, type TestServer } from './support/server.ts'
import { supervise } from './support/supervisor.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'sk-up-'))
const home = {
  releases: join(folder, 'releases'),
  current: join(folder, 'current'),
  dataFolder: join(folder, 'var'),
}

let server: TestServer
let databases: Databases
let shop: ReadyTenant
let cookie: string
let supervisor: ReturnType<typeof supervise>
let host: Host
let old: Release

/** A release as a file of its own: the bundle that was built, under another commit, or one that will not serve. */
function makeRelease(name: string, commit: string | null, serves = true): string {
  const place = join(folder, name)
  mkdirSync(place, { recursive: true })
  const bundle = readFileSync(join(root, 'dist/server.mjs'), 'utf8')
  const changed = commit === null ? bundle : bundle.replaceAll(`"${old.commit}"`, `"${commit}"`)
  writeFileSync(join(place, 'server.mjs'), changed)
  symlinkSync(join(root, 'dist/assets'), join(place, 'assets'))
  const program = join(place, 'smartket')
  const refusal = serves ? '' : '[ "$1" = serve ] && exit 1\n'
  const url = `mysql://root@localhost/?socket=${encodeURIComponent(server.address.socketPath)}`
  writeFileSync(
    program,
    `#!/bin/sh\n${refusal}export DATABASE_URL='${url}' SMARTKET_DATA='${home.dataFolder}' SMARTKET_MASTER_KEY=${testMasterKey.toString('hex')} SMARTKET_SPARES=0 SMARTKET_LOG_LEVEL=warn\nexec '${process.execPath}' '${join(place, 'server.mjs')}' "$@"\n`,
  )
  chmodSync(program, 0o755)
  return program
}

beforeAll(async () => {
  mkdirSync(home.dataFolder, { mode: 0o700 })
  server = await startTestServer({ binlog: true })
  databases = await openDatabases({ server: server.address, masterKey: testMasterKey, connections: 6 })
  await migrateAll(databases, {})
  shop = await readyTenant('Pollería Rosita', databases)
  const opening = { requestKey: randomUUID(), registerId: shop.registerId, floatCentimos: 5000 }
  const opened = await openCashSession(shop.db, shop.staff, opening, new Date())
  if (!opened.ok) throw new Error(opened.problem)
  const session = { userId: shop.user.id, tenantId: shop.tenant.id, now: new Date() }
  cookie = `smartket=${await createSession(databases.admin, session)}`
  old = (await askRelease(makeRelease('first', null))) ?? { version: '', commit: '' }
  const first = programOf(home, old)
  mkdirSync(join(first, '..'), { recursive: true })
  symlinkSync(join(folder, 'first/smartket'), first)
  symlinkSync(join(first, '..'), home.current)
  supervisor = supervise({ program: () => join(readlinkSync(home.current), 'smartket'), env: process.env })
  host = {
    home,
    restart: supervisor.restart,
    serving: () => servingAt(supervisor.port),
    copyAdmin: async () => {
      const signal = new AbortController().signal
      const config = { dataFolder: home.dataFolder }
      const night = await runNight({ databases, config, clock: () => new Date(), signal }, { tenantIds: [0] })
      return night.ok && night.report.failed.length === 0 ? night.report.night : null
    },
    clock: () => new Date(),
    say: () => {},
    readyMs: 30_000,
    steadyMs: 1_500,
  }
  supervisor.start()
  for (let i = 0; i < 150 && !(await host.serving()); i++) await pause(200)
})

afterAll(async () => {
  await supervisor?.stop()
  await databases?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Tally = { pages: number; sales: string[]; failed: string[] }

/** Eight customers who never try again: what fails once has failed. */
async function underLoad(work: () => Promise<unknown>): Promise<Tally> {
  const tally: Tally = { pages: 0, sales: [], failed: [] }
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  let isOver = false
  const clients = Array.from({ length: 8 }, async () => {
    while (!isOver) {
      await visit(agent, tally)
      await sell(agent, tally)
    }
  })
  try {
    await pause(500)
    await work()
    await pause(500)
  } finally {
    isOver = true
    await Promise.all(clients)
    agent.destroy()
  }
  return tally
}

async function visit(agent: Agent, tally: Tally) {
  const status = await ask(agent, 'localhost', 'GET', '/precios').catch((error: Error) => error.message)
  if (status === 200) tally.pages += 1
  else tally.failed.push(`/precios: ${status}`)
}

async function sell(agent: Agent, tally: Tally) {
  const requestKey = randomUUID()
  const body = JSON.stringify({
    requestKey,
    business: shop.tenant.uid.replaceAll('-', '').slice(0, 8),
    registerId: shop.registerId,
    channel: 'salon',
    orderLabel: '47',
    lines: [{ productId: shop.products.quarter, quantityThousandths: 1000, unitPriceCentimos: 1500 }],
    payments: [{ method: 'efectivo' }],
  })
  const status = await ask(agent, 'app.localhost', 'POST', '/pos/ventas', body).catch(
    (error: Error) => error.message,
  )
  if (status === 200) tally.sales.push(requestKey)
  else tally.failed.push(`/pos/ventas: ${status}`)
}

function ask(agent: Agent, name: string, method: string, path: string, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      Host: `${name}:${supervisor.port}`,
      ...(body
        ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), Cookie: cookie }
        : {}),
      ...(body ? { Origin: `http://${name}:${supervisor.port}` } : {}),
    }
    const sent = request(
      { host: '127.0.0.1', port: supervisor.port, agent, method, path, headers },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
        answer.once('error', reject)
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}

async function soldTwiceOrLost(tallies: Tally[]) {
  const rows = await shop.db.select({ key: sales.requestKey, number: sales.number }).from(sales)
  const sold = new Set(rows.map(({ key }) => key))
  const numbers = rows.map(({ number }) => number).toSorted((a, b) => a - b)
  return {
    lost: tallies.flatMap((tally) => tally.sales).filter((key) => !sold.has(key)),
    twice: rows.length - sold.size,
    gaps: numbers.filter((number, at) => number !== at + 1),
  }
}

test('an upgrade, one that fails, and a rollback, while people sell: nothing fails, is lost or sold twice', async () => {
  const next = makeRelease('next', 'feedbee')
  const broken = makeRelease('broken', 'deadbee', false)

  const up = await underLoad(async () => {
    expect(await upgrade(host, next, false)).toMatchObject({ ok: true, to: { commit: 'feedbee' } })
  })
  expect(await host.serving()).toMatchObject({ commit: 'feedbee' })

  // Nobody is served while a release that dies is tried; whoever comes waits in the socket and is served afterwards.
  const quick = { ...host, readyMs: 1_500 }
  const failed = await underLoad(async () => {
    expect(await upgrade(quick, broken, false)).toMatchObject({ ok: false, problem: 'went-back' })
  })
  expect(await host.serving()).toMatchObject({ commit: 'feedbee' })

  // What was taken back is no switch to take back: the one before is known by its own record.
  expect(await rollback(host)).toMatchObject({ ok: false, problem: 'went-back-already' })
  const again = makeRelease('again', 'beefbee')
  const back = await underLoad(async () => {
    expect(await upgrade(host, again, false)).toMatchObject({ ok: true })
    expect(await rollback(host)).toMatchObject({ ok: true, to: { commit: 'feedbee' } })
  })
  expect(await host.serving()).toMatchObject({ commit: 'feedbee' })

  const tallies = [up, failed, back]
  expect(tallies.flatMap((tally) => tally.failed)).toEqual([])
  expect(await soldTwiceOrLost(tallies)).toEqual({ lost: [], twice: 0, gaps: [] })
  const count = (pick: (tally: Tally) => number) => tallies.reduce((sum, tally) => sum + pick(tally), 0)
  process.stdout.write(
    `4 switches: ${count((t) => t.pages)} pages and ${count((t) => t.sales.length)} sales, 0 failed\n`,
  )
  expect(count((tally) => tally.sales.length)).toBeGreaterThan(500)
})

test('what is no release is refused before anything is touched', async () => {
  const notOurs = join(folder, 'not-ours')
  writeFileSync(notOurs, '#!/bin/sh\necho hola\n', { mode: 0o755 })
  expect(await upgrade(host, notOurs, false)).toEqual({ ok: false, problem: 'not-smartket' })
  expect(await upgrade(host, join(folder, 'nowhere'), false)).toEqual({ ok: false, problem: 'not-smartket' })
  expect(await upgrade(host, `${home.current}/smartket`, false)).toEqual({
    ok: false,
    problem: 'same-release',
  })
  expect(await host.serving()).toMatchObject({ commit: 'feedbee' })
})
