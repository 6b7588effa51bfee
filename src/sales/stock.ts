import { mulDiv } from '#src/lib/money.ts'
import type { PricedLine } from '#src/sales/pricing.ts'

/** One row of a product's parts: a direct one, and what that one is made of itself. */
export type PartRow = {
  componentId: number | null
  partId: number | null
  partThousandths: number | null
  innerPartId: number | null
  innerThousandths: number | null
}

/** What one of a product takes: its parts, and the parts of its parts. A part that is not counted takes nothing. */
export function takenParts(rows: readonly PartRow[]): { productId: number; quantityThousandths: number }[] {
  const taken = new Map<number, number>()
  const seen = new Set<number>()
  const take = (id: number, thousandths: number) => taken.set(id, (taken.get(id) ?? 0) + thousandths)
  for (const row of rows) {
    // A part with two parts of its own comes in two rows, and is taken once.
    if (row.partId && !seen.has(row.partId)) take(row.partId, row.partThousandths ?? 0)
    if (row.partId) seen.add(row.partId)
    if (row.innerPartId) {
      take(row.innerPartId, mulDiv(row.partThousandths ?? 0, row.innerThousandths ?? 0, 1000))
    }
  }
  return [...taken].map(([productId, quantityThousandths]) => ({ productId, quantityThousandths }))
}

/** What leaves the stock of the branch, by product and in the order of its id: rows are locked in that order. */
export function stockTaken(
  lines: readonly PricedLine[],
): { productId: number; quantityThousandths: number }[] {
  const taken = new Map<number, number>()
  const take = (id: number, thousandths: number) => taken.set(id, (taken.get(id) ?? 0) + thousandths)
  for (const { product, quantityThousandths } of lines) {
    if (product.tracksStock) take(product.id, quantityThousandths)
    for (const part of product.components) {
      take(part.productId, mulDiv(quantityThousandths, part.quantityThousandths, 1000))
    }
  }
  return [...taken]
    .map(([productId, quantityThousandths]) => ({ productId, quantityThousandths }))
    .filter((row) => row.quantityThousandths > 0)
    .sort((a, b) => a.productId - b.productId)
}
