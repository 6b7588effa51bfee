import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort, startApp } from '../../tests/support/app.ts'
import { startCaddy } from '../../tests/support/caddy.ts'
import type { Bench } from './place.ts'
import { openShop, post, type Shop } from './shop.ts'
import { asMeasured, atMost, median, type Row } from './table.ts'

const executable = join(import.meta.dirname, '../../dist/smartket')

/** The executable as a server runs it: how soon it is there, what it holds, what the proxy costs, a noisy neighbour. */
export async function processFigures(bench: Bench): Promise<Row[]> {
  if (!existsSync(executable)) throw new Error('build it first: npm run build')
  return [
    ...(await coldStart(bench)),
    ...(await memory(bench)),
    ...(await behindCaddy()),
    ...(await noisy(bench)),
  ]
}

/** From the command to the first answer, on databases that are there already; the yardstick is the bare Node. */
async function coldStart({ app, server }: Bench): Promise<Row[]> {
  const [node, starts]: [number[], number[]] = [[], []]
  const socket = 'socketPath' in server ? server.socketPath : ''
  const account = `${server.user}:${encodeURIComponent(server.password ?? '')}`
  const env = {
    PATH: process.env.PATH,
    SMARTKET_DATA: mkdtempSync(join(tmpdir(), 'sk-cold-')),
    SMARTKET_MASTER_KEY: readFileSync(join(app.data, 'master.key'), 'utf8').trim(),
    SMARTKET_SPARES: '0',
    DATABASE_URL: `mysql://${account}@localhost/?socket=${encodeURIComponent(socket ?? '')}`,
  }
  for (let i = 0; i < 5; i++) {
    const before = performance.now()
    await promisify(execFile)(process.execPath, ['-e', '0'])
    node.push(performance.now() - before)
    const port = await freePort()
    const started = performance.now()
    const child = spawn(executable, ['serve'], { env: { ...env, PORT: String(port) }, stdio: 'ignore' })
    while (!(await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok) await pause(5)
    starts.push(performance.now() - started)
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  rmSync(env.SMARTKET_DATA, { recursive: true, force: true })
  const yardstick = { name: 'node -e 0', value: median(node) }
  const value = median(starts)
  return [atMost(1_000, { name: 'cold start → /readyz (median of 5)', value, unit: 'ms', yardstick })]
}

async function memory(bench: Bench): Promise<Row[]> {
  const yardstick = { name: 'before', value: rssOf(bench) }
  const shop = await openShop(bench, { productCount: 60 })
  await many(4, 6_000, () => sell(bench, shop))
  const name = 'memory of one process after 6 s of sales'
  return [atMost(300, { name, value: rssOf(bench), unit: 'MB', yardstick })]
}

const rssOf = ({ app }: Bench) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${app.process.pid}/status`, 'utf8'))?.[1]) / 1_024

/** Pages a second straight from the executable, and through Caddy with TLS and compression. */
async function behindCaddy(): Promise<Row[]> {
  const [appPort, httpsPort] = [await freePort(), await freePort()]
  const at = (name: string) => `https://${name}smartket.localhost:${httpsPort}`
  const app = await startApp({
    command: [executable],
    env: {
      PORT: String(appPort),
      SMARTKET_TRUST_PROXY: '1',
      SMARTKET_LOG_LEVEL: 'warn',
      SMARTKET_LANDING_ORIGIN: at(''),
      SMARTKET_APP_ORIGIN: at('app.'),
      SMARTKET_OPERATOR_ORIGIN: at('operador.'),
    },
  })
  const caddy = await startCaddy({ domain: 'smartket.localhost', httpsPort, appPort })
  const host = `smartket.localhost:${httpsPort}`
  try {
    await many(8, 2_000, () => page('http', appPort, host))
    const direct = await many(8, 4_000, () => page('http', appPort, host))
    const proxied = await many(8, 4_000, () => page('https', httpsPort, host))
    const yardstick = { name: 'without Caddy', value: direct.perSecond }
    const name = 'pages a second behind Caddy, with TLS and zstd'
    return [asMeasured({ name, value: proxied.perSecond, unit: '/s', yardstick })]
  } finally {
    await caddy.stop()
    await app.stop()
  }
}

const agents = {
  http: new HttpAgent({ keepAlive: true }),
  https: new HttpsAgent({ keepAlive: true, rejectUnauthorized: false }),
}

async function page(kind: 'http' | 'https', port: number, host: string): Promise<void> {
  const ask = kind === 'http' ? httpRequest : httpsRequest
  const headers = { Host: host, 'Accept-Encoding': 'zstd' }
  const where = { host: '127.0.0.1', port, path: '/precios', agent: agents[kind], headers }
  const call = ask(kind === 'https' ? { ...where, servername: 'smartket.localhost' } : where)
  call.end()
  const [answer] = (await once(call, 'response')) as [import('node:http').IncomingMessage]
  for await (const _chunk of answer);
  if (answer.statusCode !== 200) throw new Error(`${kind} answered ${answer.statusCode}`)
}

/** One shop sells as fast as it can from 16 places at once; what do the charges of another take? */
async function noisy(bench: Bench): Promise<Row[]> {
  const quiet = await openShop(bench, { productCount: 60 })
  const loud = await openShop(bench, { productCount: 60 })
  const alone = await many(1, 4_000, () => sell(bench, quiet))
  let isOver = false
  const shout = async () => {
    while (!isOver) await sell(bench, loud)
  }
  const noise = Promise.all(Array.from({ length: 16 }, shout))
  const beside = await many(1, 6_000, () => sell(bench, quiet))
  isOver = true
  await noise
  const yardstick = { name: 'alone', value: alone.p95 }
  const name = "a charge's p95 beside a shop that charges from 16 places"
  return [asMeasured({ name, value: beside.p95, unit: 'ms', yardstick })]
}

async function sell(bench: Bench, shop: Shop): Promise<void> {
  const body = JSON.stringify({
    requestKey: randomUUID(),
    registerId: 1,
    channel: 'salon',
    orderLabel: '47',
    lines: [{ productId: 1, quantityThousandths: 1000, unitPriceCentimos: 150 }],
    payments: [{ method: 'efectivo' }],
  })
  const answer = await post(bench, '/pos/ventas', 'application/json', body, { Cookie: shop.cookie })
  if (answer.status !== 200) throw new Error(`the sale answered ${answer.status}: ${answer.body}`)
}

async function many(clients: number, ms: number, work: () => Promise<unknown>) {
  const took: number[] = []
  const end = performance.now() + ms
  const client = async () => {
    while (performance.now() < end) {
      const started = performance.now()
      await work()
      took.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const sorted = took.toSorted((a, b) => a - b)
  return { perSecond: took.length / (ms / 1_000), p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0 }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
