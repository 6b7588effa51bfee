import { fold } from '#src/lib/text.ts'
import { type Cell, type RawRow, textOf } from '../cells.ts'
import { headingWords } from '../guessing/headings.ts'
import type { Field } from '../mapping.ts'
import { figureOf, plainWriting } from '../values/money.ts'

export type Columns = ReadonlyMap<Field, number>

/** A row at first sight. */
export type Line = {
  row: RawRow
  name: string
  isBlank: boolean
  isPriced: boolean
  /** The only thing that the row says, when it is words. */
  lone: Cell | null
  isLoneInName: boolean
}

/** What all rows together say about a single one. */
export type Survey = {
  lines: Line[]
  lastPriced: number
  lastNamed: number
  /** Most products are written in capitals, so capitals say nothing. */
  isUpperCase: boolean
  /** The list begins with the title of a section, as all others then do. */
  firstSection: string | null
  /** The values of the category column, and the titles of sections. */
  categories: ReadonlySet<string>
  /** There is more to a product than its name and its price. */
  isWide: boolean
  /** Products leave cells empty anyway: a row with one cell may be one. */
  missesCells: boolean
  /** The category stands only in the first row of each group. */
  fillsDown: boolean
}

export function survey(rows: readonly RawRow[], columns: Columns): Survey {
  // Where no column says a price, every row may be one cell of words and a product.
  const hasLone = columns.has('name') && columns.has('price')
  const lines = rows.map((row) => lineOf(row, columns, hasLone))
  const others = lines.filter(({ lone, isBlank }) => !lone && !isBlank)
  const first = lines.find(({ isBlank }) => !isBlank)
  return {
    lines,
    lastPriced: lines.findLastIndex(({ lone, isPriced }) => !lone && isPriced),
    lastNamed: lines.findLastIndex(({ name }) => name !== ''),
    isUpperCase: others.filter(({ name }) => isCapitals(name)).length > others.length / 2,
    firstSection: first?.lone && isSectioned(lines) ? textOf(first.lone) : null,
    categories: new Set([
      ...lines.flatMap(({ lone }) => (lone ? [headingWords(textOf(lone))] : [])),
      ...columnTexts(rows, columns.get('category')).map(headingWords),
    ]),
    isWide: columns.size > 2,
    missesCells: others.some(({ row }) => filledOf(row, columns) < columns.size * 0.7),
    fillsDown: fillsDown(lines, columns),
  }
}

/** More than one row of a single cell, each with products below it. */
function isSectioned(lines: readonly Line[]): boolean {
  const titles = lines.filter(({ lone }, at) => lone && lines[at + 1]?.isPriced && !lines[at + 1]?.lone)
  return titles.length > 1
}

function lineOf(row: RawRow, columns: Columns, hasLone: boolean): Line {
  const name = columns.get('name')
  const price = columns.get('price')
  const lone = hasLone ? loneOf(row) : null
  const isBlank = !lone && filledOf(row, columns) === 0
  return {
    row,
    name: name === undefined ? '' : textOf(row.cells[name]),
    isBlank,
    isPriced: price === undefined ? !isBlank : textOf(row.cells[price]) !== '',
    lone,
    isLoneInName: lone !== null && row.cells[name ?? -1] === lone,
  }
}

function loneOf(row: RawRow): Cell | null {
  let found: Cell | null = null
  for (const cell of row.cells) {
    if (!cell || textOf(cell) === '' || (found && isPriceWord.test(textOf(cell)))) continue
    if (found || cell.kind !== 'text') return null
    found = cell
  }
  return found && /\p{L}/u.test(found.text) && figureOf(found.text, plainWriting) === null ? found : null
}

/** «ENTRADAS» and beside it «Precio»: the title of a section still. */
const isPriceWord = /^(?:s\/\.?|soles|precios?(?: s\/\.?)?|p\. ?u\.|p\. ?v\.|p\. ?unit\.?)$/i

function filledOf(row: RawRow, columns: Columns): number {
  let filled = 0
  for (const column of columns.values()) if (textOf(row.cells[column]) !== '') filled++
  return filled
}

function columnTexts(rows: readonly RawRow[], column: number | undefined): string[] {
  return column === undefined ? [] : [...new Set(rows.map((row) => textOf(row.cells[column])))]
}

export const isCapitals = (text: string) => /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text)

function fillsDown(lines: readonly Line[], columns: Columns): boolean {
  const category = columns.get('category')
  if (category === undefined) return false
  const said = lines
    .filter(({ isBlank, lone }) => !isBlank && !lone)
    .map(({ row }) => textOf(row.cells[category]))
  const filled = said.filter(Boolean)
  const isOnceEach = new Set(filled.map(fold)).size === filled.length
  return filled.length > 1 && said[0] !== '' && isOnceEach && filled.length <= said.length * 0.6
}
