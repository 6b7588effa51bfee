import { type RawRow, type RawSheet, textOf } from './cells.ts'
import { assign } from './guessing/assignment.ts'
import { headingWords, meaningsOf } from './guessing/headings.ts'
import { figureOf, plainWriting } from './values/money.ts'

export type Field =
  | 'name'
  | 'price'
  | 'category'
  | 'code'
  | 'barcode'
  | 'stock'
  | 'cost'
  | 'unit'
  | 'affectation'
  | 'presentation'
  | 'favourite'
  | 'available'

/**
 * `sheet` is a position; `headerRow` the sheet's own number, null when there are no titles; `columns` by index.
 * `lists`: the sheets that hold products, by name, when they are several: one file loads one of them.
 */
export type Mapping = {
  sheet: number
  headerRow: number | null
  columns: (Field | null)[]
  lists?: string[]
}

/** As the chips of the preview and the titles of the template say it. */
export const fieldNames: Record<Field, string> = {
  name: 'Nombre',
  price: 'Precio',
  category: 'Categoría',
  code: 'Código',
  barcode: 'Código de barras',
  stock: 'Stock',
  cost: 'Costo',
  unit: 'Unidad',
  affectation: 'IGV',
  presentation: 'Presentación',
  favourite: 'Favorito',
  available: 'Disponible',
}

export const fields = Object.keys(fieldNames) as Field[]

/** How many rows below the sheet's beginning may hold a shop's name, its address and a date before the titles. */
const rowsAbove = 60

type Guess = Mapping & { score: number }

/** The sheet, the row of its titles and what each column is, as a person would see at a glance. */
export function guessMapping(sheets: readonly RawSheet[]): Mapping {
  const guesses = sheets.flatMap((_, sheet) => guessSheet(sheets, sheet))
  const best = guesses.reduce<Guess | null>((a, b) => (a && a.score >= b.score ? a : b), null)
  if (!best) return { sheet: 0, headerRow: null, columns: [] }
  const { sheet, headerRow, columns } = best
  const lists = sheets.flatMap(({ name }, at) => (at === sheet || isList(at, sheets, guesses) ? name : []))
  return { sheet, headerRow, columns, ...(lists.length > 1 ? { lists } : {}) }
}

/** A sheet that nobody named as something else, where most rows read as a product with its price. */
function isList(position: number, sheets: readonly RawSheet[], guesses: readonly Guess[]): boolean {
  const { name, rows } = sheets[position]!
  const words = headingWords(name)
  if (bonusOf(name) < 0 || isOtherThing.test(words)) return false
  const best = guesses
    .filter(({ sheet }) => sheet === position)
    .reduce<Guess | null>((a, b) => (a && a.score >= b.score ? a : b), null)
  if (!best?.columns.includes('name') || !best.columns.includes('price')) return false
  const below = rows.filter(({ number }) => number > (best.headerRow ?? 0)).slice(0, someRows)
  const filled = below.filter(({ cells }) => cells.some((cell) => textOf(cell) !== ''))
  const good = goodRows(below, best.columns)
  return good > 0 && good >= filled.length / 2
}

const isOtherThing =
  /\b(?:ventas?|vendid[oa]s|gastos?|compras?|proveedor\w*|clientes?|resumen|reportes?|caja|planilla|personal|pedidos?|recetas?|insumos?|costos?)\b/

