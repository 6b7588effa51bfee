import { and, count, desc, eq, gte, isNotNull, lt, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import {
  productComponents,
  products,
  saleLines,
  salePayments,
  sales,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import type { Method } from '#src/sales/payment.ts'

/** The day in Lima of an instant, as SQL says it: UTC−5 without daylight saving. */
const limaDay = sql<string>`date_format(${sales.soldAt} - interval 5 hour, '%Y-%m-%d')`

export type DayTotal = { day: string; method: Method; centimos: number }

/** What came in, by day in Lima and method, between two instants (the second not included). */
export async function dayTotals(db: Db, from: Date, to: Date): Promise<DayTotal[]> {
  return db
    .select({
      day: limaDay,
      method: salePayments.method,
      centimos: sql`sum(${salePayments.amountCentimos})`.mapWith(Number),
    })
    .from(salePayments)
    .innerJoin(sales, eq(sales.id, salePayments.saleId))
    .where(and(gte(sales.soldAt, from), lt(sales.soldAt, to)))
    .groupBy(limaDay, salePayments.method)
    .orderBy(salePayments.method)
}

/** How many sales each day in Lima had. */
export async function dayCounts(db: Db, from: Date, to: Date): Promise<Map<string, number>> {
  const rows = await db
    .select({ day: limaDay, made: count() })
    .from(sales)
    .where(and(gte(sales.soldAt, from), lt(sales.soldAt, to)))
    .groupBy(limaDay)
  return new Map(rows.map((row) => [row.day, row.made]))
}

export type SoldProductToday = {
  name: string
  stepThousandths: number
  quantityThousandths: number
  centimos: number
}

/** What brought in most between two instants. */
export async function bestProducts(db: Db, from: Date, to: Date, limit: number): Promise<SoldProductToday[]> {
  const centimos = sql`sum(${saleLines.totalCentimos})`.mapWith(Number)
  return db
    .select({
      name: products.name,
      stepThousandths: products.stepThousandths,
      quantityThousandths: sql`sum(${saleLines.quantityThousandths})`.mapWith(Number),
      centimos,
    })
    .from(saleLines)
    .innerJoin(sales, eq(sales.id, saleLines.saleId))
    .innerJoin(products, eq(products.id, saleLines.productId))
    .where(and(gte(sales.soldAt, from), lt(sales.soldAt, to)))
    .groupBy(products.id)
    .orderBy(desc(centimos), products.id)
    .limit(limit)
}

export type PartSold = { name: string; stepThousandths: number; quantityThousandths: number }

/** What was taken of the products that others are made of: whole chickens behind their eighths. */
export async function partsSold(db: Db, from: Date, to: Date): Promise<PartSold[]> {
  const parts = db.selectDistinct({ id: productComponents.componentId }).from(productComponents).as('parts')
  return db
    .select({
      name: products.name,
      stepThousandths: products.stepThousandths,
      quantityThousandths: sql`-sum(${stockMovements.quantityThousandths})`.mapWith(Number),
    })
    .from(stockMovements)
    .innerJoin(parts, eq(parts.id, stockMovements.productId))
    .innerJoin(products, eq(products.id, stockMovements.productId))
    .where(
      and(
        isNotNull(stockMovements.saleId),
        gte(stockMovements.createdAt, from),
        lt(stockMovements.createdAt, to),
      ),
    )
    .groupBy(products.id)
    .orderBy(products.id)
}

/** How many sales were made between two instants. */
export async function salesBetween(db: Db, from: Date, to: Date): Promise<number> {
  const [row] = await db
    .select({ made: count() })
    .from(sales)
    .where(and(gte(sales.soldAt, from), lt(sales.soldAt, to)))
  return row?.made ?? 0
}
