import type { RawRow } from '../cells.ts'
import { type Budget, put } from './budget.ts'

export type Merge = { column: number; from: number; to: number }

/** A merge that reaches down; one row wide it changes nothing. */
export function mergeOf(reference: string): Merge | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d+):\$?[A-Z]{1,3}\$?(\d+)$/i.exec(reference)
  if (!match || match[2] === match[3]) return null
  return { column: columnOf(match[1]!), from: Number(match[2]), to: Number(match[3]) }
}

/** What stands in cells merged downwards is read in each of their rows, as a person does. */
export function fillMerges(rows: RawRow[], merges: readonly Merge[], budget: Budget): void {
  const positions = new Map(rows.map((row, at) => [row.number, at]))
  let left = 200_000
  for (const { column, from, to } of merges) {
    const first = positions.get(from)
    const cell = first === undefined ? null : rows[first]?.cells[column]
    if (!cell || first === undefined) continue
    for (let at = first + 1; at < rows.length && rows[at]!.number <= to && left > 0; at++, left--) {
      const row = rows[at]!
      if (!row.cells[column]) put(row, column, cell, budget)
    }
  }
}

/** `AB12` → 27; a reference that is none stands in the first column. */
export function columnOf(address: string): number {
  let column = 0
  for (let at = 0; at < address.length && at < 4; at++) {
    const code = address.charCodeAt(at) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return Math.max(0, column - 1)
}
