import { eq, sql } from 'drizzle-orm'
import { type Lock, maySell } from '#src/billing/account.ts'
import { insertRows } from '#src/db/insert-rows.ts'
import { remembered } from '#src/db/remembered.ts'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { saleLines, salePayments, sales, series, stockLevels, stockMovements } from '#src/db/tenant-schema.ts'
import { inTransaction, onceMoreOnDuplicateOrGone } from '#src/db/transaction.ts'
import { bodyHash, type SaleBody } from '#src/sales/form.ts'
import { igvBasisPoints } from '#src/sales/igv.ts'
import { saleNumber } from '#src/sales/names.ts'
import { priceSale } from '#src/sales/pricing.ts'
import { chargeContext, findTicket, lockRegister, soldProducts } from '#src/sales/queries.ts'
import { type AcceptedSale, lineRows, paymentRows, saleRow } from '#src/sales/rows.ts'
import { stockTaken } from '#src/sales/stock.ts'
import type { ChargeRefusal } from '#src/sales/texts.ts'
import { buildTicket, type Ticket } from '#src/sales/ticket.ts'
import { findShortages } from '#src/stock/queries.ts'

export type Seller = { id: number; name: string }
export type Charged = { ok: true; id: number; ticket: Ticket } | ChargeRefusal
type Context = NonNullable<Awaited<ReturnType<typeof chargeContext>>>

type Sale = AcceptedSale & { businessName: string; seller: Seller; context: Context }

/**
 * One sale, whole or not at all: 7 statements between BEGIN and COMMIT, 9 when stock moves, one more where
 * the owner sells nothing that is not there. The same key with the same body is answered with the sale
 * already made, so that a till which lost the line (even in the middle of COMMIT) may send it again. Refusals
 * come before the number is taken: a series has no gaps. A locked business sells what is still a service that
 * was open before. A product deleted under the sale is an unknown one.
 */
export function charge(
  db: TenantDb,
  tenant: { businessName: string },
  seller: Seller,
  body: SaleBody,
  now: Date,
  lock: Lock | null = null,
): Promise<Charged> {
  return onceMoreOnDuplicateOrGone(() =>
    inTransaction(db, (tx) => chargeIn(tx, tenant.businessName, seller, body, now, lock)),
  )
}

async function chargeIn(
  tx: TenantTx,
  businessName: string,
  seller: Seller,
  body: SaleBody,
  now: Date,
  lock: Lock | null,
): Promise<Charged> {
  const hash = bodyHash(body)
  // A statement of its own: what is read after it sees every sale and close made before the lock was given.
  await lockRegister(tx, { registerId: body.registerId })
  const context = await chargeContext(tx, body.registerId, body.requestKey)
  if (!context) return { ok: false, problem: 'unknown-register', field: 'registerId' }
  if (context.saleId) {
    if (context.saleBodyHash !== hash) return { ok: false, problem: 'request-key-reused' }
    const ticket = await findTicket(tx, businessName, context.saleId)
    if (!ticket) throw new Error('a sale without its ticket')
    return { ok: true, id: context.saleId, ticket }
  }
  const { cashSessionId, openedAt } = context
  if (lock && !maySell(lock.since, openedAt && { openedAt }, now))
    return { ok: false, problem: 'locked', lock: lock.kind }
  if (!cashSessionId) return { ok: false, problem: 'no-open-cash-session' }
  const rate = igvBasisPoints(context.regime, context.igvKind, now)
  const known = await soldProducts(
    tx,
    body.lines.map((line) => line.productId),
    context.branchId,
  )
  const priced = priceSale(body, known, rate)
  if (!priced.ok) return priced
  if (context.blocksWithoutStock) {
    const left = await findShortages(tx, context.branchId, stockTaken(priced.lines))
    if (left.length > 0) return { ok: false, problem: 'out-of-stock', left }
  }
  return write(tx, { businessName, seller, body, hash, context, cashSessionId, priced, rate, now })
}

/** Nothing refuses any more. Stock comes last: «Pollo» is one row for every register of the branch. */
async function write(tx: TenantTx, sale: Sale): Promise<Charged> {
  const { context, priced, seller } = sale
  await takeNumber(tx, { seriesId: context.seriesId })
  const row = saleRow(sale)
  const [inserted] = await tx.insert(sales).values(row)
  const id = inserted.insertId
  const payments = paymentRows(sale, id)
  await tx.insert(saleLines).values(lineRows(priced, id))
  await tx.insert(salePayments).values(payments)
  await takeStock(tx, sale, id)
  const ticket = buildTicket(
    { businessName: sale.businessName, ...context },
    {
      ...row,
      number: saleNumber(row.seriesCode, row.number),
      staffName: seller.name,
      lines: priced.lines.map((line) => ({ ...line.product, ...line })),
      payments,
    },
  )
  return { ok: true, id, ticket }
}

const takeNumber = remembered((db) =>
  db
    .update(series)
    .set({ nextNumber: sql`${series.nextNumber} + 1` })
    .where(eq(series.id, sql.placeholder('seriesId'))),
)

/** One statement locks and lowers every level, in the order of product ids; stock may go below zero. */
async function takeStock(tx: TenantTx, { priced, context, seller, now }: Sale, saleId: number) {
  const taken = stockTaken(priced.lines).map((row) => ({
    branchId: context.branchId,
    productId: row.productId,
    quantityThousandths: -row.quantityThousandths,
  }))
  if (taken.length === 0) return
  await tx
    .insert(stockLevels)
    .values(taken)
    .onDuplicateKeyUpdate({
      set: {
        quantityThousandths: sql`${stockLevels.quantityThousandths} + values(${stockLevels.quantityThousandths})`,
      },
    })
  await insertRows(
    tx,
    stockMovements,
    taken.map((row) => ({ ...row, reason: 'venta' as const, saleId, staffId: seller.id, createdAt: now })),
  )
}
