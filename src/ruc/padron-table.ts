/** The tables of `smartket_padron`: `padron`, which is read, and the one that is being filled. */

import { randomBytes } from 'node:crypto'
import type { PadronDb } from '#src/db/padron.ts'
import type { PadronRow } from '#src/ruc/padron-row.ts'

export type LoadTable = {
  add(row: PadronRow): void
  /** Writes what was added once it is a batch; until it is answered nothing more is read. */
  flushIfFull(): Promise<boolean>
  /** Writes the rest and builds the index. */
  finish(): Promise<void>
  /** From one statement to the next everyone reads the new table. */
  takePlace(): Promise<void>
  /** After takePlace nothing is left to discard. */
  discard(): Promise<void>
}

const batchRows = 2000

/** How many rows the register in use has; 0 when there is none. */
export async function padronRows(padron: PadronDb): Promise<number> {
  if (!(await tables(padron)).includes('padron')) return 0
  const [counted] = await padron.query<{ n: number }>('select count(*) as n from padron')
  return Number(counted?.n ?? 0)
}

/**
 * A new, empty table, after clearing up what a killed import left. Aria without transactions: no redo log,
 * and one index that is built by sorting at the end, so that the order of the file does not matter. What a
 * power cut can break is a table of which SUNAT offers a new copy every day.
 */
export async function loadTable(padron: PadronDb): Promise<LoadTable> {
  await clearUp(padron)
  // A name of its own: an import that was believed dead and goes on must not write into this one.
  const name = `padron_next_${randomBytes(4).toString('hex')}`
  await padron.run(`create table ${name} (
    ruc bigint unsigned not null,
    legal_name varchar(150) not null,
    state varchar(40) not null,
    address_condition varchar(40) not null,
    address varchar(200),
    key ruc (ruc)
  ) engine=Aria transactional=0 row_format=dynamic default charset=utf8mb4 collate=utf8mb4_bin`)
  await padron.run(`alter table ${name} disable keys`)
  let rows: (string | number | null)[][] = []

  async function flush(): Promise<void> {
    const batch = rows
    rows = []
    if (batch.length > 0) await padron.run(`insert into ${name} values ?`, [batch])
  }
  return {
    add(row) {
      rows.push([Number(row.ruc), row.legalName, row.state, row.condition, row.address])
    },
    async flushIfFull() {
      if (rows.length < batchRows) return false
      await flush()
      return true
    },
    async finish() {
      await flush()
      await padron.run(`alter table ${name} enable keys`)
    },
    async takePlace() {
      const isFirst = !(await tables(padron)).includes('padron')
      await padron.run(`rename table ${isFirst ? '' : 'padron to padron_old, '}${name} to padron`)
      await padron.run('drop table if exists padron_old')
    },
    async discard() {
      await padron.run(`drop table if exists ${name}`)
    },
  }
}

/** A server that died between the two halves of a rename may have left the register under its old name. */
async function clearUp(padron: PadronDb): Promise<void> {
  const names = await tables(padron)
  if (names.includes('padron_old') && !names.includes('padron'))
    await padron.run('rename table padron_old to padron')
  else if (names.includes('padron_old')) await padron.run('drop table padron_old')
  for (const name of names)
    if (/^padron_next_[0-9a-f]{8}$/.test(name)) await padron.run(`drop table if exists ${name}`)
}

async function tables(padron: PadronDb): Promise<string[]> {
  const rows = await padron.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = database()',
  )
  return rows.map((row) => row.name)
}
