import { formatLongDate, limaDate } from '#src/lib/lima.ts'
import { count, formatCount } from '#src/lib/text.ts'
import { type FileProblem, fileLimits } from './cells.ts'
import type { Summary } from './plan.ts'
import type { PreviewProblem } from './preview.ts'

const uploadTooLarge = 'Pesa más de 15 MB. Copia solo tus productos a la plantilla y vuelve a subirlo.'

/** UX.md, section 11, «file». `rows` is how many were counted. */
export const fileTexts: Record<FileProblem | 'missing', (rows: number) => string> = {
  missing: () => 'Elige tu archivo de Excel.',
  empty: () => 'Ese archivo está vacío.',
  'not-excel': () => 'Ese archivo no es un Excel.',
  'old-excel': () => 'Guárdalo como .xlsx: en Excel, Archivo, Guardar como, Libro de Excel.',
  'open-document': () =>
    'Guárdalo como .xlsx: en LibreOffice, Archivo, Guardar como, y elige Excel 2007-365 (.xlsx).',
  numbers: () => 'Guárdalo como .xlsx: en Numbers, Archivo, Exportar a, Excel.',
  password: () => 'Tiene contraseña: quítala y vuelve a subirlo.',
  'too-large': () => uploadTooLarge,
  'too-big-inside': () =>
    'Es demasiado grande por dentro. Copia solo tus productos a la plantilla y vuelve a subirlo.',
  'too-many-rows': (rows) => `Tiene ${formatCount(rows)} filas; el máximo es 20,000. Divídelo en dos.`,
  'too-slow': () => 'No pudimos leerlo a tiempo. Divídelo en dos y vuelve a subirlo.',
  busy: () => 'Estamos leyendo otros archivos. Prueba en un minuto.',
}

/** What the page itself checks before it sends, with the server's own words. */
export const uploadTexts = {
  tooLarge: `${uploadTooLarge} No guardamos nada.`,
  cut: 'Se cortó la subida. No guardamos nada: vuelve a intentar.',
}

export const uploadLimits = {
  fileBytes: fileLimits.bytes,
  /** The file and what a form puts around it. */
  bodyBytes: 16_000_000,
}

// ── the review, UX.md, section 10

const verb = (n: number, one: string, many: string) => `${formatCount(n)} ${n === 1 ? one : many}`

/** «Revisamos tu archivo: 1,204 productos nuevos, 96 cambian de precio, 40 quedan igual, 7 no entran.» */
export function reviewText(summary: Summary): string {
  const { created, priceChanged, otherChanged, same, refused } = summary
  const parts = [
    created > 0 && count(created, 'producto nuevo', 'productos nuevos'),
    priceChanged > 0 && verb(priceChanged, 'cambia de precio', 'cambian de precio'),
    otherChanged > 0 && verb(otherChanged, 'cambia en otra cosa', 'cambian en otra cosa'),
    same > 0 && verb(same, 'queda igual', 'quedan igual'),
    refused > 0 && verb(refused, 'no entra', 'no entran'),
  ].filter(Boolean)
  return parts.length > 0
    ? `Revisamos tu archivo: ${parts.join(', ')}.`
    : 'No encontramos productos en esta hoja.'
}

export const nothingSaved = 'No hemos guardado nada todavía.'

/** «Encontramos 1,347 filas en la hoja "Precios", con títulos en la fila 4.» A CSV has no sheet to name. */
export function foundText(rows: number, sheet: string | null, headerRow: number | null): string {
  const where = sheet ? ` en la hoja "${sheet}"` : ''
  const titles = headerRow === null ? 'sin títulos' : `con títulos en la fila ${formatCount(headerRow)}`
  return `Encontramos ${count(rows, 'fila', 'filas')}${where}, ${titles}.`
}

