import { maxPriceCentimos, parseSoles } from '#src/lib/money.ts'
import { fold } from '#src/lib/text.ts'
import { tidy } from '#src/products/product.ts'
import type { Cell } from '../cells.ts'

/** What a column says about how its figures are to be read, where one cell alone would be a guess. */
export type Writing = {
  /** `12,50` and never `12.50`: then `1.234` is a thousand and more. */
  hasDecimalComma: boolean
  /** «S/.» is written before figures that have their own point: then `S/.12` is twelve. */
  hasOldSymbol: boolean
  /** Most are whole codes of a known length with a right check digit. */
  hasScannedCodes: boolean
}

export const plainWriting: Writing = { hasDecimalComma: false, hasOldSymbol: false, hasScannedCodes: false }

/** `problem` is the end of a sentence that begins with the cell: «… no es un precio. Escribe un número.» */
export type Value<T> = { value?: T; problem?: string; note?: string }

export const cut = (text: string) => ([...text].length > 40 ? `${[...text].slice(0, 40).join('')}…` : text)

/** Nothing that is said in a cell is as long; beyond it no pattern looks at a text. */
export const longestRead = 1_000

/** Compatibility forms and no-break spaces as everybody else writes them; of a long text its beginning. */
export function plain(typed: string): string {
  const text = typed.length > longestRead ? typed.trim().slice(0, longestRead) : typed
  if (isPlain(text)) return text
  return tidy(text.normalize('NFKC'))
}

/** Most cells are: nothing to put in order. */
export const isPlain = (text: string) => /^[!-~]+(?: [!-~]+)*$/.test(text)

