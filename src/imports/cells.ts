/** A cell as a person sees it: whole numbers with all their digits, dates as 15/08/2026, formulas by their result. */
export type Cell = { text: string; kind: 'text' | 'number' | 'date' | 'boolean' | 'error' }

/** `number` is the sheet's own, counted from 1; `cells` goes by column, from 0, and ends with the last cell. */
export type RawRow = { number: number; cells: (Cell | null)[]; isHidden?: true }

/** The rows that hold something, in order. */
export type RawSheet = { name: string; rows: RawRow[] }

/** Why a whole file is refused; every one has its sentence in texts.ts. */
export type FileProblem =
  | 'empty'
  | 'not-excel'
  /** .xls, .xlsb, or a page that only calls itself .xls. */
  | 'old-excel'
  /** .ods, and the .numbers of a Mac: each with the way to save it as .xlsx. */
  | 'open-document'
  | 'numbers'
  | 'password'
  /** Above `fileLimits.bytes`; above `fileLimits.unzippedBytes` once unzipped, or of a memory that no list needs. */
  | 'too-large'
  | 'too-big-inside'
  /** `rows` says how many. */
  | 'too-many-rows'
  | 'too-slow'
  | 'busy'

export const fileLimits = {
  bytes: 15_000_000,
  rows: 20_000,
  /** What a workbook may take once unzipped. */
  unzippedBytes: 200_000_000,
}

/** 0 → `A`, 27 → `AB`. */
export function columnLetters(column: number): string {
  const rest = String.fromCharCode(65 + (column % 26))
  return column < 26 ? rest : columnLetters(Math.floor(column / 26) - 1) + rest
}

/** `C18`: the third column of row 18. */
export const addressOf = (column: number, row: number) => `${columnLetters(column)}${row}`

/** What stands in a cell, without the spaces around it; '' for none. No-break spaces are spaces here. */
export const textOf = (cell: Cell | null | undefined) => cell?.text.trim() ?? ''
