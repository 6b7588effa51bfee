import type { RawSheet } from './cells.ts'
import { type Field, fieldNames, fields } from './mapping.ts'
import { exampleName, type KnownProduct } from './plan.ts'
import type { ImportRow } from './rows.ts'

// What goes into the workbooks that SmartKet hands out; book.worker.ts writes them.

export type BookCell = string | number | null

/** The template's columns, in its order: how wide, and how Excel is to treat what is typed there. */
export const templateColumns: Record<
  Field,
  { width: number; format: '@' | '0.00' | 'General'; choices?: string[] }
> = {
  name: { width: 38, format: '@' },
  price: { width: 12, format: '0.00' },
  category: { width: 24, format: '@' },
  // As text: a long code typed into a number cell loses its last digits.
  code: { width: 16, format: '@' },
  barcode: { width: 20, format: '@' },
  stock: { width: 10, format: 'General' },
  cost: { width: 12, format: '0.00' },
  unit: { width: 12, format: '@', choices: ['unidad', 'kg'] },
  affectation: { width: 14, format: '@', choices: ['Gravado', 'Exonerado', 'Inafecto'] },
  presentation: { width: 18, format: '@' },
  favourite: { width: 11, format: '@', choices: ['Sí', 'No'] },
  available: { width: 12, format: '@', choices: ['Sí', 'No'] },
}

export const instructions = [
  'Cómo llenar tu lista de productos',
  '1. Ve a la hoja «Productos» y escribe un producto por fila. El ejemplo puede quedarse: no se carga.',
  '2. Nombre y Precio son obligatorios; lo demás es opcional. Lo que dejes vacío no cambia nada.',
  '3. El precio va con IGV, como lo cobras: 12.50',
  '4. Código y Código de barras no se repiten.',
  '5. Stock es cuánto hay ahora: reemplaza lo que había, no se suma.',
  '6. Categoría, Unidad, IGV, Favorito y Disponible tienen una lista para elegir; una categoría nueva también se puede escribir.',
  '7. Guarda el archivo como Libro de Excel (.xlsx) y súbelo en SmartKet. El máximo es 20,000 filas.',
  'Antes de guardar te mostramos qué cambiaría, y después puedes deshacerlo durante 30 días.',
]

export const titles = fields.map((field) => fieldNames[field])

const example: Record<Field, BookCell> = {
  name: exampleName,
  price: 9,
  category: 'Bebidas',
  code: 'GAS15',
  barcode: '7750182000123',
  stock: 24,
  cost: 6.5,
  unit: 'unidad',
  affectation: 'Gravado',
  presentation: 'botella',
  favourite: 'Sí',
  available: 'Sí',
}

/** One row that shows how; `isExample` knows it again when the file comes back. */
export const exampleRow: BookCell[] = fields.map((field) => example[field])

const affectations = { '10': 'Gravado', '20': 'Exonerado', '30': 'Inafecto' } as const
const yesOrNo = (is: boolean) => (is ? 'Sí' : 'No')

/** A product as the file says it; read again it changes nothing. Stock that is not counted stays empty. */
export const productRow = (product: KnownProduct): BookCell[] => {
  const cells: Record<Field, BookCell> = {
    name: product.name,
    price: product.priceCentimos / 100,
    category: product.categoryName,
    code: product.code,
    barcode: product.barcode,
    stock: product.stockThousandths === null ? null : product.stockThousandths / 1000,
    cost: product.costCentimos === null ? null : product.costCentimos / 100,
    unit: product.unit,
    affectation: affectations[product.affectation],
    presentation: product.presentation,
    favourite: yesOrNo(product.favourite),
    available: yesOrNo(product.available),
  }
  return fields.map((field) => cells[field])
}

/** Those on sale, in the order of the till: by category, then as they came. */
export function exported(known: readonly KnownProduct[], categories: readonly string[]): KnownProduct[] {
  const place = new Map(categories.map((name, at) => [name, at]))
  const placeOf = ({ categoryName }: KnownProduct) =>
    categoryName === null ? categories.length : (place.get(categoryName) ?? categories.length)
  return known
    .filter((product) => product.active && product.forSale)
    .sort((a, b) => placeOf(a) - placeOf(b) || a.id - b.id)
}

/**
 * The sheet as it came, with what was mended in the preview, and a last column that says of each row why it does
 * not enter.
 */
export function withReasons(
  sheet: RawSheet,
  headerRow: number | null,
  mended: ReadonlyMap<number, { column: number; text: string }[]>,
  refused: readonly ImportRow[],
): { rows: { number: number; cells: BookCell[]; isTitle: boolean }[]; reasonColumn: number } {
  const titleCells = sheet.rows.find(({ number }) => number === headerRow)?.cells ?? []
  const own = titleCells.findIndex((cell) => cell?.text.trim().toLowerCase() === reasonTitle)
  const width = sheet.rows.reduce((most, row) => Math.max(most, row.cells.length), 0)
  const reasonColumn = own >= 0 ? own : width
  const reasons = new Map(refused.map((row) => [row.number, row.problems.map(({ text }) => text).join(' ')]))
  const rows = sheet.rows.map(({ number, cells: raw }) => {
    const cells: BookCell[] = Array.from({ length: reasonColumn + 1 }, (_, at) => bookCell(raw[at]))
    for (const { column, text } of mended.get(number) ?? []) cells[column] = text
    cells[reasonColumn] = reasons.get(number) ?? (number === headerRow ? reasonTitle : null)
    return { number, cells, isTitle: number === headerRow }
  })
  return { rows, reasonColumn }
}

export const reasonTitle = 'motivo'

/** A number stays one where nothing is lost by it. */
function bookCell(cell: RawSheet['rows'][number]['cells'][number] | undefined): BookCell {
  if (!cell) return null
  const isPlain = cell.kind === 'number' && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(cell.text)
  return isPlain ? Number(cell.text) : cell.text
}
