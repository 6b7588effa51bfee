import { formatSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'
import { type BulkKind, type PercentProblem, percentText } from './bulk.ts'

export const kindNames: Record<BulkKind, string> = {
  precio: 'Cambiar el precio por porcentaje',
  categoria: 'Cambiar de categoría',
  ocultar: 'Ocultar',
  mostrar: 'Poner a la venta',
  borrar: 'Borrar',
}

export const percentTexts: Record<PercentProblem, string> = {
  'not-a-percent': 'Escribe un porcentaje, por ejemplo 10 o -5.',
  'out-of-range': 'El porcentaje va de -90 a 500.',
}

export const nothingTicked = 'Marca al menos un producto.'
export const categoryMissing = 'Escribe la categoría.'
export const kindMissing = 'Elige qué hacer.'
export const tooDearText = (name: string) => `«${name}» pasaría de S/\u00a099,999.99. Baja el porcentaje.`

const products = (n: number) => count(n, 'producto', 'productos')

export const saidTexts = {
  price: (n: number, basisPoints: number) =>
    `${basisPoints > 0 ? 'Subiste' : 'Bajaste'} ${percentText(basisPoints)} el precio de ${products(n)}.`,
  onePrice: (name: string, before: number, after: number) =>
    `${name} ahora cuesta ${formatSoles(after)} (antes ${formatSoles(before)}).`,
  category: (n: number, category: string) => `Pasaste ${products(n)} a ${category}.`,
  hidden: (n: number) => `Ocultaste ${products(n)}.`,
  shown: (n: number) => `Pusiste ${products(n)} a la venta.`,
  deleted: (deleted: number, kept: number) => {
    const hidden =
      kept === 0
        ? ''
        : ` ${count(kept, 'ya se vendió o es parte de otro: quedó oculto', 'ya se vendieron o son parte de otros: quedaron ocultos')}.`
    return `${deleted === 0 ? 'No se borró ninguno.' : `Borraste ${products(deleted)}.`}${hidden}`
  },
  undone: (back: number, left: number) =>
    `Deshecho: ${count(back, 'producto volvió', 'productos volvieron')} a como estaban.${
      left > 0
        ? ` ${count(left, 'cambió', 'cambiaron')} después y se ${left === 1 ? 'quedó' : 'quedaron'} así.`
        : ''
    }`,
}

/** Before what cannot be undone. */
export function deleteQuestion(gone: number, kept: number): string {
  const hidden =
    kept > 0
      ? ` ${count(kept, 'ya se vendió o es parte de otro: se oculta', 'ya se vendieron o son parte de otros: se ocultan')} y sus ventas quedan.`
      : ''
  if (gone === 0) return `Ninguno se puede borrar.${hidden}`
  const verb = gone === 1 ? 'Se borra' : 'Se borran'
  return `${verb} ${products(gone)} para siempre: no se puede deshacer.${hidden}`
}
