import { expect, test } from 'vitest'
import { insertRows } from '#src/db/insert-rows.ts'
import { categories } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { testTenant } from '../../tests/support/database.ts'

type Row = typeof categories.$inferInsert

async function inserted(rows: Row[]) {
  const { db } = await testTenant()
  await inTransaction(db, async (tx) => ({ ok: true, id: await insertRows(tx, categories, rows) }))
  return db.select().from(categories)
}

test('rows of one shape are written whatever the order of their fields', async () => {
  const rows = await inserted([
    { name: 'Pollos', position: 1 },
    { position: 2, name: 'Bebidas' },
  ])
  expect(rows.map(({ name, position }) => [name, position])).toEqual([
    ['Pollos', 1],
    ['Bebidas', 2],
  ])
})

test.each([
  ['one field more', { id: 7, name: 'Bebidas', position: 2 }],
  ['one field less', { name: 'Bebidas' } as Row],
  ['another field', { id: 7, name: 'Bebidas' } as Row],
])('a row with %s than the first is a bug, never a value lost', async (_, second) => {
  await expect(inserted([{ name: 'Pollos', position: 1 }, second])).rejects.toThrow('different shapes')
})
