import { type Column, getTableColumns, getTableName, sql } from 'drizzle-orm'
import type { MySqlTable } from 'drizzle-orm/mysql-core'
import { format } from 'mysql2'
import type { SqlValue } from './handles.ts'
import type { TenantTx } from './tenant.ts'

export type RowUpdate<T extends MySqlTable> = { id: number; set: Partial<T['$inferInsert']> }

type Cases = { column: Column; when: SqlValue[] }

/**
 * Different columns of many rows in one statement: `set price = case id when 1 then … else price end`. Five
 * hundred statements took a hundred times as long, and `insert … on duplicate key` could hit another row by
 * another unique key.
 */
export async function updateRows<T extends MySqlTable>(
  tx: TenantTx,
  table: T,
  rows: readonly RowUpdate<T>[],
): Promise<void> {
  const cases = new Map<string, Cases>()
  for (const { id, set } of rows) {
    for (const [key, value] of Object.entries(set)) {
      if (value === undefined) continue
      const column = getTableColumns(table)[key]
      if (!column) throw new Error(`no column ${key} in ${getTableName(table)}`)
      const known: Cases = cases.get(key) ?? { column, when: [] }
      known.when.push(id, value === null ? null : (column.mapToDriverValue(value) as SqlValue))
      cases.set(key, known)
    }
  }
  if (cases.size === 0) return
  const sets = [...cases.values()].map(({ column, when }) => {
    const whens = 'when ? then ? '.repeat(when.length / 2)
    return format(`?? = case id ${whens}else ?? end`, [column.name, ...when, column.name])
  })
  const where = format('where id in (?)', [rows.map(({ id }) => id)])
  await tx.execute(sql.raw(`${format('update ??', [getTableName(table)])} set ${sets.join(', ')} ${where}`))
}
