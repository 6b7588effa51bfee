import { count, fold, formatCount } from '#src/lib/text.ts'
import { limits, nameProblem, type ProductInput, parsePrice, tidy } from '#src/products/product.ts'
import { cellTexts } from './texts.ts'

/** One row of the sheet as read: every cell as text, with its own address for the reasons. */
export type SheetRow = {
  row: number
  cells: Record<ColumnName, { address: string; text: string; isDate: boolean }>
}

export type ColumnName = 'name' | 'price' | 'category' | 'code' | 'barcode'

/** The template's titles; `fold` makes «PRECIO» and «Código» the same. */
export const columnTitles: Record<ColumnName, readonly string[]> = {
  name: ['nombre', 'producto'],
  price: ['precio', 'precio de venta'],
  category: ['categoria'],
  code: ['codigo', 'codigo interno'],
  barcode: ['codigo de barras', 'codigo de barra', 'barras'],
}

export const fileLimits = {
  bytes: 10_000_000,
  rows: 20_000,
  /** What a workbook of that many rows may take once unzipped. */
  unzippedBytes: 64_000_000,
  reasons: 20,
}

export type Checked = { ok: true; products: ProductInput[] } | { ok: false; reasons: string[]; wrong: number }

/** All or nothing: one wrong row and nothing is saved; every reason names the cell and the cure. */
export function checkRows(rows: readonly SheetRow[]): Checked {
  const reasons: string[] = []
  const seen = new Map<string, number>()
  const products = rows.map((row) => {
    const { product, problems } = checkRow(row)
    const repeated = product && repeats(product, row.row, seen)
    reasons.push(...problems, ...(repeated ? [repeated] : []))
    return product
  })
  if (reasons.length > 0) {
    return { ok: false, reasons: reasons.slice(0, fileLimits.reasons), wrong: reasons.length }
  }
  return { ok: true, products: products.filter((product) => product !== null) }
}

function checkRow({ cells }: SheetRow): { product: ProductInput | null; problems: string[] } {
  const problems: string[] = []
  const name = tidy(cells.name.text)
  const badName = nameProblem(name)
  if (badName) problems.push(cellTexts[badName](cells.name.address))
  const price = parsePrice(cells.price.text)
  if (cells.price.isDate) problems.push(cellTexts.date(cells.price.address, cells.price.text))
  else if (!price.ok) problems.push(cellTexts[price.problem](cells.price.address, cells.price.text))
  for (const key of ['category', 'code', 'barcode'] as const) {
    const max = key === 'category' ? limits.category : limits.code
    if ([...tidy(cells[key].text)].length > max) problems.push(cellTexts.long(cells[key].address, max))
  }
  if (problems.length > 0 || !price.ok) return { product: null, problems }
  const orNull = (key: ColumnName) => tidy(cells[key].text) || null
  return {
    product: {
      name,
      priceCentimos: price.centimos,
      category: orNull('category'),
      code: orNull('code'),
      barcode: orNull('barcode'),
    },
    problems,
  }
}

/** «Fila 40 repite el código 775… de la fila 12.» Without a code the name must be the only one. */
function repeats(product: ProductInput, row: number, seen: Map<string, number>): string | null {
  const keys: [string, string][] = []
  if (product.code) keys.push([`c:${fold(product.code)}`, `el código ${product.code}`])
  if (product.barcode) keys.push([`b:${fold(product.barcode)}`, `el código de barras ${product.barcode}`])
  if (keys.length === 0) keys.push([`n:${fold(product.name)}`, `«${product.name}»`])
  for (const [key, what] of keys) {
    const first = seen.get(key)
    if (first !== undefined) return `Fila ${row} repite ${what} de la fila ${first}.`
    seen.set(key, row)
  }
  return null
}

export type Imported = { added: number; priced: number }

/** «Guardamos 23 productos nuevos y 4 precios.» */
export function resultText({ added, priced }: Imported): string {
  const fresh = count(added, 'producto nuevo', 'productos nuevos')
  const prices = priced === 1 ? '1 precio' : `${formatCount(priced)} precios`
  if (added > 0 && priced > 0) return `Guardamos ${fresh} y ${prices}.`
  if (added > 0) return `Guardamos ${fresh}.`
  return priced > 0 ? `Guardamos ${prices}.` : 'Tu Excel ya estaba guardado: no cambió nada.'
}

/** The result travels in the address of the next page, as two numbers. */
export const resultQuery = ({ added, priced }: Imported) => `nuevos=${added}&precios=${priced}`

export function resultFrom(query: Record<string, string | undefined>): string | null {
  const [added, priced] = [query.nuevos, query.precios]
  if (!/^\d{1,6}$/.test(added ?? '') || !/^\d{1,6}$/.test(priced ?? '')) return null
  return resultText({ added: Number(added), priced: Number(priced) })
}

type Existing = {
  id: number
  name: string
  code: string | null
  barcode: string | null
  priceCentimos: number
  forSale: boolean
}
export type ImportPlan = {
  added: ProductInput[]
  priced: { id: number; priceCentimos: number }[]
}

/** Matched by code, else by barcode, else by name where no code speaks against it: the price is updated. */
export function planImport(existing: readonly Existing[], rows: readonly ProductInput[]): ImportPlan {
  const byCode = new Map(existing.flatMap((p) => (p.code ? [[fold(p.code), p] as const] : [])))
  const byBarcode = new Map(existing.flatMap((p) => (p.barcode ? [[fold(p.barcode), p] as const] : [])))
  const byName = new Map(existing.flatMap((p) => (p.forSale ? [[fold(p.name), p] as const] : [])))
  const plan: ImportPlan = { added: [], priced: [] }
  for (const row of rows) {
    const named = byName.get(fold(row.name))
    const found =
      (row.code && byCode.get(fold(row.code))) ||
      (row.barcode && byBarcode.get(fold(row.barcode))) ||
      (named && !contradicts(named, row) ? named : undefined)
    if (!found) plan.added.push(row)
    else if (found.priceCentimos !== row.priceCentimos) {
      plan.priced.push({ id: found.id, priceCentimos: row.priceCentimos })
    }
  }
  return plan
}

const contradicts = (product: Existing, row: ProductInput) =>
  Boolean((product.code && row.code) || (product.barcode && row.barcode))
