import { formatSoles } from '#src/lib/money.ts'
import { formatQuantity } from '#src/lib/quantity.ts'
import type { ProductColumns } from '../shelving/rows.ts'

type Kept = Exclude<keyof ProductColumns, 'stepThousandths' | 'tracksStock' | 'fromMenu'> | 'available'

const money = (centimos: unknown) => (typeof centimos === 'number' ? formatSoles(centimos) : null)

/** What the owner changed after the import and the undo leaves as she left it. */
const keptTexts: Record<Kept, (now: unknown) => string> = {
  name: () => 'cambiaste el nombre después; lo dejamos así.',
  priceCentimos: (now) => `cambiaste el precio después; lo dejamos en ${money(now)}.`,
  categoryId: () => 'cambiaste la categoría después; la dejamos así.',
  code: () => 'cambiaste el código después; lo dejamos así.',
  barcode: () => 'cambiaste el código de barras después; lo dejamos así.',
  costCentimos: (now) =>
    now === null
      ? 'borraste el costo después; lo dejamos así.'
      : `cambiaste el costo después; lo dejamos en ${money(now)}.`,
  unit: () => 'cambiaste la unidad después; la dejamos así.',
  affectation: () => 'cambiaste su IGV después; lo dejamos así.',
  presentation: () => 'cambiaste la presentación después; la dejamos así.',
  favouritePosition: () => 'cambiaste tus favoritos después; los dejamos así.',
  active: () => 'lo ocultaste o lo mostraste después; lo dejamos así.',
  available: () => 'cambiaste si está disponible después; lo dejamos así.',
}

export const isTold = (key: string): key is Kept => key in keptTexts
export const keptText = (key: Kept, now: unknown) => keptTexts[key](now)

export const undoTexts = {
  gone: 'ya no está entre tus productos.',
  sold: 'ya se vendió; lo ocultamos y no lo borramos.',
  moved: 'su stock se movió después; lo ocultamos y no lo borramos.',
  /** Another product takes some of it. */
  needed: 'otro producto lo usa; lo ocultamos y no lo borramos.',
  stock: (thousandths: number, step: number) =>
    `su stock se movió después; lo dejamos en ${formatQuantity(thousandths, step)}.`,
  category: 'su categoría de antes ya no está; lo dejamos en la de ahora.',
  code: 'su código de antes ya es de otro producto; lo dejamos con el de ahora.',
}

/** One sentence of a row, or several: «1/4 pollo: cambiaste el precio después; lo dejamos en S/ 16.00.» */
export function rowText(name: string, said: readonly string[]): string {
  const letters = [...name]
  const short = letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : name
  let text = `${short}: `
  for (const [at, one] of said.entries()) {
    const next = at === 0 ? one : ` ${one.charAt(0).toUpperCase()}${one.slice(1)}`
    if (text.length + next.length > mostLetters) break
    text += next
  }
  return text
}

/** As many as the row of a change keeps. */
const mostLetters = 200
