import { parseQuantity } from '#src/lib/quantity.ts'
import type { Cell } from '../cells.ts'
import { cut, dateIn, figureOf, saysNothing, type Value, type Writing } from './money.ts'

/** Ten million pieces: above it somebody typed a barcode. */
const mostThousandths = 10_000_000_000

/** Thousandths. Below zero is what a till leaves that sold more than it had counted. */
export function readStock(cell: Cell | null, text: string, writing: Writing): Value<number> {
  if (text === '' || saysNothing(text)) return {}
  if (cell?.kind === 'error') return { problem: `la fórmula da un error (${text}). Escribe cuánto hay.` }
  if (/^(?:agotado|sin stock|no hay|nada|cero)$/i.test(text)) return { value: 0 }
  const fraction = /^\d{0,4} ?\d\/[248]$/.test(text) ? parseQuantity(text) : null
  if (fraction !== null) return { value: fraction }
  const day = cell ? dateIn(cell, text) : null
  if (day) return { problem: `parece una fecha (${day}), no una cantidad.` }
  const bare = text.replace(
    /\s*(?:unds?|unid(?:ades|ad)?|u|kgs?|kilos?|lts?|pzas?|piezas?|cajas?|paq(?:uetes)?|botellas?)\.?$/i,
    '',
  )
  const figure = cell?.kind === 'number' ? text : figureOf(bare, writing)
  const amount = figure === null ? Number.NaN : Number(figure)
  if (!Number.isFinite(amount)) return { problem: `"${cut(text)}" no es una cantidad. Escribe un número.` }
  const thousandths = Math.sign(amount) * Math.round(Math.abs(amount) * 1000)
  if (Math.abs(thousandths) > mostThousandths) return { problem: 'la cantidad es demasiado grande.' }
  const isNoise = Math.abs(amount * 1000 - thousandths) < 1e-3
  return {
    value: thousandths + 0,
    ...(isNoise ? {} : { note: `Se redondeó ${text} a ${thousandths / 1000}.` }),
  }
}
