import { eq, sql } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { business, prints, sales } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { printsOf } from '#src/prints/queries.ts'

export type Printed = { ok: true; prints: number } | { ok: false; problem: 'request-key-reused' }

/**
 * Notes that a ticket goes to paper and says how many times it has: from the second on it is a COPIA. The
 * same key counts once, and is good for one sale only: otherwise it would print them all as originals.
 */
export function recordPrint(
  db: TenantDb,
  seller: { id: number },
  saleId: number,
  requestKey: string,
  now: Date,
): Promise<Printed> {
  return inTransaction(db, async (tx): Promise<Printed> => {
    // Two tills that print one sale at once must not both print the first.
    await tx.select({ id: sales.id }).from(sales).where(eq(sales.id, saleId)).for('update')
    await tx
      .insert(prints)
      .values({ saleId, requestKey, staffId: seller.id, printedAt: now })
      .onDuplicateKeyUpdate({ set: { requestKey } })
    const [print] = await tx
      .select({ saleId: prints.saleId })
      .from(prints)
      .where(eq(prints.requestKey, requestKey))
    if (print?.saleId !== saleId) return { ok: false, problem: 'request-key-reused' }
    await markFirstPrint(tx, now)
    return { ok: true, prints: await printsOf(tx, saleId) }
  })
}

/** The first-sale checklist's «Imprime un ticket» ticks for good, with a real ticket or one of practice. */
export async function markFirstPrint(db: TenantDb | TenantTx, now: Date) {
  await db
    .update(business)
    .set({ firstPrintAt: now })
    .where(sql`${business.id} = 1 and ${business.firstPrintAt} is null`)
}
