import type { Order, OrderLine } from '#src/sales/order.ts'
import type { Menu } from '../menu/menu.ts'
import type { Refusal } from './charge.ts'

export type RefusedLines = {
  /** True when this refusal is about lines that cannot be sold: nothing charges while they stay. */
  note: (refusal: Refusal) => boolean
  /** The first line of the order that still cannot be sold. */
  find: (order: Order) => OrderLine | null
}

const unsold: ReadonlySet<string> = new Set(['product-hidden', 'product-unavailable'])

/** What the server would not sell. Taken off the order, or back on the menu, it stops nothing. */
export function makeRefusedLines(menu: Pick<Menu, 'product'>): RefusedLines {
  const refused = new Set<number>()
  return {
    note: ({ problem, lines }) => {
      if (unsold.has(problem)) for (const { productId } of lines) refused.add(productId)
      return unsold.has(problem) || problem === 'unknown-product'
    },
    find: ({ lines }) => {
      const ordered = new Set(lines.map(({ productId }) => productId))
      for (const id of refused) if (!ordered.has(id) || menu.product(id)?.isAvailable) refused.delete(id)
      return lines.find(({ productId }) => refused.has(productId)) ?? null
    },
  }
}
