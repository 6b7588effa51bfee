import type { KnownProduct, PlanOptions } from '../plan.ts'
import type { ImportRow, RowProblem } from '../rows.ts'
import { planProblem } from '../saving/texts.ts'
import { collated, type Matched } from './matching.ts'

const keys = ['code', 'barcode'] as const

/**
 * Codes as they would stand afterwards: a row that wants one which stays with another product is refused. Each
 * refusal leaves one more product as it was, so it is asked again until nothing more is refused.
 */
export function settleCodes(
  matched: Matched['matched'],
  known: readonly KnownProduct[],
  options: PlanOptions,
): { refused: Map<ImportRow, RowProblem> } {
  const refused = new Map<ImportRow, RowProblem>()
  for (const key of keys) {
    for (;;) {
      const more = clashes(key, matched, known, refused, options)
      if (more.size === 0) break
      for (const [row, problem] of more) refused.set(row, problem)
    }
  }
  return { refused }
}

function clashes(
  key: 'code' | 'barcode',
  matched: Matched['matched'],
  known: readonly KnownProduct[],
  refused: ReadonlyMap<ImportRow, RowProblem>,
  options: PlanOptions,
) {
  const living = [...matched].filter(([row]) => !refused.has(row))
  const moves = new Set(
    living.flatMap(([row, product]) => (product && row.values[key] !== undefined ? [product.id] : [])),
  )
  const holders = new Map<string, KnownProduct>()
  for (const product of known) {
    const held = product[key]
    if (held && !moves.has(product.id)) holders.set(collated(held), product)
  }
  const found = new Map<ImportRow, RowProblem>()
  const wanted = new Map<string, ImportRow>()
  for (const [row] of living) {
    const value = row.values[key]
    if (!value) continue
    const code = collated(value)
    const holder = holders.get(code)
    const earlier = wanted.get(code)
    if (holder) found.set(row, planProblem.taken(row, key, holder.name, options))
    else if (earlier) found.set(row, planProblem.repeatedCode(row, earlier, key, options))
    else wanted.set(code, row)
  }
  return found
}
