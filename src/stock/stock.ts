import { formatQuantity, maxQuantityThousandths, parseQuantity } from '#src/lib/quantity.ts'

// Also runs in the till's page.

/** What the shelves hold of something, and how it is counted: a «Pollo» in eighths has the step 125. */
export type StockLeft = { productId: number; name: string; thousandths: number; stepThousandths: number }

/** Below this much the till says how much is left: one piece, one chicken, one kilo. */
export const lowStockThousandths = 1000

/** More than this of one thing no order uses up: the till is told nothing about it. */
export const plentyThousandths = 24_000

/** What the till asks for when it opens. `levels`: id, thousandths, and of what is only counted its name and step. */
export type StockDocument = {
  blocks: boolean
  levels: ([number, number] | [number, number, string, number])[]
  /** Product, part, thousandths of the part in one of the product. */
  parts: [number, number, number][]
}

/** Why a person changes a stock by hand. `conteo` says how many there are; the others, how many came or went. */
export const reasons = ['ingreso', 'merma', 'ajuste', 'conteo'] as const
export type Reason = (typeof reasons)[number]

export type AmountProblem = 'not-an-amount' | 'not-a-multiple'
export type Amount = { ok: true; thousandths: number } | { ok: false; problem: AmountProblem }

/**
 * What was typed beside a reason: `3`, `1.250`, `12 3/4`. A count may be zero; only an adjustment may have a
 * sign, and moves by it.
 */
export function readAmount(text: string, reason: Reason, stepThousandths: number): Amount {
  const typed = text.trim()
  const sign = reason === 'ajuste' && /^[-−]/.test(typed) ? -1 : 1
  const figure = reason === 'ajuste' ? typed.replace(/^[-−+]\s*/, '') : typed
  const isZero = reason === 'conteo' && /^0+([.,]0+)?$/.test(figure)
  const size = isZero ? 0 : parseQuantity(figure)
  if (size === null) return { ok: false, problem: 'not-an-amount' }
  if (size % stepThousandths !== 0) return { ok: false, problem: 'not-a-multiple' }
  return { ok: true, thousandths: sign * size }
}

/** How much the level moves. A count of a stock that is right already moves nothing, and is still written down. */
export function movedBy(reason: Reason, typedThousandths: number, levelThousandths: number): number {
  if (reason === 'merma') return -typedThousandths
  if (reason === 'conteo') return typedThousandths - levelThousandths
  return typedThousandths
}

/** A level beyond this is a slip of the finger, not a warehouse. */
export const maxLevelThousandths = maxQuantityThousandths * 100

/** `12 3/4`, `1.250 kg`, `0`. */
export function formatStock(thousandths: number, stepThousandths: number, unit: 'unidad' | 'kg' = 'unidad') {
  return `${formatQuantity(thousandths, stepThousandths)}${unit === 'kg' ? '\u00a0kg' : ''}`
}
