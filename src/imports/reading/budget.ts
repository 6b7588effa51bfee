import type { Cell, RawRow } from '../cells.ts'
import { Refusal } from './container.ts'

/** What all sheets of a file may hold together once they are read. */
export type Budget = { cells: number; letters: number; gaps: number }

export const newBudget = (): Budget => ({
  /** 20,000 rows of fifty columns. */
  cells: 1_000_000,
  /** A few kilobytes may name the same long text in every cell: read, it counts each time. */
  letters: 30_000_000,
  /** Empty places before a cell take memory too. */
  gaps: 10_000_000,
})

/** Puts a cell into its row; every one that is kept is paid for. */
export function put(row: RawRow, column: number, cell: Cell, budget: Budget): void {
  budget.cells -= 1
  budget.letters -= cell.text.length
  budget.gaps -= Math.max(0, column - row.cells.length)
  if (budget.cells < 0 || budget.letters < 0 || budget.gaps < 0) throw new Refusal('too-big-inside')
  while (row.cells.length < column) row.cells.push(null)
  row.cells[column] = cell
}
