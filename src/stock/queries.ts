import { and, asc, desc, eq, exists, gt, inArray, lte, ne, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import {
  branches,
  business,
  productComponents,
  products,
  registers,
  staff,
  stockLevels,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import { plentyThousandths, type StockDocument, type StockLeft } from './stock.ts'

/**
 * What is not there for a sale that is about to be written, its levels locked in the order of the products until
 * the end of the transaction: two registers cannot sell the last one twice.
 */
export async function findShortages(
  tx: Db,
  branchId: number,
  taken: readonly { productId: number; quantityThousandths: number }[],
): Promise<StockLeft[]> {
  if (taken.length === 0) return []
  const ids = taken.map((row) => row.productId)
  const levels = await tx
    .select({ productId: stockLevels.productId, thousandths: stockLevels.quantityThousandths })
    .from(stockLevels)
    .where(and(eq(stockLevels.branchId, branchId), inArray(stockLevels.productId, ids)))
    .orderBy(asc(stockLevels.productId))
    .for('update')
  const levelOf = new Map(levels.map((row) => [row.productId, row.thousandths]))
  const short = taken.filter((row) => (levelOf.get(row.productId) ?? 0) < row.quantityThousandths)
  if (short.length === 0) return []
  const named = await tx
    .select({ id: products.id, name: products.name, stepThousandths: products.stepThousandths })
    .from(products)
    .where(
      inArray(
        products.id,
        short.map((row) => row.productId),
      ),
    )
  return named.map(({ id, ...row }) => ({ productId: id, ...row, thousandths: levelOf.get(id) ?? 0 }))
}

/** A product's level in each branch; 0 where nothing was ever written. */
export const listLevels = (db: Db, productId: number) =>
  db
    .select({
      branchId: branches.id,
      branch: branches.name,
      thousandths: sql`coalesce(${stockLevels.quantityThousandths}, 0)`.mapWith(Number),
    })
    .from(branches)
    .leftJoin(stockLevels, and(eq(stockLevels.branchId, branches.id), eq(stockLevels.productId, productId)))
    .orderBy(asc(branches.id))

/** The latest movements, newest first: who, when, why. */
export const listMovements = (db: Db, productId: number, limit: number) =>
  db
    .select({
      id: stockMovements.id,
      branch: branches.name,
      thousandths: stockMovements.quantityThousandths,
      reason: stockMovements.reason,
      note: stockMovements.note,
      staffName: staff.name,
      createdAt: stockMovements.createdAt,
    })
    .from(stockMovements)
    .innerJoin(branches, eq(branches.id, stockMovements.branchId))
    .innerJoin(staff, eq(staff.id, stockMovements.staffId))
    .where(eq(stockMovements.productId, productId))
    .orderBy(desc(stockMovements.createdAt), desc(stockMovements.id))
    .limit(limit)

export type MovementRow = Awaited<ReturnType<typeof listMovements>>[number]
export type LevelRow = Awaited<ReturnType<typeof listLevels>>[number]

export async function blocksWithoutStock(db: Db): Promise<boolean> {
  const [row] = await db.select({ blocks: business.blocksWithoutStock }).from(business)
  return row?.blocks ?? false
}

/**
 * What the till must know of the stock of one register's branch; null when the register is not of this business.
 * Only levels that an order could use up: what is plentiful needs no warning, and the answer stays small. Names
 * only of what the till does not sell itself («Pollo» behind its eighths).
 */
export async function stockForTill(db: Db, registerId: number): Promise<StockDocument | null> {
  const [register] = await db
    .select({ branchId: registers.branchId, blocks: business.blocksWithoutStock })
    .from(registers)
    .innerJoin(business, eq(business.id, 1))
    .where(eq(registers.id, registerId))
  if (!register) return null
  const level = sql`coalesce(${stockLevels.quantityThousandths}, 0)`
  const [levels, parts] = await Promise.all([
    db
      .select({
        id: products.id,
        thousandths: level.mapWith(Number),
        stepThousandths: products.stepThousandths,
        hiddenName: sql<string | null>`if(${products.forSale}, null, ${products.name})`,
      })
      .from(products)
      .leftJoin(
        stockLevels,
        and(eq(stockLevels.productId, products.id), eq(stockLevels.branchId, register.branchId)),
      )
      .where(
        and(
          eq(products.tracksStock, true),
          eq(products.active, true),
          lte(level, plentyThousandths),
          // Nobody has said how much there was: to say that none is left would be a guess, at every sale.
          register.blocks ? undefined : wasCounted(db, register.branchId),
        ),
      ),
    db.select().from(productComponents),
  ])
  return {
    blocks: register.blocks,
    levels: levels.map((row) =>
      row.hiddenName === null
        ? [row.id, row.thousandths]
        : [row.id, row.thousandths, row.hiddenName, row.stepThousandths],
    ),
    parts: parts.map((row) => [row.productId, row.componentId, row.quantityThousandths]),
  }
}

/** Somebody, or a file, has told of this product's stock; sales alone tell only what went. */
const wasCounted = (db: Db, branchId: number) =>
  exists(
    db
      .select({ id: stockMovements.id })
      .from(stockMovements)
      .where(
        and(
          eq(stockMovements.productId, products.id),
          eq(stockMovements.branchId, branchId),
          ne(stockMovements.reason, 'venta'),
        ),
      ),
  )

/** The newest movement made by hand: a form that was sent twice still names the one before it. */
export async function lastManualMovement(db: Db, productId: number) {
  const [row] = await db
    .select()
    .from(stockMovements)
    .where(and(eq(stockMovements.productId, productId), ne(stockMovements.reason, 'venta')))
    .orderBy(desc(stockMovements.id))
    .limit(1)
  return row ?? null
}

/** Whether any level of the product is no multiple of a step. */
export async function hasFractions(db: Db, productId: number, stepThousandths: number): Promise<boolean> {
  const [row] = await db
    .select({ branchId: stockLevels.branchId })
    .from(stockLevels)
    .where(
      and(
        eq(stockLevels.productId, productId),
        gt(sql`mod(abs(${stockLevels.quantityThousandths}), ${stepThousandths})`, 0),
      ),
    )
    .limit(1)
  return row !== undefined
}
