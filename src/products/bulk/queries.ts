import { and, eq, exists, inArray, or, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { bulkChanges, productComponents, products, saleLines, stockMovements } from '#src/db/tenant-schema.ts'
import { matching } from '../table/queries.ts'
import type { BulkTarget } from './form.ts'

/** The products that an action is about, as this business has them. Ids of nobody are left out. */
export function targets(db: Db, { de, lista, 'ids[]': ids }: BulkTarget) {
  return db
    .select({
      id: products.id,
      name: products.name,
      priceCentimos: products.priceCentimos,
      active: products.active,
      categoryId: products.categoryId,
    })
    .from(products)
    .where(de === 'todos' ? matching(db, lista) : inArray(products.id, ids.length > 0 ? ids : [0]))
    .orderBy(products.id)
}

/** Of these, the ones with a history: sold, part of another, moved by a sale. They are hidden instead of deleted. */
export async function keptIds(db: Db, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const some = sql`1`
  const rows = await db
    .select({ id: products.id })
    .from(products)
    .where(
      and(
        inArray(products.id, [...ids]),
        or(
          exists(db.select({ one: some }).from(saleLines).where(eq(saleLines.productId, products.id))),
          exists(
            db
              .select({ one: some })
              .from(productComponents)
              .where(eq(productComponents.componentId, products.id)),
          ),
          exists(
            db
              .select({ one: some })
              .from(stockMovements)
              .where(and(eq(stockMovements.productId, products.id), eq(stockMovements.reason, 'venta'))),
          ),
        ),
      ),
    )
  return new Set(rows.map((row) => row.id))
}

export async function findChange(db: Db, id: number) {
  const [row] = await db.select().from(bulkChanges).where(eq(bulkChanges.id, id))
  return row ?? null
}
