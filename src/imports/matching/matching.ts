import { fold } from '#src/lib/text.ts'
import { tidy } from '#src/products/product.ts'
import type { KnownProduct, PlanOptions } from '../plan.ts'
import type { ImportRow, RowProblem } from '../rows.ts'
import { planProblem } from '../saving/texts.ts'

/** Each row's product; null is one to be made. A row in neither is not among these. */
export type Matched = { matched: Map<ImportRow, KnownProduct | null>; refused: Map<ImportRow, RowProblem> }

/** As the database compares what must be unique: «ñ1» and «N1 » are one. */
export const collated = (text: string) =>
  tidy(text)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')

/** Barcodes as scanners read them: «775 0182-000123» is 7750182000123. */
export const digits = (text: string) => (/^[\d\s-]+$/.test(text) ? text.replace(/[\s-]/g, '') : text)

/** As people compare names: «PAPAS FRITAS» and «Papas  fritas» are one, «pina» and «piña» are not. */
const named = (text: string) => fold(tidy(text))

/**
 * By the owner's choice first, for every row; then, for a row or a product that does not carry that key, by what
 * both of them do carry and nothing speaks against. So a list with codes finds the products that were typed
 * without one, and the same list again finds itself.
 */
export function matchRows(
  rows: readonly ImportRow[],
  known: readonly KnownProduct[],
  options: PlanOptions,
): Matched {
  const shelves = shelvesOf(known)
  const result: Matched = { matched: new Map(), refused: new Map() }
  const takenBy = new Map<KnownProduct, Told>()
  const take = (told: Told, { product }: Shelved) => {
    result.matched.set(told.row, product)
    takenBy.set(product, told)
  }
  const rest: Told[] = []
  for (const row of rows) {
    const told = toldBy(row)
    const found = byChoice(told, shelves, options)
    const earlier = found && takenBy.get(found.product)
    if (!found) rest.push(told)
    else if (earlier) result.refused.set(row, planProblem.repeated(row, earlier.row, options))
    else take(told, found)
  }
  // Codes before names, whatever the order of the rows: a product that a row gives another name is no longer
  // one of those that share the old one.
  const unclear = rest.filter((told) => {
    const found = byOtherKey(told, shelves, options)
    if (!found || takenBy.has(found.product)) return true
    take(told, found)
    return false
  })
  const fresh = new Map<string, Told[]>()
  for (const told of unclear) {
    const { row, name } = told
    const candidates = otherwise(told, shelves, options)
    const free = best(
      candidates.filter(({ product }) => !takenBy.has(product)),
      told,
    )
    const twin = () =>
      // Only under the same name: a row that gives the product another one leaves this name free.
      candidates
        .map(({ product }) => takenBy.get(product))
        .find((other) => other && other.name === name && !differ(other, told)) ??
      fresh.get(name)?.find((other) => !differ(other, told))
    if (free.length === 1) take(told, free[0]!)
    else {
      const problem = newProblem(row, free.length, twin, options)
      if (problem) result.refused.set(row, problem)
      else {
        result.matched.set(row, null)
        const same = fresh.get(name)
        if (same) same.push(told)
        else fresh.set(name, [told])
      }
    }
  }
  return result
}

/** Why a row is no new product. `free`: of how many it could be one as well as another. */
function newProblem(row: ImportRow, free: number, twin: () => Told | undefined, options: PlanOptions) {
  if (free > 1) return planProblem.ambiguous(row, free, options)
  if (row.values.name === undefined) return planProblem.missing(row, 'name', options)
  const other = twin()
  if (other) return planProblem.repeated(row, other.row, options)
  return row.values.priceCentimos === undefined ? planProblem.missing(row, 'price', options) : null
}

/** Codes as they are compared; '' for none. */
type Codes = { code: string; barcode: string }
type Told = Codes & { row: ImportRow; name: string }
type Shelved = Codes & { product: KnownProduct }

const codesOf = ({ code, barcode }: { code?: string | null; barcode?: string | null }): Codes => ({
  code: collated(code ?? ''),
  barcode: collated(digits(barcode ?? '')),
})

const toldBy = (row: ImportRow): Told => ({ row, name: named(row.values.name ?? ''), ...codesOf(row.values) })

type Shelves = {
  code: Map<string, Shelved>
  barcode: Map<string, Shelved>
  name: Map<string, Shelved[]>
}

function shelvesOf(known: readonly KnownProduct[]): Shelves {
  const shelves: Shelves = { code: new Map(), barcode: new Map(), name: new Map() }
  for (const product of known) {
    if (!product.forSale) continue
    const shelved: Shelved = { product, ...codesOf(product) }
    if (shelved.code) shelves.code.set(shelved.code, shelved)
    if (shelved.barcode) shelves.barcode.set(shelved.barcode, shelved)
    const name = named(product.name)
    const same = shelves.name.get(name)
    if (same) same.push(shelved)
    else shelves.name.set(name, [shelved])
  }
  return shelves
}

/** Two codes, or two barcodes, that are not the same: not one product. */
const differ = (a: Codes, b: Codes) =>
  (a.code !== '' && b.code !== '' && a.code !== b.code) ||
  (a.barcode !== '' && b.barcode !== '' && a.barcode !== b.barcode)
const agree = (a: Codes, b: Codes) =>
  (a.code !== '' && a.code === b.code) || (a.barcode !== '' && a.barcode === b.barcode)

function byChoice(told: Told, shelves: Shelves, { matchBy }: PlanOptions): Shelved | undefined {
  if (matchBy !== 'name') return shelves[matchBy].get(told[matchBy])
  return shelves.name.get(told.name)?.find((shelved) => agree(shelved, told))
}

function otherwise(told: Told, shelves: Shelves, { matchBy }: PlanOptions): Shelved[] {
  const same = (told.name !== '' && shelves.name.get(told.name)) || []
  if (matchBy === 'name') return same
  const other = byOtherKey(told, shelves, { matchBy })
  return other ? [other] : same.filter((shelved) => !differ(shelved, told))
}

/** The barcode where the owner chose the code, and the other way round. */
function byOtherKey(told: Told, shelves: Shelves, { matchBy }: Pick<PlanOptions, 'matchBy'>): Shelved | null {
  if (matchBy === 'name') return null
  const key = matchBy === 'code' ? 'barcode' : 'code'
  const other = shelves[key].get(told[key])
  return other && !differ(other, told) ? other : null
}

/** Those that nothing speaks against before the others, those on sale before the hidden ones. */
function best(candidates: Shelved[], told: Told): Shelved[] {
  if (candidates.length < 2) return candidates
  const fitting = candidates.filter((shelved) => !differ(shelved, told))
  const some = fitting.length > 0 ? fitting : candidates
  const active = some.filter(({ product }) => product.active)
  return active.length > 0 ? active : some
}