/** «Hay 2 hojas más con productos: Platos, Postres. …» */
export function otherListsText(names: readonly string[]): string | null {
  if (names.length === 0) return null
  const [sheets, them] =
    names.length === 1 ? ['1 hoja más', 'Súbela'] : [`${formatCount(names.length)} hojas más`, 'Súbelas']
  return `Hay ${sheets} con productos: ${names.join(', ')}. ${them} después, eligiendo la hoja en «Cambiar columnas».`
}

export const besideText = 'A la derecha hay otra lista en la misma hoja; cárgala aparte.'

const inARow = new Intl.ListFormat('es', { type: 'conjunction' })

/** «No contamos 3 filas vacías y 1 de totales.» */
export function skippedText({ empty, total, header }: Record<'empty' | 'total' | 'header', number>) {
  const parts = [
    empty > 0 && count(empty, 'fila vacía', 'filas vacías'),
    total > 0 && count(total, 'fila de totales', 'filas de totales'),
    header > 0 && count(header, 'fila de títulos', 'filas de títulos'),
  ].filter((text) => text !== false)
  return parts.length > 0 ? `No contamos ${inARow.format(parts)}.` : null
}

/** Why «Guardar» is not there, though the file was understood. */
export const hindranceTexts: Record<
  Exclude<PreviewProblem['problem'], 'over-plan'>,
  (summary: Summary, products: number) => string
> = {
  'nothing-to-save': ({ refused, same }) => {
    if (refused > 0) return 'Todavía no entra ninguno: corrige las filas marcadas.'
    return same > 0 ? 'No hay nada que guardar: todo está igual.' : 'Escribe tus productos y súbelo otra vez.'
  },
  'too-many-products': (_, products) =>
    `Con este archivo tendrías ${formatCount(products)} productos; el máximo es 20,000. Quita filas y súbelo otra vez.`,
}

/** «Con este archivo tendrías 612 productos: caben 38 de los 150 nuevos.» The plan's own sentence stands beside it. */
export function overPlanText({ products, created, fit }: Extract<PreviewProblem, { problem: 'over-plan' }>) {
  const fitText =
    fit === 0
      ? 'ya no cabe ninguno nuevo'
      : `${fit === 1 ? 'cabe' : 'caben'} ${formatCount(fit)} de los ${formatCount(created)} nuevos`
  return `Con este archivo tendrías ${count(products, 'producto', 'productos')}: ${fitText}. Quita filas y súbelo otra vez, u oculta los que ya no vendes.`
}

export const columnTexts = {
  'no-name': 'Dinos en «Cambiar columnas» cuál tiene el nombre de tus productos.',
  'no-price': 'No vemos una columna de precios: solo cambiarán los productos que ya tienes.',
  twice: (field: string) => `Dos columnas dicen «${field}». Deja una.`,
  unreadable: 'No entendimos esa elección. Vuelve a elegir las columnas.',
}

export const optionTexts = { unreadable: 'No entendimos esa elección. Vuelve a elegir.' }

// ── after it

/** «Listo. Puedes deshacer esta carga hasta el 23 de diciembre.» */
export function doneText(undoUntil: Date): string {
  const day = formatLongDate(limaDate(undoUntil)).replace(/ de \d+$/, '')
  return `Listo. Puedes deshacer esta carga hasta el ${day}.`
}

/** What a saved import did, a sentence each. */
export function madeTexts(summary: Summary & { removed?: number }): string[] {
  const { created, priceChanged, otherChanged, same, removed = 0 } = summary
  return [
    created > 0 && `${count(created, 'producto nuevo', 'productos nuevos')}.`,
    priceChanged > 0 && `${verb(priceChanged, 'cambió de precio', 'cambiaron de precio')}.`,
    otherChanged > 0 && `${verb(otherChanged, 'cambió en otra cosa', 'cambiaron en otra cosa')}.`,
    same > 0 && `${verb(same, 'quedó igual', 'quedaron igual')}.`,
    removed > 0 && `${verb(removed, 'de ejemplo se fue', 'de ejemplo se fueron')}.`,
  ].filter((text) => text !== false)
}