/** What people put where there is nothing to say. */
export const saysNothing = (text: string) => /^(?:[-–—_.]+|n\/?a|s\/?d|null|#?n\/d)$/i.test(text)

// ── prices

export function readPrice(cell: Cell | null, writing: Writing = plainWriting): Value<number> {
  const text = cell ? plain(cell.text) : ''
  if (text === '') return { problem: 'falta el precio.' }
  return readMoney(cell as Cell, text, writing, 'precio')
}

/** Costs carry more decimals than coins have: they are rounded, and it is said. */
export function readCost(cell: Cell | null, writing: Writing = plainWriting): Value<number | null> {
  const text = cell ? plain(cell.text) : ''
  if (text === '' || saysNothing(text)) return {}
  return readMoney(cell as Cell, text, writing, 'costo')
}

function readMoney(cell: Cell, text: string, writing: Writing, what: 'precio' | 'costo'): Value<number> {
  if (cell.kind === 'error') return { problem: `la fórmula da un error (${text}). Escribe el ${what}.` }
  const day = dateIn(cell, text)
  if (day) return { problem: `parece una ${isHour(day) ? 'hora' : 'fecha'} (${day}), no un ${what}.` }
  if (cell.kind === 'boolean') return notA(what, text)
  if (/(?:\$|us\$|usd|d[oó]lar)/i.test(text) && !/s\//i.test(text)) {
    return { problem: `"${cut(text)}" está en dólares. Escribe el ${what} en soles.` }
  }
  const figure = cell.kind === 'number' ? text : figureOf(text, writing)
  if (figure === null) return notA(what, text)
  const { rounded, isNoise } = withoutNoise(figure, what === 'costo')
  const parsed = parseSoles(rounded)
  // The same rule as in the product's form: a 0 is a price that was forgotten.
  if (parsed.ok && parsed.centimos === 0 && what === 'precio') {
    return { problem: 'el precio debe ser mayor que 0.' }
  }
  if (parsed.ok) {
    return isNoise
      ? { value: parsed.centimos }
      : { value: parsed.centimos, note: roundedNote(figure, rounded) }
  }
  if (parsed.problem === 'negative') return { problem: `el ${what} no puede ser negativo.` }
  if (parsed.problem === 'too-large') return { problem: `el ${what} llega hasta S/ ${maxPrice}.` }
  if (parsed.problem === 'too-many-decimals') {
    return { problem: `"${cut(text)}" tiene más de dos decimales. Usa hasta dos.` }
  }
  return notA(what, text)
}

const maxPrice = `${Math.floor(maxPriceCentimos / 100_000)},${String(maxPriceCentimos).slice(-5, -2)}.${String(maxPriceCentimos).slice(-2)}`
const notA = (what: string, text: string) => ({
  problem: `"${cut(text)}" no es un ${what}. Escribe un número.`,
})
const roundedNote = (from: string, to: string) => `Se redondeó ${from} a ${to}.`

/** With its sign, its unit and its spaces. The patterns below go over a text more than once. */
const longestFigure = 200

/** A figure with a point for its decimals and nothing else, as `parseSoles` takes it; null for words. */
export function figureOf(typed: string, { hasDecimalComma, hasOldSymbol }: Writing): string | null {
  if (typed.length > longestFigure) return null
  let text = fold(typed)
    .replace(/\((?:inc|con|mas|sin|x|por)[^)]*\)/g, '')
    .trim()
  const isNegative = /^[-−]|^\(.*\d.*\)$/.test(text)
  text = text.replace(/^\(|\)$|^[-−]\s*/g, '')
  if (/^s\/\.\d{1,2}$/.test(text) && !hasOldSymbol) return null
  text = text
    .replace(/^(?:s\s?\/\s?\.?-?|s\.|pen|soles?|nuevos soles|precio:?)\s*/, '')
    .replace(/^[-−]\s*/, '')
    .replace(/\s*(?:s\/\.?|nuevos soles|soles?|pen)\.?$/, '')
    .replace(/\s*(?:c\/u|cada un[oa]|(?:x|por|\/|el|la)\s*(?:kg|kilo|und?|unidad|lt|litro|docena)s?)\.?$/, '')
    .replace(/[*.,]?-?$/, '')
    .trim()
  if (!/^[\d.,'’ ]+$/.test(text) || !/\d/.test(text)) return null
  const figure = pointed(text, hasDecimalComma)
  return figure === null ? null : isNegative ? `-${figure}` : figure
}

/** `1,234.50`, `1.234,50`, `1 234,50` and `1'234.50` with a point for the decimals alone. */
function pointed(text: string, hasDecimalComma: boolean): string | null {
  const figure = /^\d{1,3}([ '’]\d{3})+(?:[.,]\d*)?$/.test(text) ? text.replace(/[ '’]/g, '') : text
  if (!/^[\d.,]+$/.test(figure)) return null
  const thousandsBy = (mark: string) =>
    new RegExp(`^\\d{1,3}(?:\\${mark}\\d{3})+(?:\\${mark === '.' ? ',' : '.'}\\d*)?$`).test(figure)
  const isMixed = figure.includes(',') && figure.includes('.')
  if (isMixed || figure.split(',').length > 2 || figure.split('.').length > 2) {
    if (thousandsBy(',')) return figure.replaceAll(',', '')
    return thousandsBy('.') ? figure.replaceAll('.', '').replace(',', '.') : null
  }
  if (hasDecimalComma) return (thousandsBy('.') ? figure.replace('.', '') : figure).replace(',', '.')
  return (thousandsBy(',') ? figure.replace(',', '') : figure).replace(',', '.')
}

/** 12.499999999 is 12.50 in a binary fraction's clothes; 11.8644067 was computed and is rounded, which is said. */
function withoutNoise(figure: string, roundsAll: boolean): { rounded: string; isNoise: boolean } {
  const decimals = /\.(\d+)$/.exec(figure)?.[1]?.length ?? 0
  // «1.500» is one and a half to one owner and fifteen hundred to another.
  if (decimals <= 2 || (decimals === 3 && !roundsAll)) return { rounded: figure, isNoise: true }
  const value = Number(figure)
  const rounded = (Math.sign(value) * (Math.round(Math.abs(value) * 100 + 1e-7) / 100)).toFixed(2)
  const isNoise = Math.abs(value - Number(rounded)) < 1e-6
  return isNoise || roundsAll || decimals > 4 ? { rounded, isNoise } : { rounded: figure, isNoise: true }
}

// ── dates

const isHour = (text: string) => /^\d{1,2}:\d\d/.test(text)

/** «15/08» when the cell is a date, or text that is plainly one. */
export function dateIn(cell: Cell, text: string): string | null {
  const dated = /^(\d{1,2})[/-](\d{1,2})[/-](?:\d{2}|\d{4})(?:[ ,T].*)?$/.exec(text)
  if (dated) return `${dated[1]}/${dated[2]?.padStart(2, '0')}`
  const iso = /^\d{4}-(\d{2})-(\d{2})(?:[ T].*)?$/.exec(text)
  if (iso) return `${Number(iso[2])}/${iso[1]}`
  if (cell.kind === 'date') return text
  const short = /^(\d{1,2})[/-](\d{1,2})$/.exec(text)
  if (short && Number(short[1]) <= 31 && Number(short[2]) <= 12 && !/^[1357]\/[248]$/.test(text)) {
    return `${short[1]}/${short[2]?.padStart(2, '0')}`
  }
  return /^\d{1,2}[- /](?:ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic)[a-z]*\.?(?:[- /]\d{2,4})?$/i.test(
    text,
  )
    ? text
    : null
}
