import { eq } from 'drizzle-orm'
import type { TenantDb } from '#src/db/tenant.ts'
import { branches, productUnavailable } from '#src/db/tenant-schema.ts'
import { changeOfProduct } from '../actions.ts'

/** `todos`, `ninguno`, or the branches that have it. Ids of nobody's branches count for nothing. */
export type Available = { en: 'todos' | 'ninguno' | 'estos'; branchIds: readonly number[] }

/** «Agotado»: not sold in a branch until it is there again. */
export const setAvailability = (db: TenantDb, productId: number, { en, branchIds }: Available) =>
  changeOfProduct(db, productId, async (tx) => {
    const all = await tx.select({ id: branches.id }).from(branches)
    const missing = all.filter(({ id }) => en === 'ninguno' || (en === 'estos' && !branchIds.includes(id)))
    await tx.delete(productUnavailable).where(eq(productUnavailable.productId, productId))
    if (missing.length > 0) {
      await tx.insert(productUnavailable).values(missing.map(({ id }) => ({ branchId: id, productId })))
    }
    return { ok: true as const }
  })
