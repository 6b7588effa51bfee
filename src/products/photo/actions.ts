import { eq } from 'drizzle-orm'
import type { TenantDb } from '#src/db/tenant.ts'
import { products } from '#src/db/tenant-schema.ts'
import { dropUnused, keepFile } from '#src/files/actions.ts'
import type { Picture } from '#src/files/picture.ts'
import { changeCatalogue } from '../actions.ts'

/** The new photo of a product, or none; the old one goes when no other product shows it. */
export const setPhoto = (
  db: TenantDb,
  product: { id: number; photoId: string | null },
  picture: Picture | null,
  now: Date,
) =>
  changeCatalogue(db, async (tx) => {
    const photoId = picture ? await keepFile(tx, picture, now) : null
    await tx
      .update(products)
      .set({ photoId, fromMenu: false, updatedAt: now })
      .where(eq(products.id, product.id))
    if (product.photoId !== photoId) await dropUnused(tx, [product.photoId])
    return { ok: true as const }
  })
