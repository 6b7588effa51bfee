import { type Cell, fileLimits, type RawRow, type RawSheet } from '../cells.ts'
import type { Book } from './book.ts'
import { type Budget, put } from './budget.ts'
import type { Parts } from './container.ts'
import { decoded } from './decode.ts'
import { columnOf, fillMerges, type Merge, mergeOf } from './merges.ts'
import { dateText, numberText, type Shown } from './styles.ts'
import { attributeOf, unescaped, xmlReader } from './xml.ts'

/** `total`: the rows with something in them, also those beyond the limit that are not kept. */
export type CountedSheet = RawSheet & { total: number }

/** Titles and a shop's name may stand above the products. */
export const keptRows = fileLimits.rows + 100
/** As far as Excel 97 went: nobody's list is wider. */
const mostColumns = 256
/** Excel's own limit for a cell. */
const longestText = 32_767

const plainStyle: Shown = { isDate: false }

export async function readSheet(
  parts: Parts,
  name: string,
  sheetName: string,
  book: Book,
  budget: Budget,
): Promise<CountedSheet> {
  const sheet = sheetHandler(book, budget)
  const reader = xmlReader(sheet)
  for await (const text of decoded(parts.read(name))) reader.write(text)
  reader.end()
  const { rows, merges, total } = sheet.result()
  rows.sort((a, b) => a.number - b.number)
  fillMerges(rows, merges, budget)
  return { name: sheetName.slice(0, 120).toWellFormed(), rows, total }
}

function sheetHandler(book: Book, budget: Budget) {
  const rows: RawRow[] = []
  const merges: Merge[] = []
  let total = 0
  let row: RawRow = { number: 0, cells: [] }
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let inline = ''
  let reads: 'value' | 'inline' | null = null
  let aids = 0
  let isFilled = false

  const endCell = () => {
    if (value === '' && inline === '') return
    if (column >= mostColumns) return
    const isKept = rows.length < keptRows
    if (isFilled && !isKept) return
    const cell = cellOf(type, value, inline, book.styles[style] ?? plainStyle, book)
    if (!cell || cell.text.trim() === '') return
    isFilled = true
    if (isKept) put(row, column, cell, budget)
  }
  return {
    open(element: string, attributes: string) {
      if (element === 'c') {
        const at = attributeOf(attributes, 'r')
        column = at === undefined ? column + 1 : columnOf(at)
        type = attributeOf(attributes, 't') ?? 'n'
        style = Number(attributeOf(attributes, 's') ?? 0)
        value = ''
        inline = ''
      } else if (element === 'v') reads = 'value'
      else if (element === 't') reads = aids === 0 ? 'inline' : null
      else if (element === 'rPh') aids++
      else if (element === 'row') {
        const number = Number(attributeOf(attributes, 'r') ?? row.number + 1)
        row = { number: Number.isSafeInteger(number) && number > 0 ? number : row.number + 1, cells: [] }
        if (/^(?:1|true)$/.test(attributeOf(attributes, 'hidden') ?? '')) row.isHidden = true
        column = -1
        isFilled = false
      } else if (element === 'mergeCell' && merges.length < fileLimits.rows) {
        const merge = mergeOf(attributeOf(attributes, 'ref') ?? '')
        if (merge) merges.push(merge)
      }
    },
    text(text: string) {
      if (reads === 'value' && value.length < longestText) value += text
      else if (reads === 'inline' && inline.length < longestText) inline += text
    },
    close(element: string) {
      if (element === 'v' || element === 't') reads = null
      else if (element === 'c') endCell()
      else if (element === 'rPh') aids--
      else if (element === 'row' && isFilled) {
        total++
        if (rows.length < keptRows) rows.push(row)
      }
    },
    result: () => ({ rows, merges, total }),
  }
}

function cellOf(type: string, value: string, inline: string, shown: Shown, book: Book): Cell | null {
  const text = (kind: Cell['kind'], content: string | undefined): Cell | null =>
    content ? { text: content.slice(0, longestText).replaceAll('\u0000', '').toWellFormed(), kind } : null
  if (type === 's') return text('text', book.strings[Number(value)])
  if (type === 'inlineStr' || (value === '' && inline !== '')) return text('text', unescaped(inline))
  if (type === 'str') return text('text', unescaped(value))
  if (type === 'b')
    return { text: value.trim() === '1' || /true/i.test(value) ? 'VERDADERO' : 'FALSO', kind: 'boolean' }
  if (type === 'e') return text('error', value.trim())
  if (type === 'd') return { text: isoDate(value), kind: 'date' }
  const date = shown.isDate ? dateText(Number(value), shown, book.is1904) : null
  if (date !== null) return { text: date, kind: 'date' }
  const number = numberText(value, shown)
  return number === null ? text('text', value) : { text: number, kind: 'number' }
}

function isoDate(value: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(value.trim())
  return match
    ? `${match[3]}/${match[2]}/${match[1]}${match[4] && match[4] !== '00:00' ? ` ${match[4]}` : ''}`
    : value
}
