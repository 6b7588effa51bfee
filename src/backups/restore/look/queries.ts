import { hiddenColumns } from '#src/db/support-account.ts'
import type { RestoreContext } from '../actions.ts'
import { type Row, rowsOf, type Side } from '../carrying/queries.ts'
import { inOwnFolder } from '../folder.ts'
import { planRestore } from '../planning/queries.ts'
import { hasSales, tenantRow } from '../queries.ts'
import { type From, untilOf } from '../restore.ts'
import { inScratch, type ScratchPlan } from '../scratch/actions.ts'
import type { RestoreRefused } from '../texts.ts'

export type LookWish = {
  tenantId: number
  from: From
  at: Date | null
  what: { kind: 'product'; text: string } | { kind: 'table'; name: string; text: string | null }
  limit: number
}

export type Looked =
  | { ok: true; rows: Record<string, unknown>[]; night: string | null; logReadUpTo: Date | null }
  | { ok: false; problem: 'no-table'; tables: string[] }

/** What a copy says, read in a scratch server: nothing of the living is touched, locked or swapped. */
export async function lookInto(context: RestoreContext, wish: LookWish): Promise<Looked | RestoreRefused> {
  const { databases, config, clock, signal } = context
  const tenant = await tenantRow(databases.admin, wish.tenantId)
  if (!tenant) return { ok: false, problem: 'no-tenant' }
  return inOwnFolder(config.dataFolder, async (downloads) => {
    const until = untilOf(wish.from, wish.at)
    const plan = await planRestore(databases, tenant, {
      ...{ from: wish.from, until, now: clock(), dataFolder: config.dataFolder },
      ...{ downloads, store: context.store ?? null },
    })
    if (!plan.ok) return plan
    const scratch: ScratchPlan = plan.scratch ?? {
      ...{ tenantId: tenant.id, uid: tenant.uid, life: plan.life, until },
      copy: plan.copy ?? { path: plan.file ?? '', entry: null },
      logs: { kind: 'files', paths: [] },
      oldestLog: '',
    }
    context.onStep?.('replaying')
    const read = async ({ root, database, seen }: Side & { seen: { lastAt: Date | null } }) => {
      const found = await readRows({ root, database }, wish)
      if (!found.ok) return found
      const rows = wish.what.kind === 'product' ? await besideLiving(context, tenant, found.rows) : found.rows
      return { ok: true as const, rows, night: plan.copy?.night ?? null, logReadUpTo: seen.lastAt }
    }
    return inScratch(config, scratch, read, signal)
  })
}

type Found =
  | { ok: true; rows: Record<string, unknown>[] }
  | { ok: false; problem: 'no-table'; tables: string[] }

async function readRows(side: Side, { what, limit }: LookWish): Promise<Found> {
  const columns = await rowsOf(
    side.root,
    `select table_name as t, column_name as c, data_type as d from information_schema.columns
     where table_schema = ? order by table_name, ordinal_position`,
    [side.database],
  )
  const name = what.kind === 'product' ? 'products' : what.name
  const own = columns.filter((row) => row.t === name && !hiddenColumns[name]?.includes(String(row.c)))
  if (own.length === 0) {
    return { ok: false, problem: 'no-table', tables: [...new Set(columns.map((row) => String(row.t)))] }
  }
  const text = what.text
  const searched = own.filter((row) => /char|text/.test(String(row.d))).map((row) => `\`${row.c}\` like ?`)
  const where = text === null ? '' : `where ${searched.join(' or ') || 'false'}`
  const list = own.map((row) => `\`${row.c}\``).join(', ')
  const rows = await rowsOf(
    side.root,
    `select ${list} from \`${side.database}\`.\`${name}\` ${where} order by 1 limit ${Math.round(limit)}`,
    text === null ? [] : searched.map(() => `%${text.replace(/[\\%_]/g, '\\$&')}%`),
  )
  return { ok: true, rows: rows.map(shown) }
}

/** What became of each product: «gone», «hidden», its price today where that is another, or the same. */
async function besideLiving(
  { databases }: RestoreContext,
  tenant: { nombreDb: string; serverId: number },
  rows: Record<string, unknown>[],
): Promise<Record<string, unknown>[]> {
  if (rows.length === 0) return rows
  return databases.provision(async (root) => {
    if (!(await hasSales(root, tenant.nombreDb))) return rows
    const living = await rowsOf(
      root,
      `select id, name, price_centimos as price, active from \`${tenant.nombreDb}\`.products where id in (?)`,
      [rows.map((row) => Number(row.id))],
    )
    const byId = new Map(living.map((row) => [Number(row.id), row]))
    return rows.map((row) => ({ ...row, today: today(row, byId.get(Number(row.id))) }))
  }, tenant.serverId)
}

function today(was: Record<string, unknown>, is: Row | undefined): string {
  if (!is) return 'gone'
  if (is.name !== was.name) return `called ${is.name}`
  if (Number(is.price) !== Number(was.price_centimos)) return `costs ${is.price} céntimos`
  return Number(is.active) === Number(was.active) ? 'the same' : Number(is.active) ? 'shown' : 'hidden'
}

const shown = (row: Row): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      Buffer.isBuffer(value) ? `${value.length} bytes` : value instanceof Date ? value.toISOString() : value,
    ]),
  )
