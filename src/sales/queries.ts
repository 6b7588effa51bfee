import { and, asc, count, desc, eq, inArray, lt, max, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import { remembered, rememberedBySize } from '#src/db/remembered.ts'
import type { Db } from '#src/db/tenant.ts'
import {
  branches,
  business,
  cashSessions,
  productComponents,
  products,
  productUnavailable,
  registers,
  saleLines,
  salePayments,
  sales,
  series,
  staff,
} from '#src/db/tenant-schema.ts'
import { saleNumber } from '#src/sales/names.ts'
import type { Method } from '#src/sales/payment.ts'
import type { SoldProduct } from '#src/sales/pricing.ts'
import type { Channel } from '#src/sales/sale.ts'
import { type PartRow, takenParts } from '#src/sales/stock.ts'
import { buildTicket, type Ticket } from '#src/sales/ticket.ts'

const shopColumns = {
  legalName: business.legalName,
  ruc: business.ruc,
  address: business.address,
  branchAddress: branches.address,
  whatsapp: branches.whatsapp,
  paper: registers.paper,
}

/** What the register and its business are at this instant; undefined when this business has no such register. */
export async function findRegister(db: Db, id: number) {
  const [register] = await db
    .select({
      ...shopColumns,
      branchId: registers.branchId,
      regime: business.regime,
      igvKind: business.igvKind,
      firstPracticeSaleAt: business.firstPracticeSaleAt,
    })
    .from(registers)
    .innerJoin(branches, eq(branches.id, registers.branchId))
    .innerJoin(business, eq(business.id, 1))
    .where(eq(registers.id, id))
  return register
}

/** Locks the register for the rest of the transaction; nothing happens when this business has no such one. */
export const lockRegister = remembered((db) =>
  db
    .select({ id: registers.id })
    .from(registers)
    .where(eq(registers.id, sql.placeholder('registerId')))
    .for('update'),
)

/** All that a charge must know of its register, in one read after its lock: the sale of that key included. */
export async function chargeContext(db: Db, registerId: number, requestKey: string) {
  const [found] = await chargeContextQuery(db, { registerId, requestKey })
  return found
}

const chargeContextQuery = remembered((db) =>
  db
    .select({
      ...shopColumns,
      branchId: registers.branchId,
      regime: business.regime,
      igvKind: business.igvKind,
      blocksWithoutStock: business.blocksWithoutStock,
      seriesId: series.id,
      seriesCode: series.code,
      nextNumber: series.nextNumber,
      cashSessionId: cashSessions.id,
      openedAt: cashSessions.openedAt,
      saleId: sales.id,
      saleBodyHash: sales.bodyHash,
    })
    .from(registers)
    .innerJoin(branches, eq(branches.id, registers.branchId))
    .innerJoin(business, eq(business.id, 1))
    .innerJoin(series, and(eq(series.registerId, registers.id), eq(series.documentType, 'nota_venta')))
    .leftJoin(cashSessions, and(eq(cashSessions.registerId, registers.id), eq(cashSessions.openSlot, 1)))
    .leftJoin(sales, eq(sales.requestKey, sql.placeholder('requestKey')))
    .where(eq(registers.id, sql.placeholder('registerId'))),
)

const part = alias(products, 'part')
const innerComponents = alias(productComponents, 'inner_components')
const innerPart = alias(products, 'inner_part')

/**
 * The products of an order as this branch sells them, with what each takes from the stock, in one query. A combo
 * takes what its parts are made of: two levels, which is as deep as the catalogue lets them go. Ids of nobody
 * are just absent.
 */
export async function soldProducts(
  db: Db,
  ids: readonly number[],
  branchId: number,
): Promise<Map<number, SoldProduct>> {
  const wanted = [...new Set(ids)]
  const rows = await soldProductsQuery(db, wanted.length, {
    ...Object.fromEntries(wanted.map((id, position) => [`id${position}`, id])),
    branchId,
  })
  const parts = new Map<number, PartRow[]>()
  for (const { id, ...row } of rows) parts.set(id, [...(parts.get(id) ?? []), row])
  return new Map(
    rows.map(({ active, forSale, unavailableId, ...row }) => [
      row.id,
      {
        ...row,
        isSellable: active && forSale,
        isAvailable: unavailableId === null,
        components: takenParts(parts.get(row.id) ?? []),
      },
    ]),
  )
}

const soldProductsQuery = rememberedBySize((db, size) =>
  db
    .select({
      id: products.id,
      name: products.name,
      priceCentimos: products.priceCentimos,
      stepThousandths: products.stepThousandths,
      unit: products.unit,
      affectation: products.affectation,
      tracksStock: products.tracksStock,
      active: products.active,
      forSale: products.forSale,
      unavailableId: productUnavailable.productId,
      componentId: productComponents.componentId,
      partId: part.id,
      partThousandths: productComponents.quantityThousandths,
      innerPartId: innerPart.id,
      innerThousandths: innerComponents.quantityThousandths,
    })
    .from(products)
    .leftJoin(
      productUnavailable,
      and(
        eq(productUnavailable.branchId, sql.placeholder('branchId')),
        eq(productUnavailable.productId, products.id),
      ),
    )
    .leftJoin(productComponents, eq(productComponents.productId, products.id))
    .leftJoin(part, and(eq(part.id, productComponents.componentId), eq(part.tracksStock, true)))
    .leftJoin(innerComponents, eq(innerComponents.productId, productComponents.componentId))
    .leftJoin(innerPart, and(eq(innerPart.id, innerComponents.componentId), eq(innerPart.tracksStock, true)))
    .where(
      inArray(
        products.id,
        Array.from({ length: size }, (_, position) => sql.placeholder(`id${position}`)),
      ),
    ),
)

/** The paper of a sale as it was sold, or null when this business has no such sale. */
export async function findTicket(db: Db, businessName: string, id: number): Promise<Ticket | null> {
  const [sale] = await db
    .select({ shop: shopColumns, sale: sales, staffName: staff.name })
    .from(sales)
    .innerJoin(registers, eq(registers.id, sales.registerId))
    .innerJoin(branches, eq(branches.id, registers.branchId))
    .innerJoin(business, eq(business.id, 1))
    .innerJoin(staff, eq(staff.id, sales.staffId))
    .where(eq(sales.id, id))
  if (!sale) return null
  const lines = await db
    .select({
      name: saleLines.name,
      unitPriceCentimos: saleLines.unitPriceCentimos,
      quantityThousandths: saleLines.quantityThousandths,
      totalCentimos: saleLines.totalCentimos,
      stepThousandths: products.stepThousandths,
      unit: products.unit,
    })
    .from(saleLines)
    .innerJoin(products, eq(products.id, saleLines.productId))
    .where(eq(saleLines.saleId, id))
    .orderBy(asc(saleLines.position))
  const payments = await db
    .select()
    .from(salePayments)
    .where(eq(salePayments.saleId, id))
    .orderBy(asc(salePayments.id))
  return buildTicket(
    { businessName, ...sale.shop },
    {
      ...sale.sale,
      number: saleNumber(sale.sale.seriesCode, sale.sale.number),
      staffName: sale.staffName,
      lines,
      payments,
    },
  )
}

export type ListedSale = {
  id: number
  seriesCode: string
  number: number
  orderLabel: string
  channel: Channel
  soldAt: Date
  staffName: string
  dueCentimos: number
  methods: Method[]
}

/** The latest sales, newest first, `limit` at a time: `beforeId` is the last of the page before. */
export async function listSales(db: Db, limit: number, beforeId?: number): Promise<ListedSale[]> {
  return db
    .select({
      id: sales.id,
      seriesCode: sales.seriesCode,
      number: sales.number,
      orderLabel: sales.orderLabel,
      channel: sales.channel,
      soldAt: sales.soldAt,
      staffName: staff.name,
      dueCentimos: sql<number>`${sales.totalCentimos} + ${sales.roundingCentimos}`.mapWith(Number),
      methods:
        sql`(select group_concat(distinct p.method order by p.method) from ${salePayments} p where p.sale_id = ${sales.id})`.mapWith(
          (names: string) => names.split(',') as Method[],
        ),
    })
    .from(sales)
    .innerJoin(staff, eq(staff.id, sales.staffId))
    .where(beforeId === undefined ? undefined : lt(sales.id, beforeId))
    .orderBy(desc(sales.id))
    .limit(limit)
}

/**
 * How many sales were made, counted only up to `limit`, and when that one was made: the trial asks whether
 * there are so many, not how many.
 */
export async function salesMadeUpTo(db: Db, limit: number): Promise<{ made: number; usedUpAt: Date | null }> {
  if (limit <= 0) return { made: 0, usedUpAt: null }
  const some = db.select({ id: sales.id }).from(sales).orderBy(asc(sales.id)).limit(limit).as('some')
  const [row] = await db.select({ made: count(), last: max(some.id) }).from(some)
  if (!row || row.made < limit || row.last === null) return { made: row?.made ?? 0, usedUpAt: null }
  const [last] = await db.select({ receivedAt: sales.receivedAt }).from(sales).where(eq(sales.id, row.last))
  return { made: row.made, usedUpAt: last?.receivedAt ?? null }
}