function guessSheet(sheets: readonly RawSheet[], position: number): Guess[] {
  const sheet = sheets[position]!
  const candidates = sheet.rows
    .slice(0, rowsAbove)
    .map((_, at) => ({ at, worth: worthAsTitles(titlesAt(sheet.rows, at)) }))
    .filter(({ worth }) => worth >= 7)
    .sort((a, b) => b.worth - a.worth)
    .slice(0, 4)
    .filter(({ worth }, _, [best]) => worth > (best?.worth ?? 0) / 2)
  return [...candidates.map(({ at }) => at), null].map((at) => {
    const titles = at === null ? [] : titlesAt(sheet.rows, at)
    const rows = at === null ? sheet.rows : sheet.rows.slice(at + 1)
    const { columns, worth } = assign(titles, rows)
    const headerRow = at === null ? null : sheet.rows[at]!.number
    // Titles stand above the products: those of a later section are not the titles of the list.
    const missed = at === null ? 0 : Math.max(0, productRows(sheet.rows.slice(0, at), columns))
    const score = worth + productRows(rows, columns) - missed + bonusOf(sheet.name) - position * 0.1
    return { sheet: position, headerRow, columns, score: at === null ? score - 6 : score }
  })
}

/** The titles of a row; where a wide title («Precio») stands above narrow ones («Venta», «Mayor»), both. */
function titlesAt(rows: readonly RawRow[], at: number): string[] {
  const own = ownTitles(rows[at]!)
  const above = rows[at - 1]
  if (
    above?.number !== rows[at]!.number - 1 ||
    !isSecondRow(rows[at]!) ||
    worthAsTitles(ownTitles(above)) < 7
  ) {
    return own
  }
  let wide = ''
  return Array.from({ length: Math.max(own.length, above.cells.length) }, (_, column) => {
    const over = textOf(above.cells[column])
    wide = over || (own[column] ? wide : '')
    return own[column] ? `${wide} ${own[column]}`.trim() : over
  })
}

/** Below wide titles stand several narrow ones, titles most of them and nothing else beside. */
function isSecondRow(row: RawRow): boolean {
  const texts = row.cells.filter((cell) => textOf(cell) !== '')
  const known = texts.filter((cell) => cell?.kind === 'text' && isTitle(cell.text))
  return texts.length > 1 && known.length > texts.length / 2
}

const isTitle = (text: string) =>
  Object.keys(meaningsOf(text)).length > 0 || /^(?:por )?mayor$/i.test(text.trim())

const ownTitles = (row: RawRow) => row.cells.map((cell) => (cell?.kind === 'text' ? textOf(cell) : ''))

/** A row of titles names different things, one of which is a name or a price. */
function worthAsTitles(titles: string[]): number {
  const best = new Map<Field, number>()
  for (const title of titles) {
    const [field, weight] = Object.entries(meaningsOf(title)).sort((a, b) => b[1] - a[1])[0] ?? []
    if (field && weight) best.set(field as Field, Math.max(best.get(field as Field) ?? 0, weight))
  }
  return [...best.values()].reduce((sum, weight) => sum + weight, 0)
}

/** Rows that read as a product: words and a figure where the columns say so. */
function productRows(rows: readonly RawRow[], columns: readonly (Field | null)[]): number {
  const name = columns.indexOf('name')
  const price = columns.indexOf('price')
  if (name < 0) return 0
  const good = goodRows(rows.slice(0, someRows), columns)
  return good === 0 ? -10 : Math.min(20, 4 * Math.log2(1 + good)) * (price < 0 ? 0.3 : 1)
}

const someRows = 2_000

function goodRows(rows: readonly RawRow[], columns: readonly (Field | null)[]): number {
  const name = columns.indexOf('name')
  const price = columns.indexOf('price')
  return rows.filter(
    (row) =>
      textOf(row.cells[name]) !== '' &&
      (price < 0 || figureOf(textOf(row.cells[price]), plainWriting) !== null),
  ).length
}

function bonusOf(name: string): number {
  const words = headingWords(name)
  if (
    /\b(?:instruc\w*|ayuda|leeme|portada|caratula|indice|ejemplos?|copia|antiguo|backup|anterior)\b/.test(
      words,
    )
  )
    return -4
  return /\b(?:productos?|precios?|lista|carta|catalogo|inventario|articulos?|menu|items?)\b/.test(words)
    ? 3
    : 0
}
