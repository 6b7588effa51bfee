import { mulDiv } from '#src/lib/money.ts'
import type { PricedLine } from '#src/sales/pricing.ts'

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
