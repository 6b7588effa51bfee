import { and, asc, count, eq, isNotNull, sql } from 'drizzle-orm'
import type { Built } from '#src/billing/lock/texts.ts'
import type { Db } from '#src/db/tenant.ts'
import { branches, products, sales, staff } from '#src/db/tenant-schema.ts'

/** What the owner has made with us: what is for sale, and all that was ever sold. Practice is not in it. */
export async function loadBuilt(db: Db): Promise<Built> {
  const [[menu], [sold]] = await Promise.all([
    db
      .select({ n: count() })
      .from(products)
      .where(and(eq(products.active, true), eq(products.forSale, true))),
    db
      .select({
        n: count(),
        centimos: sql`coalesce(sum(${sales.totalCentimos} + ${sales.roundingCentimos}), 0)`.mapWith(Number),
      })
      .from(sales),
  ])
  return { products: menu?.n ?? 0, sales: sold?.n ?? 0, soldCentimos: sold?.centimos ?? 0 }
}

/** Whom a cashier tells: the owner by name, and the number that the local gave, if any. */
export async function findOwner(db: Db): Promise<{ name: string; whatsapp: string | null }> {
  const [[owner], [branch]] = await Promise.all([
    db
      .select({ name: staff.name })
      .from(staff)
      .where(and(eq(staff.role, 'dueno'), eq(staff.active, true)))
      .orderBy(asc(staff.id))
      .limit(1),
    db
      .select({ whatsapp: branches.whatsapp })
      .from(branches)
      .where(isNotNull(branches.whatsapp))
      .orderBy(asc(branches.id))
      .limit(1),
  ])
  return { name: owner?.name ?? '', whatsapp: branch?.whatsapp ?? null }
}
