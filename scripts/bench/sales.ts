import { randomUUID } from 'node:crypto'
import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import { createConnection } from 'mysql2/promise'
import { charge } from '../../src/sales/actions.ts'
import { readSale } from '../../src/sales/form.ts'
import type { Bench } from './place.ts'
import { openShop, post, type Shop } from './shop.ts'
import { asMeasured, atLeastShare, type Row } from './table.ts'

const clients = 8
const seconds = 5

/**
 * Sales a second through the whole app against the very statements of one sale, taken from the server's own
 * log and sent again by bare mysql2: same server, same tables, same number of clients, the same minute.
 */
export async function salesPerSecond(bench: Bench): Promise<Row[]> {
  const shop = await openShop(bench, { productCount: 60, registerCount: clients })
  const recorded = await recordOneSale(bench, shop)
  const [bare, action, whole] = [[] as number[], [] as number[], [] as number[]]
  // Turn by turn, so that a noisy neighbour on this machine disturbs both.
  for (let turn = 0; turn < 3; turn++) {
    bare.push(await rate((client) => bareSeller(bench, shop, recorded, client)))
    action.push(await rate((client) => actionSeller(shop, client)))
    whole.push(await rate((client) => seller(bench, shop, client)))
  }
  const best = (values: number[]) => Math.max(...values)
  const yardstick = { name: 'bare mysql2, same SQL', value: best(bare) }
  return [
    atLeastShare(0.6, {
      name: `sales by the action alone, ${clients} tills`,
      value: best(action),
      unit: 'sales/s',
      yardstick,
    }),
    asMeasured({
      name: `sales through HTTP, ${clients} tills`,
      value: best(whole),
      unit: 'sales/s',
      yardstick,
    }),
  ]
}

type Seller = { sell: () => Promise<void>; end: () => Promise<void> }

async function rate(make: (client: number) => Promise<Seller>): Promise<number> {
  const sellers = await Promise.all(Array.from({ length: clients }, (_, client) => make(client)))
  for (const { sell } of sellers) await sell()
  let sold = 0
  const started = performance.now()
  const until = started + seconds * 1000
  await Promise.all(
    sellers.map(async ({ sell }) => {
      while (performance.now() < until) {
        await sell()
        sold += 1
      }
    }),
  )
  const elapsed = (performance.now() - started) / 1000
  await Promise.all(sellers.map(({ end }) => end()))
  return sold / elapsed
}

const lines = [1, 2, 3].map((productId) => ({
  productId,
  quantityThousandths: 2000,
  unitPriceCentimos: 100 + (productId % 90) * 50,
}))

const body = (registerId: number, requestKey: string = randomUUID()) =>
  JSON.stringify({
    requestKey,
    registerId,
    channel: 'salon',
    orderLabel: '7',
    lines,
    payments: [{ method: 'efectivo', receivedCentimos: 10_000 }],
  })

/** `charge()` itself, in this process as the bare one is. */
async function actionSeller(shop: Shop, client: number): Promise<Seller> {
  return {
    sell: async () => {
      const sale = readSale(JSON.parse(body(client + 1)), '')
      if (!sale.ok) throw new Error(`the sale was not understood: ${sale.problem}`)
      const sold = await charge(
        shop.db,
        { businessName: 'Banco' },
        { id: 1, name: 'Rosa' },
        sale.body,
        new Date(),
      )
      if (!sold.ok) throw new Error(`the sale was refused: ${sold.problem}`)
    },
    end: async () => undefined,
  }
}

async function seller(bench: Bench, shop: Shop, client: number): Promise<Seller> {
  return {
    sell: async () => {
      const answer = await post(bench, '/pos/ventas', 'application/json', body(client + 1), {
        Cookie: shop.cookie,
      })
      if (answer.status !== 200) throw new Error(`the sale answered ${answer.status}: ${answer.body}`)
    },
    end: async () => undefined,
  }
}

/** The statements of one sale with what differs from sale to sale marked. */
type Recorded = {
  statements: string[]
  key: string
  number: number
  saleId: number
  register: number
}

const firstId = 70_000_001
const firstNumber = 80_000_001

async function recordOneSale(bench: Bench, shop: Shop): Promise<Recorded> {
  const root = await asRoot(bench, shop.nombreDb)
  const register = clients
  const key = randomUUID()
  await root.query(`alter table sales auto_increment = ${firstId}`)
  await root.query(`update series set next_number = ${firstNumber} where register_id = ${register}`)
  await root.query(`set global log_output = 'TABLE', global general_log = 1`)
  await root.query('truncate mysql.general_log')
  const answer = await post(bench, '/pos/ventas', 'application/json', body(register, key), {
    Cookie: shop.cookie,
  })
  await root.query('set global general_log = 0')
  if (answer.status !== 200) throw new Error(`the recorded sale answered ${answer.status}: ${answer.body}`)
  const [threads] = await root.query<RowDataPacket[]>(
    `select thread_id from mysql.general_log where convert(argument using utf8mb4) like concat('%insert into \`sales\`%') limit 1`,
  )
  const [rows] = await root.query<RowDataPacket[]>(
    `select convert(argument using utf8mb4) as statement from mysql.general_log where thread_id = ? and command_type = 'Query' order by event_time`,
    [threads[0]?.thread_id],
  )
  await root.end()
  const all = rows.map((row) => String(row.statement))
  const begin = all.findIndex((statement) => /^(begin|start transaction)/i.test(statement))
  const commit = all.findIndex((statement) => /^commit/i.test(statement))
  if (begin < 0 || commit < begin) throw new Error(`no transaction in the log:\n${all.join('\n')}`)
  return {
    statements: all.slice(begin, commit + 1),
    key,
    number: firstNumber,
    saleId: firstId,
    register,
  }
}

async function bareSeller(bench: Bench, shop: Shop, recorded: Recorded, client: number): Promise<Seller> {
  const connection = await asRoot(bench, shop.nombreDb)
  return { sell: () => replay(connection, recorded, client + 1), end: () => connection.end() }
}

/** The same conversation: what one statement answers goes into the next, as the app does it. */
async function replay(connection: Connection, recorded: Recorded, register: number) {
  const key = randomUUID()
  let number = recorded.number
  let saleId = recorded.saleId
  const code = `NV0${recorded.register}`
  for (const statement of recorded.statements) {
    const text = statement
      .replaceAll(recorded.key, key)
      .replaceAll(String(recorded.number), String(number))
      .replaceAll(String(recorded.saleId), String(saleId))
      .replaceAll(code, `NV0${register}`)
      .replace(/(`registers`\.`id` = )\d+/, `$1${register}`)
      .replace(/(`series`\.`id` = )\d+/, `$1${register}`)
      .replace(/(values \(default, '[^']+', '[^']+', )\d+, \d+/, `$1${register}, ${register}`)
    const [result] = await connection.query(text)
    const rows = Array.isArray(result) ? (result as RowDataPacket[]) : []
    number = Number(rows[0]?.next_number ?? rows[0]?.nextNumber ?? number)
    if (/insert into `sales`/i.test(text)) saleId = (result as ResultSetHeader).insertId
  }
}

/** The provisioner's own account: the bench must read the log and write beside the app. */
async function asRoot({ server }: Bench, database: string): Promise<Connection> {
  const { user, password } = server
  const where =
    'socketPath' in server ? { socketPath: server.socketPath } : { host: server.host, port: server.port }
  return createConnection({ ...where, user, password, database, timezone: 'Z' })
}
