import type { Cell, RawRow, RawSheet } from '../cells.ts'

/** Some rows of a sheet as few long values: passed between threads many times faster than as objects. */
export type Piece = {
  sheet: number
  name: string
  numbers: number[]
  hidden: boolean[]
  widths: number[]
  kinds: string
  texts: (string | null)[]
}

const cellsInPiece = 3_000
const lettersInPiece = 200_000
const letters = { text: 't', number: 'n', date: 'd', boolean: 'b', error: 'e' } as const
const kindsOf: Record<string, Cell['kind']> = { t: 'text', n: 'number', d: 'date', b: 'boolean', e: 'error' }

export function* packed(sheets: readonly RawSheet[]): Generator<Piece> {
  for (const [sheet, { name, rows }] of sheets.entries()) {
    let piece = emptyPiece(sheet, name)
    let size = 0
    for (const { number, isHidden, cells } of rows) {
      piece.numbers.push(number)
      piece.hidden.push(isHidden === true)
      piece.widths.push(cells.length)
      for (const cell of cells) {
        piece.texts.push(cell ? cell.text : null)
        size += cell ? cell.text.length : 0
        piece.kinds += cell ? letters[cell.kind] : ' '
      }
      if (piece.texts.length < cellsInPiece && size < lettersInPiece) continue
      yield piece
      piece = emptyPiece(sheet, name)
      size = 0
    }
    if (piece.numbers.length > 0) yield piece
  }
}

const emptyPiece = (sheet: number, name: string): Piece => ({
  sheet,
  name,
  numbers: [],
  hidden: [],
  widths: [],
  kinds: '',
  texts: [],
})

export function unpackInto(sheets: RawSheet[], piece: Piece): void {
  const sheet = sheets[piece.sheet] ?? { name: piece.name, rows: [] }
  sheets[piece.sheet] = sheet
  let at = 0
  piece.numbers.forEach((number, index) => {
    const cells: (Cell | null)[] = []
    for (const end = at + piece.widths[index]!; at < end; at++) {
      const text = piece.texts[at]
      cells.push(typeof text === 'string' ? { text, kind: kindsOf[piece.kinds[at]!] ?? 'text' } : null)
    }
    const row: RawRow = { number, cells }
    sheet.rows.push(piece.hidden[index] ? { ...row, isHidden: true } : row)
  })
}
