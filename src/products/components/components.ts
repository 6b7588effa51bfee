/** Which product takes which: `[product, part]`. */
export type Part = readonly [productId: number, componentId: number]
export type PartProblem = 'itself' | 'cycle' | 'too-deep'

/** A promo takes a quarter, a quarter takes eighths of a chicken: deeper than that nobody can follow. */
const deepest = 2

/** Whether a product may take another as its part. */
export function partProblem(
  parts: readonly Part[],
  productId: number,
  componentId: number,
): PartProblem | null {
  if (productId === componentId) return 'itself'
  const below = reach(parts, componentId, ([from, to]) => [from, to])
  if (below.seen.has(productId)) return 'cycle'
  const above = reach(parts, productId, ([from, to]) => [to, from])
  return above.depth + 1 + below.depth > deepest ? 'too-deep' : null
}

type Way = (part: Part) => [from: number, to: number]

function reach(parts: readonly Part[], start: number, way: Way) {
  const seen = new Set([start])
  let depth = 0
  for (let level = [start]; ; depth++) {
    const next = parts
      .map(way)
      .filter(([from, to]) => level.includes(from) && !seen.has(to))
      .map(([, to]) => to)
    if (next.length === 0) return { seen, depth }
    for (const id of next) seen.add(id)
    level = [...new Set(next)]
  }
}
