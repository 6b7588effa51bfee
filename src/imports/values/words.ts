import { fold } from '#src/lib/text.ts'
import type { ImportValues } from '../rows.ts'

const yes =
  /^(?:s[ií]|s|x|1|yes|y|true|verdadero|v|ok|on|✓|✔|✅|☑|activ[oa]|disponible|habilitad[oa]|vigente|a la venta|en venta|visible|hay)$/
const no =
  /^(?:no?|0|false|falso|f|off|✗|✘|❌|☐|inactiv[oa]|no disponible|deshabilitad[oa]|agotad[oa]|oculto|de baja|baja|anulado|suspendido|descontinuado|no hay)$/

const word = (text: string) => fold(text.trim()).replace(/[.]+$/, '').replace(/\s+/g, ' ')

/** A sentence is none of these words, and is not kept. */
const longestWord = 200

/** The same few words stand in every row of a column: each is looked at once. */
function remembering<T>(read: (text: string) => T | null): (text: string) => T | null {
  const known = new Map<string, T | null>()
  return (text) => {
    if (text.length > longestWord) return null
    if (known.has(text)) return known.get(text) as T | null
    if (known.size > 500) known.clear()
    const value = read(text)
    known.set(text, value)
    return value
  }
}

export const yesOrNo = remembering((text): boolean | null => {
  if (yes.test(word(text))) return true
  return no.test(word(text)) ? false : null
})
export const isYesOrNo = (text: string) => yesOrNo(text) !== null

const kilos = /^(?:kg|kgs|kgr|kgm|k|kilos?|kilogramos?|x kg|por kilo|x kilo|kl|kls)$/
const pieces =
  /^(?:u|un|uni|und|unds|unid|unids|unidad|unidades|niu|pz|pza|pzas|pieza|piezas|c\/u|zz|serv|servicio|plato|platos|porcion|porciones|ud|uds|par|pares)$/
/** Sold by the piece, and what the piece is. */
const packs =
  /^(?:(?:caja|cja|cj|cjs|paquete|paq|pqte|pqt|pack|sixpack|six pack|bolsa|bls|saco|docena|doc|dz|ciento|millar|lata|botella|bot|btl|frasco|fco|sobre|tira|blister|display|dsp|balde|bidon|galon|gln|gal|rollo|plancha|fardo|jaba|jarra|vaso|copa|taza|tarro|pote|bandeja|barra|set|kit|juego|resma|cubo|media docena|lt|lts|l|litro|litros|ltr|ml|gr|grs|g|gramos?|mt|mts|m|metros?|oz|onzas?|lb|libras?)s?)(?: ?(?:x|de|por) ?\d+.*)?$/

export type Unit = NonNullable<ImportValues['unit']>

export const unitOf = remembering((text): { unit: Unit; pack?: string } | null => {
  const said = word(text)
  if (kilos.test(said)) return { unit: 'kg' }
  if (pieces.test(said)) return { unit: 'unidad' }
  return packs.test(said) ? { unit: 'unidad', pack: text.trim() } : null
})
export const isUnit = (text: string) => unitOf(text) !== null

/** SUNAT's catalogue 07 by its codes or by their names. */
export const affectationOf = remembering((text): NonNullable<ImportValues['affectation']> | null => {
  const said = word(text)
  if (/^(?:30$|3[0-7]\b.*[a-z]|inaf|no (?:afect|grav))/.test(said)) return '30'
  if (/^(?:20$|2[01]\b.*[a-z]|exo|exento)/.test(said)) return '20'
  return gravado.test(said) ? '10' : null
})

const gravado =
  /^(?:10$|1[0-7]\b.*[a-z]|grav|afect|onerosa|s[ií]$|x$|con igv|(?:igv ?)?(?:18(?:\.0+)?|10\.5) ?%?$|0[.,]18$|igv$|1000$)/
export const isAffectation = (text: string) => affectationOf(text) !== null
