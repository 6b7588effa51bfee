import { textOf } from '../cells.ts'
import type { ProductRow } from '../sorting/sections.ts'
import type { Columns } from '../sorting/survey.ts'
import { isScannedCode } from './barcodes.ts'
import type { Writing } from './money.ts'

/** How the owner writes figures, from all of the prices together. */
export function writingOf(products: readonly ProductRow[], columns: Columns): Writing {
  const price = columns.get('price')
  const barcode = columns.get('barcode')
  const prices =
    price === undefined
      ? []
      : products.map(({ row }) => row.cells[price]).filter((cell) => cell?.kind === 'text')
  const texts = prices.map(textOf)
  const codes =
    barcode === undefined ? [] : products.map(({ row }) => textOf(row.cells[barcode])).filter(Boolean)
  const some = (pattern: RegExp) => texts.some((text) => pattern.test(text))
  return {
    hasDecimalComma: some(/\d,\d{1,2}(?!\d)/) && !some(/(?<![\d.])\d+\.\d{1,2}(?!\d)/) && !some(/,\d{3}\./),
    hasOldSymbol: some(/^s\/\.\s*\d+\.\d{1,2}$/i) || some(/^s\/\.\s+\d/i) || some(/^s\/\.\d{3,}/i),
    hasScannedCodes: codes.length > 2 && codes.filter(isScannedCode).length > codes.length / 2,
  }
}
