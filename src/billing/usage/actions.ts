import type { TenantTx } from '#src/db/tenant.ts'
import { productsUsed } from './queries.ts'

/** The plan holds no more: refused, and what was written is rolled back. */
export type Full = { ok: false; problem: 'limit' }
export const full: Full = { ok: false, problem: 'limit' }

/**
 * Whatever `work` does to the catalogue, it may not leave more products on sale than the plan holds, unless there
 * were as many before. Under `lockCatalogue`, so that two at once cannot pass the limit together. null: no limit.
 */
export async function withinProducts<T extends { ok: boolean }>(
  tx: TenantTx,
  limit: number | null,
  work: () => Promise<T>,
): Promise<T | Full> {
  if (limit === null) return work()
  const before = await productsUsed(tx)
  const done = await work()
  if (!done.ok) return done
  const after = await productsUsed(tx)
  return after > before && after > limit ? full : done
}
