import { type RawRow, textOf } from '../cells.ts'
import { isScannedCode } from '../values/barcodes.ts'
import { dateIn, figureOf, plainWriting } from '../values/money.ts'
import { isAffectation, isUnit, isYesOrNo } from '../values/words.ts'

/** What a column looks like below its title; shares are of its filled cells. */
export type Looks = {
  filled: number
  /** Of the rows. */
  filledShare: number
  figures: number
  /** Figures with céntimos. */
  coins: number
  whole: number
  scanned: number
  digits: number
  words: number
  dates: number
  yesOrNo: number
  units: number
  affectations: number
  distinct: number
  averageLength: number
  averageFigure: number
  /** 1, 2, 3 …: the number of the row, not of anything. */
  isCounter: boolean
}

/** So many rows, from all over the sheet, say what a column is. */
const looked = 150

export function looksOf(rows: readonly RawRow[], column: number): Looks {
  const step = Math.max(1, Math.floor(rows.length / looked))
  const cells = rows
    .filter((_, at) => at % step === 0)
    .map((row) => row.cells[column])
    .filter((cell) => cell && textOf(cell) !== '')
    .map((cell) => cell!)
  const texts = cells.map(textOf)
  const count = texts.length
  const share = (is: (text: string, at: number) => boolean) => (count ? texts.filter(is).length / count : 0)
  const figures = cells.map((cell) =>
    cell.kind === 'text' || cell.kind === 'number' ? figureOf(cell.text, plainWriting) : null,
  )
  const numbers = figures.flatMap((figure) => (figure === null ? [] : [Number(figure)]))
  return {
    filled: count,
    filledShare: count / Math.max(1, Math.ceil(rows.length / step)),
    figures: numbers.length / Math.max(1, count),
    coins: share((_, at) => /\.\d/.test(figures[at] ?? '')),
    whole: share((_, at) => /^\d+$/.test(figures[at] ?? '')),
    scanned: share((text) => isScannedCode(text)),
    digits: share((text) => /^\d{7,14}$/.test(text)),
    words: share((text, at) => figures[at] === null && /\p{L}{2}/u.test(text)),
    dates: share((text, at) => dateIn(cells[at]!, text) !== null),
    yesOrNo: share(isYesOrNo),
    units: share(isUnit),
    affectations: share(isAffectation),
    distinct: count ? new Set(texts.map((text) => text.toLowerCase())).size / count : 0,
    averageLength: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, count),
    averageFigure: numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length),
    isCounter: step === 1 && isCounter(figures),
  }
}

function isCounter(figures: (string | null)[]): boolean {
  const numbers = figures.filter((figure) => figure !== null).map(Number)
  if (numbers.length < 3 || numbers.length < figures.length * 0.9) return false
  const next = numbers.filter((number, at) => at > 0 && number === numbers[at - 1]! + 1).length
  return next >= (numbers.length - 1) * 0.9
}
