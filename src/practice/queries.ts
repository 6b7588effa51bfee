import { eq } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { practiceSales } from '#src/db/tenant-schema.ts'
import type { Ticket } from '#src/sales/ticket.ts'

export type PracticeSale = { id: number; bodyHash: string; ticket: Ticket }

/** By its own id or by the till's key; null when it was wiped or never was in this business. */
export async function findPracticeSale(
  db: Db,
  by: { id: number } | { requestKey: string },
): Promise<PracticeSale | null> {
  const [row] = await db
    .select({ id: practiceSales.id, bodyHash: practiceSales.bodyHash, ticket: practiceSales.ticket })
    .from(practiceSales)
    .where('id' in by ? eq(practiceSales.id, by.id) : eq(practiceSales.requestKey, by.requestKey))
  return row ? { ...row, ticket: JSON.parse(row.ticket) as Ticket } : null
}
