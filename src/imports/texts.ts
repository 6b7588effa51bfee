import { formatCount } from '#src/lib/text.ts'
import { limits } from '#src/products/product.ts'

export type FileProblem =
  | 'missing'
  | 'empty'
  | 'not-excel'
  | 'old-excel'
  | 'password'
  | 'too-large'
  | 'too-big-inside'
  | 'too-many-rows'
  | 'no-titles'
  | 'no-rows'
  | 'too-slow'
  | 'busy'
  | 'twins'

/** UX.md, section 11, «file». `rows` is how many were counted. */
export const fileTexts: Record<FileProblem, (rows: number) => string> = {
  missing: () => 'Elige tu archivo de Excel.',
  empty: () => 'Ese archivo está vacío.',
  'not-excel': () => 'Ese archivo no es un Excel.',
  'old-excel': () => 'Guárdalo como .xlsx: en Excel, Archivo, Guardar como, Libro de Excel.',
  password: () => 'Tiene contraseña: quítala y vuelve a subirlo.',
  'too-large': () => 'Pesa más de 10 MB. Copia solo tus productos a la plantilla y vuelve a subirlo.',
  'too-big-inside': () =>
    'Es demasiado grande por dentro. Copia solo tus productos a la plantilla y vuelve a subirlo.',
  'too-many-rows': (rows) => `Tiene ${formatCount(rows)} filas; el máximo es 20,000. Divídelo en dos.`,
  'no-titles': () =>
    'No encontramos las columnas «Nombre» y «Precio». Descarga la plantilla y copia ahí tus productos.',
  'no-rows': () => 'No tiene productos: escribe uno por fila, debajo de los títulos.',
  'too-slow': () => 'No pudimos leerlo a tiempo. Divídelo en dos y vuelve a subirlo.',
  twins: () => 'Dos códigos se parecen demasiado: solo cambia una tilde o una ñ. Cambia uno.',
  busy: () => 'Estamos leyendo otros archivos. Prueba en un minuto.',
}

const cut = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** What is wrong with one cell, and the cure. */
export const cellTexts = {
  'name-missing': (at: string) => `${at}: falta el nombre.`,
  'name-too-long': (at: string) => `${at}: el nombre pasa de ${limits.name} letras. Acórtalo.`,
  'not-a-price': (at: string, text: string) =>
    text.trim() === ''
      ? `${at}: falta el precio.`
      : `${at}: "${cut(text)}" no es un precio. Escribe un número.`,
  'too-many-decimals': (at: string, text: string) =>
    `${at}: "${cut(text)}" tiene más de dos decimales. Usa hasta dos.`,
  zero: (at: string) => `${at}: el precio debe ser mayor que 0.`,
  negative: (at: string) => `${at}: el precio no puede ser negativo.`,
  'too-large': (at: string) => `${at}: el precio llega hasta S/ 99,999.99.`,
  date: (at: string, text: string) => `${at}: parece una fecha (${text}), no un precio.`,
  long: (at: string, max: number) => `${at}: pasa de ${max} letras. Acórtalo.`,
}
