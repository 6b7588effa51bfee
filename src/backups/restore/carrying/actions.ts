import type { ResultSetHeader } from 'mysql2/promise'
import { errno, errnoOf } from '#src/db/errors.ts'
import { type Marks, type Row, rowsOf, type Side, without } from './queries.ts'

export type Carried = {
  carried: string[]
  /** By request_key: what stands in the way. */
  left: { requestKey: string; why: 'no-register' | 'number-taken' }[]
}

/** So far may tills have counted whose numbers nobody can read any more. */
const unknownVersions = 1_000

/**
 * Numbers that stand on tickets are not given twice, and a till that has kept a catalogue of a lost future must
 * not take a new one for it: both go on from the larger. Where nothing is known of the old, far ahead.
 */
export async function raiseMarks(
  { root, database }: Side,
  old: Marks | null,
  numbersAhead: number,
): Promise<void> {
  if (numbersAhead > 0)
    await root.query(`update \`${database}\`.series set next_number = next_number + ?`, [numbersAhead])
  for (const [code, next] of old?.nextNumbers ?? []) {
    await root.query(
      `update \`${database}\`.series set next_number = greatest(next_number, ?) where code = ?`,
      [next, code],
    )
  }
  await root.query(
    `update \`${database}\`.business set catalogue_version = greatest(catalogue_version, ?) + ?`,
    [old?.catalogueVersion ?? 0, old ? 1 : unknownVersions],
  )
}

/**
 * Sales of the one database into the other, whole or not at all, each with its number, lines, payments and what
 * it took from the shelves. Their cash sessions come with them, and so does the end of a session that is still
 * open here. What such a sale names and this database does not know (a product made since) comes hidden.
 * May be done twice: a request_key that is there is left as it is.
 */
export async function carrySales(from: Side, to: Side, requestKeys: readonly string[]): Promise<Carried> {
  const done: Carried = { carried: [], left: [] }
  if (requestKeys.length === 0) return done
  await to.root.query('start transaction')
  try {
    const sessions = await carrySessions(from, to)
    for (const key of requestKeys) {
      const why = await carrySale(from, to, sessions, key)
      if (why) done.left.push({ requestKey: key, why })
      else done.carried.push(key)
    }
    await to.root.query('commit')
    return done
  } catch (error) {
    await to.root.query('rollback')
    throw error
  }
}

/** The sessions of the one, by their id there, as they are called here. */
async function carrySessions(from: Side, to: Side): Promise<Map<number, number>> {
  const here = new Map((await all(to, 'cash_sessions')).map((row) => [String(row.request_key), row]))
  const registers = new Set((await all(to, 'registers')).map((row) => Number(row.id)))
  const ids = new Map<number, number>()
  const theirs = (await all(from, 'cash_sessions')).filter((row) => registers.has(Number(row.register_id)))
  // Ends first: a register has one open session, and a later one may be coming.
  for (const row of theirs) {
    const known = here.get(String(row.request_key))
    if (!known) continue
    ids.set(Number(row.id), Number(known.id))
    if (row.closed_at === null || known.closed_at !== null) continue
    await needStaff(from, to, row.closed_by)
    await to.root.query(
      `update ${table(to, 'cash_sessions')} set closed_by = ?, closed_at = ?, open_slot = null where id = ?`,
      [row.closed_by as number, row.closed_at as Date, Number(known.id)],
    )
  }
  for (const row of theirs) {
    if (ids.has(Number(row.id))) continue
    await needStaff(from, to, row.opened_by)
    await needStaff(from, to, row.closed_by)
    ids.set(Number(row.id), await openOrInsert(to, row))
  }
  return ids
}

/** Where another is open on that register, its sales belong to that one. */
async function openOrInsert(to: Side, row: Row): Promise<number> {
  if (row.open_slot !== null) {
    const [open] = await rowsOf(
      to.root,
      `select id from ${table(to, 'cash_sessions')} where register_id = ? and open_slot = 1`,
      [Number(row.register_id)],
    )
    if (open) return Number(open.id)
  }
  return insert(to, 'cash_sessions', without(row, 'id'))
}

