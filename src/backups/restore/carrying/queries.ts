import type { Provisioner } from '#src/db/provisioner.ts'
import { saleNumber } from '#src/sales/names.ts'
import type { MissingSale } from '../restore.ts'

/** A database and whoever reads and writes in it: of the living server, or of a scratch one. */
export type Side = { root: Provisioner; database: string }

export type Row = Record<string, string | number | boolean | Date | Buffer | null>

export const rowsOf = async (
  root: Provisioner,
  text: string,
  values: (string | number | string[] | number[])[] = [],
) => (await root.query(text, values)) as unknown as Row[]

/** The sales of the one that are not in the other, by their request_key: the same sale has the same wherever it is. */
export async function missingSales(from: Side, to: Side): Promise<MissingSale[]> {
  const known = new Set(await keys(to))
  const missing = (await keys(from)).filter((key) => !known.has(key))
  if (missing.length === 0) return []
  const rows = await rowsOf(
    from.root,
    `select s.request_key as requestKey, s.series_code as series, s.number, s.total_centimos as total,
       s.sold_at as soldAt, coalesce(p.name, '') as staffName
     from \`${from.database}\`.sales s left join \`${from.database}\`.staff p on p.id = s.staff_id
     where s.request_key in (?) order by s.id`,
    [missing],
  )
  return rows.map((row) => ({
    requestKey: String(row.requestKey),
    number: saleNumber(String(row.series), Number(row.number)),
    totalCentimos: Number(row.total),
    soldAt: row.soldAt as Date,
    staffName: String(row.staffName),
  }))
}

async function keys({ root, database }: Side): Promise<string[]> {
  const rows = await rowsOf(root, `select request_key as k from \`${database}\`.sales order by id`)
  return rows.map((row) => String(row.k))
}

/** What must never go back: the next number of each series, and the version of the catalogue. */
export type Marks = { nextNumbers: Map<string, number>; catalogueVersion: number }

export async function readMarks({ root, database }: Side): Promise<Marks> {
  const series = await rowsOf(root, `select code, next_number as next from \`${database}\`.series`)
  const business = await rowsOf(root, `select catalogue_version as v from \`${database}\`.business`)
  return {
    nextNumbers: new Map(series.map((row) => [String(row.code), Number(row.next)])),
    catalogueVersion: Number(business[0]?.v ?? 0),
  }
}

/** Every column but these, in a form that another database with the same tables takes. */
export const without = (row: Row, ...names: string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
