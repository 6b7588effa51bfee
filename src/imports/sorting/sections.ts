import { type Cell, type RawRow, textOf } from '../cells.ts'
import { headingWords, meaningsOf } from '../guessing/headings.ts'
import type { Field } from '../mapping.ts'
import type { Edits, Skipped } from '../rows.ts'
import { figureOf, plainWriting } from '../values/money.ts'
import { isFootnote, isSection, isSectionWord } from './lone-rows.ts'
import { type Columns, type Line, type Survey, survey } from './survey.ts'

/** `category`: the «BEBIDAS» that stands alone in a row above it, where no column says the category. */
export type ProductRow = { row: RawRow; category: Cell | null }

export function cellOf(row: RawRow, field: Field, columns: Columns, edits: Edits): Cell | null {
  const typed = edits.size > 0 ? edits.get(`${row.number}:${field}`) : undefined
  if (typed !== undefined) return { text: typed, kind: 'text' }
  const column = columns.get(field)
  return column === undefined ? null : (row.cells[column] ?? null)
}

/** Tells products from the titles, totals and empty rows among them. A row that somebody mended is a product. */
export function sortOut(
  rows: readonly RawRow[],
  columns: Columns,
  titles: RawRow | undefined,
  edits: Edits,
): { products: ProductRow[]; skipped: Skipped[] } {
  const seen = survey(rows, columns)
  const mended = new Set([...edits.keys()].map((key) => Number(key.split(':')[0])))
  const named = new Map(titles?.cells.map((cell, at) => [at, headingWords(textOf(cell))] as const))
  const ownCategory = columns.get('category')
  const skipped: Skipped[] = []
  const products: ProductRow[] = []
  let category = ownCategory === undefined ? titleAsSection(titles, columns) : null
  seen.lines.forEach((line, at) => {
    const { row } = line
    const why = mended.has(row.number) ? null : whyNot(seen, at, named)
    if (why === 'section' && ownCategory === undefined) category = line.lone
    if (why) skipped.push({ number: row.number, why: why === 'section' ? 'header' : why })
    else {
      if (seen.fillsDown) category = row.cells[ownCategory!] ?? category
      products.push({ row, category })
    }
  })
  return { products, skipped }
}

/** «ENTRADAS | PRECIO» as titles: the list has no other, and the first section is named by them. */
function titleAsSection(titles: RawRow | undefined, columns: Columns): Cell | null {
  const cell = titles?.cells[columns.get('name') ?? -1] ?? null
  return cell && Object.keys(meaningsOf(cell.text)).length === 0 && isSectionWord(cell.text) ? cell : null
}

function whyNot(
  seen: Survey,
  at: number,
  titles: ReadonlyMap<number, string>,
): Skipped['why'] | 'section' | null {
  const line = seen.lines[at]!
  if (line.isBlank) return 'empty'
  if (titles.size > 0 && repeatsTitles(line.row, titles)) return 'header'
  if (isTotal(seen, line, at)) return 'total'
  if (!line.lone) return null
  if (isSection(seen, at)) return 'section'
  return isFootnote(seen, at) ? 'total' : null
}

/** The titles once more, as printed on every page. */
function repeatsTitles(row: RawRow, titles: ReadonlyMap<number, string>): boolean {
  let filled = 0
  let same = 0
  for (const [column, cell] of row.cells.entries()) {
    if (textOf(cell) === '') continue
    filled++
    const title = titles.get(column)
    // Of the same length, give or take a point: most cells need no closer look.
    const isClose = title !== undefined && Math.abs(title.length - textOf(cell).length) < 4
    if (cell?.kind === 'text' && isClose && headingWords(textOf(cell)) === title) same++
    else if (filled === 3 && same === 0) return false
  }
  return same >= Math.min(2, titles.size) && same >= filled / 2
}

const totalWords =
  /^(?:(?:sub ?)?total(?:es)?|gran total|suma(?:toria)?|promedio|van|vienen|(?:sub ?)?total (?:de )?(?:productos|items|articulos|stock|inventario|unidades|general|soles|valorizado|costo|venta|a pagar|lista)|n productos|cantidad de productos)$/

/** «TOTAL GENERAL», «Subtotal bebidas», or the sum that nobody named below the last product. */
function isTotal({ categories, lastNamed }: Survey, { row, name }: Line, at: number): boolean {
  const label = row.cells.find((cell) => cell?.kind === 'text' && /\p{L}/u.test(cell.text))
  if (label && /total|suma|promedio|van|vienen|productos/i.test(label.text)) {
    const words = headingWords(label.text)
    if (totalWords.test(words)) return true
    const of = /^(?:sub ?)?total(?:es)? (?:de (?:la )?|del |por |en )?(.*)$/.exec(words)?.[1]
    if (of !== undefined && (name === '' || categories.has(of))) return true
  }
  if (at <= lastNamed || name !== '') return false
  return row.cells.every((cell) => textOf(cell) === '' || figureOf(textOf(cell), plainWriting) !== null)
}
