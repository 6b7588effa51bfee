import type { ProductColumns, Snapshot } from '../shelving/rows.ts'
import { isTold, keptText, undoTexts } from './texts.ts'

/** A product as it stands when its import is undone. */
export type Present = ProductColumns & {
  id: number
  isAvailable: boolean
  /** null: no level in the branch of the import. */
  quantityThousandths: number | null
  /** Sold, counted or brought in since. */
  hasMoved: boolean
}

export type Undoing = {
  columns: Partial<ProductColumns>
  /** null: nothing to do. */
  available: { branchId: number; isAvailable: boolean } | null
  stock: { branchId: number; from: number; to: number | null } | null
  /** What is left alone, and why. */
  said: string[]
}

/**
 * What brings a product back: each field that still is what the import made of it takes its old value; one that
 * somebody changed since stays, and is told.
 */
export function undoingOf(before: Snapshot, after: Snapshot, now: Present): Undoing {
  const undoing: Undoing = { columns: {}, available: null, stock: null, said: [] }
  const { tracksStock, fromMenu, stepThousandths, unit, ...plain } = after.columns
  const restore = (keys: (keyof ProductColumns)[]) => {
    for (const key of keys) Object.assign(undoing.columns, { [key]: before.columns[key] })
  }
  for (const [key, made] of Object.entries(plain)) {
    if (!isTold(key) || key === 'available') continue
    if (now[key] === made) restore([key])
    else undoing.said.push(keptText(key, now[key]))
  }
  if (unit !== undefined) {
    if (now.unit === unit && now.stepThousandths === stepThousandths) restore(['unit', 'stepThousandths'])
    else undoing.said.push(keptText('unit', now.unit))
  }
  if (after.available && before.available) {
    if (now.isAvailable === after.available.isAvailable) undoing.available = before.available
    else undoing.said.push(keptText('available', null))
  }
  undoStock(before, after, now, undoing)
  if (after.stock && undoing.stock && tracksStock !== undefined && now.tracksStock === tracksStock) {
    restore(['tracksStock'])
  }
  // What somebody touched is no longer the menu's example.
  if (fromMenu !== undefined && undoing.said.length === 0) restore(['fromMenu'])
  return undoing
}

function undoStock(before: Snapshot, after: Snapshot, now: Present, undoing: Undoing): void {
  if (!after.stock || !before.stock) return
  const isSame = before.stock.quantityThousandths === after.stock.quantityThousandths
  if (isSame && after.columns.tracksStock === undefined) return
  const level = now.quantityThousandths
  if (now.hasMoved || level !== after.stock.quantityThousandths) {
    undoing.said.push(undoTexts.stock(level ?? 0, now.stepThousandths))
    return
  }
  undoing.stock = {
    branchId: after.stock.branchId,
    from: level ?? 0,
    to: before.stock.quantityThousandths,
  }
}
