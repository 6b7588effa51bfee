/** An order that comes back from the page's own storage: written by an older version perhaps, or by no one we know. */

import type { Order, OrderLine } from './order.ts'
import { limits } from './sale.ts'

/** Null unless each line can be priced and charged as it stands: a broken order must not stop the till. */
export function readOrder(value: unknown): Order | null {
  if (!isRecord(value) || !Array.isArray(value.lines) || value.lines.length > limits.lines) return null
  const { requestKey, label, channel, lines } = value
  if (requestKey !== null && typeof requestKey !== 'string') return null
  if (requestKey === null && lines.length > 0) return null
  if (channel !== 'salon' && channel !== 'llevar' && channel !== 'delivery') return null
  if (!isWhole(label, 1, 99) || !lines.every(isLine)) return null
  if (new Set(lines.map((line) => line.productId)).size < lines.length) return null
  return { requestKey, label, channel, lines }
}

function isLine(value: unknown): value is OrderLine {
  return (
    isRecord(value) &&
    isWhole(value.productId, 1) &&
    isWhole(value.unitPriceCentimos, 0, limits.totalCentimos) &&
    isWhole(value.quantityThousandths, 1, limits.quantityThousandths) &&
    isWhole(value.stepThousandths, 1, limits.quantityThousandths) &&
    typeof value.name === 'string' &&
    typeof value.unit === 'string' &&
    (value.affectation === '10' || value.affectation === '20' || value.affectation === '30')
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isWhole = (value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
