import { and, count, eq, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { prints, sales } from '#src/db/tenant-schema.ts'

/** How often the ticket went to paper, without the print that this key names (it is the one being made). */
export async function printsOf(db: Db, saleId: number, exceptKey = ''): Promise<number> {
  const [row] = await db
    .select({ prints: count() })
    .from(prints)
    .where(and(eq(prints.saleId, saleId), sql`${prints.requestKey} <> ${exceptKey}`))
  return row?.prints ?? 0
}

export async function saleExists(db: Db, id: number): Promise<boolean> {
  const [sale] = await db.select({ id: sales.id }).from(sales).where(eq(sales.id, id))
  return sale !== undefined
}
