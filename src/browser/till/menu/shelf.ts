import type { OrderLine } from '#src/sales/order.ts'
import { lowStockThousandths, type StockDocument, type StockLeft } from '#src/stock/stock.ts'

type Taken = Pick<OrderLine, 'productId' | 'name' | 'stepThousandths' | 'quantityThousandths'>

/** What the shelves have of something that would be taken, when there is something to say of it. */
export type Shortage = { left: StockLeft; isBlocked: boolean }

export type Shelf = {
  refresh: (registerId: number) => Promise<void>
  /** What to say when these lines become those: null while there is plenty. */
  shortage: (before: readonly Taken[], after: readonly Taken[]) => Shortage | null
  /** Charged: the shelves hold that much less, until they are asked again. */
  sold: (lines: readonly Taken[]) => void
}

/** What is left of what this till sells, as far as the server thinks it worth telling. */
export function makeShelf(): Shelf {
  let stock: StockDocument = { blocks: false, levels: [], parts: [] }
  let levels = new Map<number, { thousandths: number; name?: string; stepThousandths?: number }>()

  const take = (document: StockDocument) => {
    stock = document
    levels = new Map(
      document.levels.map(([id, thousandths, name, stepThousandths]) => [
        id,
        { thousandths, ...(name && stepThousandths ? { name, stepThousandths } : {}) },
      ]),
    )
  }

  return {
    refresh: async (registerId) => {
      const document = await fetchStock(registerId)
      if (document) take(document)
    },
    shortage: (before, after) => shortage(stock, levels, before, after),
    sold: (lines) => {
      for (const [id, thousandths] of takenBy(stock.parts, lines)) {
        const level = levels.get(id)
        if (level) level.thousandths -= thousandths
      }
    },
  }
}

type Levels = ReadonlyMap<number, { thousandths: number; name?: string; stepThousandths?: number }>

/** The first thing of which little is left and more would be taken. */
function shortage(
  { parts, blocks }: StockDocument,
  levels: Levels,
  before: readonly Taken[],
  after: readonly Taken[],
): Shortage | null {
  if (levels.size === 0) return null
  const already = takenBy(parts, before)
  for (const [productId, wanted] of takenBy(parts, after)) {
    const level = levels.get(productId)
    const had = already.get(productId) ?? 0
    if (!level || wanted <= had) continue
    const isShort = wanted > level.thousandths
    // Two ordered of one: one is left, as the server says it, and not none because it stands in this order.
    const thousandths = isShort ? level.thousandths : level.thousandths - had
    if (!isShort && thousandths > lowStockThousandths) continue
    const line = after.find((one) => one.productId === productId)
    const name = level.name ?? line?.name
    if (!name) continue
    const stepThousandths = level.stepThousandths ?? line?.stepThousandths ?? 1000
    return { left: { productId, name, thousandths, stepThousandths }, isBlocked: blocks && isShort }
  }
  return null
}

/** What the lines take: themselves, their parts, and the parts of those, as the server counts it. */
function takenBy(parts: StockDocument['parts'], lines: readonly Taken[]): Map<number, number> {
  const taken = new Map<number, number>()
  const take = (id: number, thousandths: number, depth: number) => {
    taken.set(id, (taken.get(id) ?? 0) + thousandths)
    if (depth === 2) return
    for (const [product, part, each] of parts) {
      if (product === id) take(part, Math.round((thousandths * each) / 1000), depth + 1)
    }
  }
  for (const line of lines) take(line.productId, line.quantityThousandths, 0)
  return taken
}

async function fetchStock(registerId: number): Promise<StockDocument | null> {
  try {
    const response = await fetch(`/pos/existencias?caja=${registerId}`, {
      headers: { accept: 'application/json' },
    })
    const document = response.ok ? ((await response.json()) as StockDocument) : null
    return document && Array.isArray(document.levels) ? document : null
  } catch {
    // Without a line nothing is warned of; the server has the last word.
    return null
  }
}
