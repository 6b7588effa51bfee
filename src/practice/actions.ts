import { eq, lt, sql } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { business, practiceSales } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { findPracticeSale } from '#src/practice/queries.ts'
import type { Charged, Seller } from '#src/sales/actions.ts'
import { bodyHash, type SaleBody } from '#src/sales/form.ts'
import { igvBasisPoints } from '#src/sales/igv.ts'
import { saleNumber } from '#src/sales/names.ts'
import { priceSale } from '#src/sales/pricing.ts'
import { findRegister, soldProducts } from '#src/sales/queries.ts'
import { buildTicket } from '#src/sales/ticket.ts'

/** Practice sales of older days than this are wiped. */
const keptDays = 7
const day = 86_400_000

/**
 * A «venta de prueba»: priced and refused like a sale, and kept apart from them in every sense. No cash
 * session, no stock, no number of a series, nothing that a trial or a report counts: only its paper.
 */
export function chargePractice(
  db: TenantDb,
  tenant: { businessName: string },
  seller: Seller,
  body: SaleBody,
  now: Date,
): Promise<Charged> {
  return inTransaction(db, async (tx): Promise<Charged> => {
    const hash = bodyHash(body)
    // The one row that every register shares: practice numbers are of the business, and rarely wanted at once.
    await tx.select({ id: business.id }).from(business).where(eq(business.id, 1)).for('update')
    const register = await findRegister(tx, body.registerId)
    if (!register) return { ok: false, problem: 'unknown-register', field: 'registerId' }
    const made = await findPracticeSale(tx, { requestKey: body.requestKey })
    if (made) {
      return made.bodyHash === hash
        ? { ok: true, id: made.id, ticket: made.ticket }
        : { ok: false, problem: 'request-key-reused' }
    }
    const rate = igvBasisPoints(register.regime, register.igvKind, now)
    const ids = body.lines.map((line) => line.productId)
    const priced = priceSale(body, await soldProducts(tx, ids, register.branchId), rate)
    if (!priced.ok) return priced

    const number = await nextNumber(tx)
    const ticket = buildTicket(
      { businessName: tenant.businessName, ...register },
      {
        ...priced.totals,
        number: saleNumber('PRU', number),
        orderLabel: body.orderLabel,
        channel: body.channel,
        soldAt: now,
        staffName: seller.name,
        regime: register.regime,
        igvBasisPoints: rate,
        roundingCentimos: priced.settlement.roundingCentimos,
        lines: priced.lines.map((line) => ({ ...line.product, ...line })),
        payments: priced.settlement.payments,
      },
      true,
    )
    const [inserted] = await tx.insert(practiceSales).values({
      requestKey: body.requestKey,
      bodyHash: hash,
      registerId: body.registerId,
      staffId: seller.id,
      number,
      ticket: JSON.stringify(ticket),
      soldAt: now,
    })
    await tx
      .update(business)
      .set({ firstPracticeSaleAt: now })
      .where(sql`${business.id} = 1 and ${business.firstPracticeSaleAt} is null`)
    return { ok: true, id: inserted.insertId, ticket }
  })
}

/** Safe to repeat; says how many it wiped. */
export async function wipePracticeSales(db: TenantDb, now: Date): Promise<number> {
  const [wiped] = await db
    .delete(practiceSales)
    .where(lt(practiceSales.soldAt, new Date(now.getTime() - keptDays * day)))
  return wiped.affectedRows
}

async function nextNumber(tx: TenantTx): Promise<number> {
  const [last] = await tx
    .select({ number: sql`coalesce(max(${practiceSales.number}), 0)`.mapWith(Number) })
    .from(practiceSales)
  return (last?.number ?? 0) + 1
}
