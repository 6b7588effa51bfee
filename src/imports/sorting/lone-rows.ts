import { fold } from '#src/lib/text.ts'
import { headingWords } from '../guessing/headings.ts'
import { dateIn, plain } from '../values/money.ts'
import { isCapitals, type Survey } from './survey.ts'

// A row with one cell of words: the title of a section, a note at the foot, or a product without its price. A
// product that is taken for a title would be lost without a word, so a title must be one beyond doubt.

export function isSection(seen: Survey, at: number): boolean {
  const { lone, isLoneInName } = seen.lines[at]!
  if (!lone || at > seen.lastPriced) return false
  const text = plain(lone.text)
  const words = headingWords(text)
  if (text.length > 60 || dateIn(lone, text) || (at < 3 && listTitle.test(words))) return false
  return sectionScore(seen, at, text, words, isLoneInName) >= 2
}

function sectionScore(seen: Survey, at: number, text: string, words: string, isLoneInName: boolean): number {
  const { lines, firstSection } = seen
  const previous = lines[at - 1]
  let score = 0
  if (isCapitals(text) && !seen.isUpperCase) score += 2
  if (sectionWords.test(words)) score += 2
  if (text.endsWith(':')) score += 2
  if (!isLoneInName) score += 2
  if (previous?.isBlank || (previous && previous.row.number < lines[at]!.row.number - 1)) score += 1
  if (firstSection !== null && isCapitals(text) === isCapitals(firstSection)) score += 2
  if (seen.isWide && !seen.missesCells) score += 1
  return score
}

/** The name of the list above it, or a remark below it. */
export function isFootnote(seen: Survey, at: number): boolean {
  const { lone, isLoneInName, row } = seen.lines[at]!
  const text = plain(lone?.text ?? '')
  if (at < 3 && listTitle.test(headingWords(text))) return true
  if (at < seen.lastPriced) return false
  const previous = seen.lines[at - 1]
  const isApart = !previous || previous.isBlank || previous.row.number < row.number - 1
  return isApart || !isLoneInName || text.length > 40 || remark.test(fold(text)) || previous.lone !== null
}

const listTitle =
  /\b(?:lista|precios?|carta|catalogo|inventario|productos|almacen|actualizad[oa]|ruc|telf?|cel|direccion|fecha|bodega|polleria|restaurante|minimarket|tienda)\b/

const remark =
  /^(?:\*|nota|obs|ojo|importante|los? precios?|precios?|elabora|hecho|fuente|fecha|gracias|pag(?:ina)?\b|incluye|no incluye|consult|sujeto|stock al|actualiz|tel|cel|whatsapp|ruc|atte)/

export const isSectionWord = (text: string) => sectionWords.test(headingWords(text))

const sectionWords =
  /^(?:bebidas?|gaseosas?|aguas?|jugos?|cervezas?|licores?|vinos?|piscos?|cocteles|tragos|pollos?|parrillas?|carnes?|aves|embutidos?|lacteos?|quesos?|postres?|entradas?|sopas?|segundos?|guarniciones|acompanamientos|extras?|adicionales|combos?|promociones|promos?|ofertas?|menus?|desayunos?|almuerzos?|cenas?|abarrotes?|limpieza|aseo|higiene|cuidado personal|golosinas?|galletas?|snacks?|panes|panaderia|pasteleria|tortas?|bocaditos|frutas?|verduras?|hortalizas|granos?|menestras?|cereales|aceites?|conservas?|helados?|cafes?|infusiones|bebidas (?:frias|calientes)|(?:pollos? )?a la (?:carta|brasa)|pollos a la brasa|platos? (?:de fondo|principales|a la carta|criollos)|especiales|pescados?(?: y mariscos)?|mariscos?|ceviches?|arroces|chaufas?|tallarines|saltados|ensaladas?|sandwich\w*|hamburguesas?|pizzas?|alitas|pastas|salchipapas|mascotas|ferreteria|libreria|utiles(?: escolares)?|bazar|cigarros|tabaco|otros|varios)$/
