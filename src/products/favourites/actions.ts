import { eq } from 'drizzle-orm'
import type { TenantDb } from '#src/db/tenant.ts'
import { products } from '#src/db/tenant-schema.ts'
import { changeCatalogue } from '../actions.ts'
import { listFavourites } from './queries.ts'

/** The first screens of a till; more is a category. */
export const mostFavourites = 90

export type Starred = { ok: true } | { ok: false; problem: 'too-many' }

/** A new one goes last: no tile moves by it. */
export function star(db: TenantDb, id: number, isFavourite: boolean): Promise<Starred> {
  return changeCatalogue(db, async (tx): Promise<Starred> => {
    const now = await listFavourites(tx)
    const isAlready = now.some((row) => row.id === id)
    if (isAlready === isFavourite) return { ok: true }
    if (isFavourite && now.length >= mostFavourites) return { ok: false, problem: 'too-many' }
    const last = now.at(-1)?.favouritePosition ?? -1
    await tx
      .update(products)
      .set({ favouritePosition: isFavourite ? last + 1 : null })
      .where(eq(products.id, id))
    return { ok: true }
  })
}

/** Changes places with its neighbour; the first cannot go up. */
export function moveFavourite(db: TenantDb, id: number, by: 1 | -1) {
  return changeCatalogue(db, async (tx) => {
    const rows = await listFavourites(tx)
    const at = rows.findIndex((row) => row.id === id)
    const [own, other] = [rows[at], rows[at + by]]
    if (!own || !other) return { ok: true as const }
    rows[at] = other
    rows[at + by] = own
    for (const [position, row] of rows.entries()) {
      if (row.favouritePosition === position) continue
      await tx.update(products).set({ favouritePosition: position }).where(eq(products.id, row.id))
    }
    return { ok: true as const }
  })
}
