import type { RucAnswer, RucFound } from '#src/ruc/lookup.ts'
import { needsAttention } from '#src/ruc/lookup.ts'

export const tooLong = (max: number) => `Usa hasta ${max} letras.`

export const fiscalTexts = {
  rucMissing: 'Escribe los 11 números de tu RUC o marca «Vender con Boleta Simple».',
  legalName: 'Escribe tu nombre legal, como sale en tu ficha RUC.',
  currency: 'Por ahora SmartKet trabaja en Soles.',
  regime: 'Elige tu régimen de la lista.',
  igvKind: 'Elige uno de los dos.',
}

export const branchTexts = {
  name: 'Escribe el nombre de tu local.',
  whatsapp: 'Un celular tiene 9 números y empieza con 9.',
}

export const registerTexts = {
  name: 'Escribe el nombre de tu caja.',
  paper: 'Elige tu impresora, o «Todavía no tengo».',
  series: 'La serie es NV y dos números, por ejemplo NV01.',
  'series-taken': 'Esa serie ya la usa otra caja. Prueba con otra.',
}

export const noticeOfUse =
  'SmartKet imprime notas de venta. Tus boletas y facturas las sigues emitiendo en SUNAT o con tu proveedor.'

/** UX.md, section 8: what the look-up says, and what SUNAT shows when it is not in order. */
export function lookupTexts(answer: RucAnswer): { text: string; warning: string | null } {
  if (answer.outcome === 'not-found') {
    return { text: 'No encontramos ese RUC. Revisa los números o escribe tus datos.', warning: null }
  }
  if (answer.outcome === 'unavailable') {
    return { text: 'No pudimos consultar ahora. Escribe tus datos y sigue.', warning: null }
  }
  return {
    text: `Encontrado: ${answer.found.legalName.replace(/\.$/, '')}.`,
    warning: warningFor(answer.found),
  }
}

const warningFor = (found: RucFound) =>
  needsAttention(found)
    ? `SUNAT lo muestra ${found.state}, ${found.condition}. Puedes seguir; revísalo con tu contador.`
    : null

const months = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
]

/** '2026-12-31' → «31 de diciembre de 2026» */
export function longDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date} de ${months[(month ?? 1) - 1]} de ${year}`
}
