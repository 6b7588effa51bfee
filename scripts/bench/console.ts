import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { sql } from 'drizzle-orm'
import { operatorSessions, operators } from '../../src/db/admin-schema.ts'
import { type SeededBusiness, seedBusinesses } from '../../tests/support/businesses.ts'
import type { Bench } from './place.ts'
import { atMost, median, type Row } from './table.ts'

const businesses = 1_000
const day = 86_400_000

/** The operator's pages over a thousand businesses, of every state; the yardstick is the smallest page of the host. */
export async function operatorConsole(bench: Bench): Promise<Row[]> {
  const cookie = await signIn(bench)
  const now = new Date()
  await seedBusinesses(bench.databases.admin, Array.from({ length: businesses }, seeded(now)), now)
  // A month of nights: the last verified copy is looked for among all of them.
  await bench.databases.admin.execute(sql`
    insert into backups (tenant_id, uid, generation, night, kind, status, taken_at, verified_at)
    select id, uid, generation, curdate() - interval seq day, 'carried', 'whole', now(3), now(3)
    from tenants, seq_1_to_30 where status = 'ACTIVO'`)
  const yardstick = { name: 'the sign-in page', value: await timed(bench, '/ingresar', '') }
  const rows: Row[] = []
  for (const [path, name] of pages) {
    const value = await timed(bench, path, cookie)
    rows.push(
      atMost(300, {
        name: `console: ${name}, ${businesses} businesses (median of 15)`,
        value,
        unit: 'ms',
        yardstick,
      }),
    )
  }
  return rows
}

const pages = [
  ['/', '«Hoy»'],
  ['/negocios', '«Negocios»'],
  ['/negocios?q=rosita&estado=vencido&orden=-ventas', 'search and filter'],
  ['/negocios/500', 'one business'],
] as const

/** Signed up over the last hundred days: in the wizard, selling, paid, late, locked, in pause, closed. */
function seeded(now: Date) {
  const before = (days: number) => new Date(now.getTime() - days * day)
  return (_: unknown, n: number): SeededBusiness => {
    const paid = n % 3 === 0 ? { plan: 'LOCAL', paidUntil: before((n % 40) - 25) } : {}
    const sold = n % 7 !== 0
    return {
      tenant: {
        businessName: `Pollería Rosita ${n}`,
        trialStartedAt: before(n % 100),
        ...paid,
        ...(n % 50 === 0 ? { suspendedAt: now } : {}),
        ...(n % 61 === 0 ? { closedAt: now } : {}),
      },
      stats: {
        setupStep: n % 11 === 0 ? n % 4 : 4,
        whatsapp: n % 2 === 0 ? '987654321' : null,
        salesMade: sold ? n : 0,
        salesCentimos: sold ? n * 1500 : 0,
        sales7Days: sold ? n % 90 : 0,
        firstSaleAt: sold ? before(n % 100) : null,
        lastSaleAt: sold ? before(n % 9) : null,
        trialSalesUsedUpAt: sold && n >= 100 ? before(n % 50) : null,
        databaseBytes: 1_000_000 + n * 1_000,
      },
    }
  }
}

/** A session as signing in makes it; the password is nobody's. */
async function signIn({ databases: { admin } }: Bench): Promise<string> {
  const now = new Date()
  const [{ insertId: operatorId }] = await admin.insert(operators).values({
    name: 'Olga',
    email: `olga-${process.pid}@bench.example`,
    passwordHash: '-',
    totpSecret: '-',
    createdAt: now,
  })
  const token = randomBytes(32).toString('base64url')
  const id = createHash('sha256').update(token).digest('hex')
  await admin.insert(operatorSessions).values({ id, operatorId, createdAt: now, lastSeenAt: now })
  return `smartket-operador=${token}`
}

async function timed(bench: Bench, path: string, cookie: string): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 15; i++) times.push(await get(bench, path, cookie))
  return median(times)
}

async function get(bench: Bench, path: string, cookie: string): Promise<number> {
  const { host, port } = new URL(bench.app.operator)
  const started = performance.now()
  const headers = { Host: host, ...(cookie ? { Cookie: cookie } : {}) }
  const call = request({ host: '127.0.0.1', port, path, headers }).end()
  const [answer] = (await once(call, 'response')) as [import('node:http').IncomingMessage]
  for await (const _ of answer);
  if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}`)
  return performance.now() - started
}
