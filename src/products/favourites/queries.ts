import { asc, isNotNull } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { products } from '#src/db/tenant-schema.ts'

/** In the order of the till's first screen. */
export const listFavourites = (db: Db) =>
  db
    .select({
      id: products.id,
      name: products.name,
      active: products.active,
      favouritePosition: products.favouritePosition,
    })
    .from(products)
    .where(isNotNull(products.favouritePosition))
    .orderBy(asc(products.favouritePosition), asc(products.id))
