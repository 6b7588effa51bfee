import { fold } from '#src/lib/text.ts'
import type { Field } from '../mapping.ts'
import { titles } from './titles.ts'

/** What a title may mean, and how surely: 10 says it in so many words, 3 only when nothing better is there. */
export type Meanings = Partial<Record<Field, number>>

/** «CÓD. INTERNO (*):» → `cod interno`; nothing but letters, figures and single spaces. */
export function headingWords(text: string): string {
  return fold(text.normalize('NFKC'))
    .replace(/ñ/g, 'n')
    .replace(/(?<=\b[a-z])\.\s?(?=[a-z]\b)/g, '')
    .replace(/s\s*\/\s*\.?/g, ' soles ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** Longer texts are sentences, not titles. */
const longestTitle = 60

export function meaningsOf(title: string): Meanings {
  if (title.trim().length > longestTitle) return {}
  const words = headingWords(title)
  if (words === '' || neverAField.test(words)) return {}
  const found: Meanings = {}
  for (const [field, pattern, weight] of titles) {
    if (pattern.test(words)) found[field] = Math.max(found[field] ?? 0, weight)
  }
  if (isForBuying.test(words)) delete found.price
  return found.price ? { ...found, price: priceWeight(words, found.price) } : found
}

const isForBuying = /\b(?:compra|cpra|costos?|coste|proveedor)\b/

/** Of several prices the one at the counter is meant. */
function priceWeight(words: string, weight: number): number {
  if (notTheCounter.test(words)) return 2
  if (/\b(?:sin|antes de) igv\b/.test(words)) return 3
  return /\b(?:venta|publico|pvp|pv|unit\w*|minorista|menor|local|salon|carta|normal|regular|con igv)\b/.test(
    words,
  )
    ? weight + 1
    : weight
}

const notTheCounter =
  /\b(?:mayor|mayorista|mayoreo|xmayor|docena|doc|caja|cajas|pack|distribuidor|especial|oferta|promo\w*|antes|anterior|antiguo|delivery|rappi|pedidosya|minimo|min|credito|dscto|desc|descuento|tarjeta|[2-9]|1[02])\b/

const neverAField =
  /^(?:n|no|nro|num|numero|item no|fecha|hora|observacion(?:es)?|obs|notas?|proveedor|ruc|telefono|margen|utilidad|ganancia|foto|imagen|link|url|total(?:es)?|subtotal|sub total|valor total|importe total|total soles|costo total|total costo|vencimiento|f venc\w*|fecha \w+|fec \w+|lote|color|talla|descuento|dscto|stock (?:min\w*|max\w*|ideal|critico|seguridad)|(?:min|max)\w* stock|cant\w* (?:min\w*|max\w*|vendida|ventas)|ventas|vendid[oa]s|moneda)$/