async function carrySale(
  from: Side,
  to: Side,
  sessions: Map<number, number>,
  requestKey: string,
): Promise<Carried['left'][number]['why'] | null> {
  const [sale] = await rowsOf(from.root, `select * from ${table(from, 'sales')} where request_key = ?`, [
    requestKey,
  ])
  if (!sale) return null
  const session = sessions.get(Number(sale.cash_session_id))
  if (session === undefined) return 'no-register'
  await needStaff(from, to, sale.staff_id)
  const id = await insertSale(to, { ...without(sale, 'id'), cash_session_id: session })
  if (typeof id !== 'number') return id === 'there' ? null : id
  const lines = new Map<number, number>()
  for (const line of await ofSale(from, 'sale_lines', sale)) {
    await needProduct(from, to, line.product_id)
    const parent = line.parent_line_id === null ? null : (lines.get(Number(line.parent_line_id)) ?? null)
    const row = { ...without(line, 'id'), sale_id: id, parent_line_id: parent }
    lines.set(Number(line.id), await insert(to, 'sale_lines', row))
  }
  for (const payment of await ofSale(from, 'sale_payments', sale)) {
    await needStaff(from, to, payment.staff_id)
    await insert(to, 'sale_payments', { ...without(payment, 'id'), sale_id: id })
  }
  for (const print of await ofSale(from, 'prints', sale)) {
    await needStaff(from, to, print.staff_id)
    await insert(to, 'prints', { ...without(print, 'id'), sale_id: id })
  }
  for (const movement of await ofSale(from, 'stock_movements', sale)) await moveStock(from, to, movement, id)
  return null
}

async function insertSale(to: Side, row: Row): Promise<number | 'there' | 'number-taken'> {
  try {
    return await insert(to, 'sales', row)
  } catch (error) {
    if (errnoOf(error) !== errno.duplicateEntry) throw error
    const there = await rowsOf(to.root, `select id from ${table(to, 'sales')} where request_key = ?`, [
      String(row.request_key),
    ])
    return there.length > 0 ? 'there' : 'number-taken'
  }
}

async function moveStock(from: Side, to: Side, movement: Row, saleId: number): Promise<void> {
  await needStaff(from, to, movement.staff_id)
  await needProduct(from, to, movement.product_id)
  await insert(to, 'stock_movements', { ...without(movement, 'id'), sale_id: saleId, import_id: null })
  await to.root.query(
    `insert into ${table(to, 'stock_levels')} (branch_id, product_id, quantity_thousandths) values (?, ?, ?)
     on duplicate key update quantity_thousandths = quantity_thousandths + values(quantity_thousandths)`,
    [Number(movement.branch_id), Number(movement.product_id), Number(movement.quantity_thousandths)],
  )
}

/** A sale is a fact: a product that is not here comes with it, out of the menu and without what else it hung on. */
const needProduct = (from: Side, to: Side, id: Row[string] | undefined) =>
  need(from, to, 'products', id, {
    category_id: null,
    photo_id: null,
    code: null,
    barcode: null,
    favourite_position: null,
    active: 0,
  })

/** Whoever sold it, without a way in. */
const needStaff = (from: Side, to: Side, id: Row[string] | undefined) =>
  need(from, to, 'staff', id, { pin_hash: null, active: 0 })

async function need(from: Side, to: Side, name: string, id: Row[string] | undefined, change: Row) {
  if (id === null || id === undefined) return
  const here = await rowsOf(to.root, `select 1 as found from ${table(to, name)} where id = ?`, [Number(id)])
  if (here.length > 0) return
  const [row] = await rowsOf(from.root, `select * from ${table(from, name)} where id = ?`, [Number(id)])
  if (row) await insert(to, name, { ...row, ...change })
}

const all = (side: Side, name: string) => rowsOf(side.root, `select * from ${table(side, name)} order by id`)

const ofSale = (side: Side, name: string, sale: Row) =>
  rowsOf(side.root, `select * from ${table(side, name)} where sale_id = ? order by id`, [Number(sale.id)])

async function insert(to: Side, name: string, row: Row): Promise<number> {
  const columns = Object.keys(row)
    .map((column) => `\`${column}\``)
    .join(', ')
  const result = (await to.root.query(`insert into ${table(to, name)} (${columns}) values (?)`, [
    Object.values(row),
  ])) as ResultSetHeader
  return result.insertId
}

const table = ({ database }: Side, name: string) => `\`${database}\`.\`${name}\``
