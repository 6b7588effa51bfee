import { type Cell, type RawRow, textOf } from '../cells.ts'

/** A figure that can only be a price: with its sign, with céntimos, or behind dots or a dash. */
const glued =
  /^(.*?\p{L}.*?)(?:(?:\s*[.…·_]{3,}\s*|\s+[-–—:=]\s*|:\s*)(?:s\/\.?\s*)?\d{1,5}(?:[.,]\d{1,2})?|\s+s\/\.?\s*\d{1,5}(?:[.,]\d{1,2})?|\s+\d{1,5}[.,]\d{1,2})(?:\s*soles)?$/iu

/**
 * «Lomo saltado ...... S/ 18.00» in one cell, as lists are typed that were never a table: the price moves to the
 * column beside it. Only when the whole sheet is written so.
 */
export function withoutGlue(rows: RawRow[]): RawRow[] {
  const [column] = [...new Set(rows.map(({ cells }) => cells.findIndex(Boolean)))]
  if (column === undefined || rows.length < 3) return rows
  const isSingle = rows.every(({ cells }) => cells.length === column + 1 && cells[column])
  if (!isSingle) return rows
  const parted = rows.map((row) => part(row, column))
  const priced = parted.filter((row) => row.cells.length > column + 1)
  return priced.length > rows.length * 0.6 ? parted : rows
}

function part(row: RawRow, column: number): RawRow {
  const text = textOf(row.cells[column])
  const name = text.length > 200 ? undefined : glued.exec(text)?.[1]
  if (name === undefined) return row
  const price = text.slice(name.length).replace(/^[\s.…·_:=–—-]+/, '')
  const cell = (content: string): Cell => ({ text: content.trim(), kind: 'text' })
  return { ...row, cells: [...row.cells.slice(0, column), cell(name), cell(price)] }
}
