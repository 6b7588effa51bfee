import { tidy } from '#src/products/product.ts'
import { changesOf, isEmpty, type ProductState, unevenStock } from './changes.ts'
import { matchRows } from './matching/matching.ts'
import { settleCodes } from './matching/taken.ts'
import type { ImportRow } from './rows.ts'

export type MatchBy = 'code' | 'barcode' | 'name'
/** `set`: the file says how much there is. `add`: it says how much came in. */
export type StockMode = 'set' | 'add'

/** A product as an import compares it. `stockThousandths` is null where stock is not counted. */
export type KnownProduct = {
  id: number
  name: string
  code: string | null
  barcode: string | null
  priceCentimos: number
  categoryName: string | null
  costCentimos: number | null
  unit: 'unidad' | 'kg'
  affectation: '10' | '20' | '30'
  presentation: string | null
  favourite: boolean
  available: boolean
  stockThousandths: number | null
  /** Stock is a multiple of this: 1000 for pieces, 1 for kilos, 125 for eighths. */
  stepThousandths: number
  active: boolean
  /** False for what is only counted («Pollo»): no row is ever about it, and its code is taken all the same. */
  forSale: boolean
  fromMenu: boolean
  /** Sold, or its stock moved: its history keeps it. */
  isSold: boolean
  /** Hidden by the undoing of an import, not by a person: a file that names it brings it back. */
  comesBack: boolean
}

export type ChangedProduct = {
  row: ImportRow
  product: KnownProduct
  /** Only what is different, as it will be and as it is. Stock is the level, also where the file adds. */
  changes: ProductState
  before: ProductState
}

export type Plan = {
  created: ImportRow[]
  changed: ChangedProduct[]
  same: { row: ImportRow; product: KnownProduct }[]
  refused: ImportRow[]
  summary: Summary
}

export type Summary = {
  created: number
  priceChanged: number
  otherChanged: number
  same: number
  refused: number
}

export type PlanOptions = {
  matchBy: MatchBy
  stockMode: StockMode
  /** «C18» of a row's field; without it the sentences say «Fila 18». */
  cellOf?: (row: number, field: 'name' | 'price' | 'code' | 'barcode' | 'stock') => string | null
}

/**
 * What saving these rows would do to these products. A row does it whole or not at all: its problems, and those
 * that only the shelves tell (a code that is another product's), put it among the refused.
 */
export function makePlan(
  rows: readonly ImportRow[],
  known: readonly KnownProduct[],
  options: PlanOptions,
): Plan {
  const { matched, refused } = matchRows(
    rows.filter((row) => row.problems.length === 0),
    known,
    options,
  )
  const settled = settleCodes(matched, known, options)
  const refusedRows = new Map([...refused, ...settled.refused])
  const plan: Omit<Plan, 'summary'> = { created: [], changed: [], same: [], refused: [] }
  for (const row of rows) {
    const product = matched.get(row) ?? null
    const problem = refusedRows.get(row) ?? (matched.has(row) ? unevenStock(row, product, options) : null)
    if (problem || row.problems.length > 0) {
      plan.refused.push(problem ? { ...row, problems: [...row.problems, problem] } : row)
    } else if (!product) plan.created.push(row)
    else {
      const { changes, before } = changesOf(row, product, options)
      if (isEmpty(changes)) plan.same.push({ row, product })
      else plan.changed.push({ row, product, changes, before })
    }
  }
  return { ...plan, summary: summaryOf(plan) }
}

function summaryOf({ created, changed, same, refused }: Omit<Plan, 'summary'>): Summary {
  const priceChanged = changed.filter(({ changes }) => changes.priceCentimos !== undefined).length
  return {
    created: created.length,
    priceChanged,
    otherChanged: changed.length - priceChanged,
    same: same.length,
    refused: refused.length,
  }
}

/** The code where every row has one and no two the same, else the barcode, else the name. */
export function guessMatchBy(rows: readonly ImportRow[]): MatchBy {
  const isKey = (key: 'code' | 'barcode') => {
    const values = rows.flatMap((row) => row.values[key] || [])
    return rows.length > 0 && values.length === rows.length && new Set(values.map(tidy)).size === rows.length
  }
  return isKey('code') ? 'code' : isKey('barcode') ? 'barcode' : 'name'
}

/** The row that the template shows how to fill in is nobody's product. */
export const exampleName = 'EJEMPLO: Gaseosa 1.5 L (esta fila no se carga)'
export const isExample = (row: ImportRow) =>
  row.values.name !== undefined && /^ejemplo:/i.test(row.values.name)
