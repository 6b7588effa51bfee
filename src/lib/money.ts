// Money is a whole number of céntimos. Soles with decimals exist only at the edges: what a person
// types (parseSoles) and what we show (formatSoles). Also runs in the till's page: no Intl.

export { amountInWords } from './words.ts'

export type Centimos = number

export type SolesProblem = 'not-a-price' | 'too-many-decimals' | 'negative' | 'too-large'
export type ParsedSoles = { ok: true; centimos: Centimos } | { ok: false; problem: SolesProblem }

/** S/ 99,999.99: the dearest price of one thing. */
export const maxPriceCentimos = 9_999_999

const refuse = (problem: SolesProblem): ParsedSoles => ({ ok: false, problem })

/**
 * What an owner types as a price: `S/ 12.50`, `12,50`, `1,234.50`, `12`. A comma before exactly three
 * digits parts thousands (es-PE), otherwise it is a decimal comma. Nothing is ever rounded.
 */
export function parseSoles(text: string, maxCentimos = maxPriceCentimos): ParsedSoles {
  const typed = text.trim()
  if (typed.length > 30) return refuse('not-a-price')
  // «S/.50» is fifty soles in the old way of writing and fifty céntimos in the new one: never guess.
  if (/^s\/\.\d{1,2}$/i.test(typed)) return refuse('not-a-price')
  const figure = typed.replace(/^s\/\.?\s*/i, '')
  if (/^[-−]\s*(s\/\.?\s*)?[\d.,]*\d[\d.,]*$/i.test(figure)) return refuse('negative')
  const plain = /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(figure)
    ? figure.replaceAll(',', '')
    : figure.replace(',', '.')
  const match = /^(\d*)(?:\.(\d*))?$/.exec(plain)
  if (!match || !/\d/.test(plain)) return refuse('not-a-price')
  const [, soles = '', decimals = ''] = match
  if (decimals.length > 2) return refuse('too-many-decimals')
  const centimos = Number(soles) * 100 + Number(decimals.padEnd(2, '0'))
  return centimos > maxCentimos ? refuse('too-large') : { ok: true, centimos }
}

/** 123450 → `1,234.50`; below zero with a real minus: `−0.06`. */
export function formatAmount(centimos: Centimos): string {
  const digits = String(Math.abs(centimos)).padStart(3, '0')
  const soles = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${centimos < 0 ? '−' : ''}${soles}.${digits.slice(-2)}`
}

/** 123450 → `S/ 1,234.50`, with a no-break space so that the sign never stands alone at a line's end. */
export function formatSoles(centimos: Centimos): string {
  return centimos < 0 ? `−S/\u00a0${formatAmount(-centimos)}` : `S/\u00a0${formatAmount(centimos)}`
}

/** a × b ÷ c, rounded half up, without leaving the integers. For amounts, which are never negative here. */
export function mulDiv(a: number, b: number, c: number): number {
  if (
    !(Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(c)) ||
    a < 0 ||
    b < 0 ||
    c <= 0
  )
    throw new RangeError(`not whole amounts: ${a} × ${b} ÷ ${c}`)
  const product = a * b
  if (product <= Number.MAX_SAFE_INTEGER) {
    const rest = product % c
    return (product - rest) / c + (rest >= c - rest ? 1 : 0)
  }
  const exact = Number((BigInt(a) * BigInt(b) * 2n + BigInt(c)) / (BigInt(c) * 2n))
  if (!Number.isSafeInteger(exact)) throw new RangeError(`too large: ${a} × ${b} ÷ ${c}`)
  return exact
}
