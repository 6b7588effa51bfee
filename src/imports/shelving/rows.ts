import { type ProductState, stepOf } from '../changes.ts'
import type { ImportValues } from '../rows.ts'

/** The columns of a product that an import may write. */
export type ProductColumns = {
  name: string
  priceCentimos: number
  categoryId: number | null
  code: string | null
  barcode: string | null
  costCentimos: number | null
  unit: 'unidad' | 'kg'
  stepThousandths: number
  affectation: '10' | '20' | '30'
  presentation: string | null
  favouritePosition: number | null
  tracksStock: boolean
  active: boolean
  fromMenu: boolean
}

/** What an import made of one product, or found in its place: only what it wrote. */
export type Snapshot = {
  columns: Partial<ProductColumns>
  /** null: it had no level there. */
  stock?: { branchId: number; quantityThousandths: number | null }
  available?: { branchId: number; isAvailable: boolean }
}

/** Resolves what a file says by name; favourites take their places in the order of the file. */
export type Resolver = {
  categoryId(name: string): number
  nextFavourite(): number
}

export function newColumns(values: ImportValues, resolve: Resolver): ProductColumns {
  const { name, priceCentimos } = values
  if (name === undefined || priceCentimos === undefined)
    throw new Error('a new product without name or price')
  const unit = values.unit ?? 'unidad'
  return {
    name,
    priceCentimos,
    categoryId: values.category ? resolve.categoryId(values.category) : null,
    code: values.code ?? null,
    barcode: values.barcode ?? null,
    costCentimos: values.costCentimos ?? null,
    unit,
    stepThousandths: stepOf(unit),
    affectation: values.affectation ?? '10',
    presentation: values.presentation ?? null,
    favouritePosition: values.favourite ? resolve.nextFavourite() : null,
    tracksStock: values.stockThousandths !== undefined,
    active: true,
    fromMenu: false,
  }
}

/** The columns that these changes write. Whatever a file changes is no longer the menu's example. */
export function changedColumns(changes: ProductState, now: ProductColumns, resolve: Resolver) {
  const { category, favourite, available, stockThousandths, ...plain } = changes
  const columns: Partial<ProductColumns> = { ...plain }
  if (category !== undefined) columns.categoryId = category === null ? null : resolve.categoryId(category)
  if (favourite !== undefined) columns.favouritePosition = favourite ? resolve.nextFavourite() : null
  if (changes.unit !== undefined) columns.stepThousandths = stepOf(changes.unit)
  if (stockThousandths !== undefined && !now.tracksStock) columns.tracksStock = true
  if (now.fromMenu) columns.fromMenu = false
  return columns
}

/** The same columns as they were. */
export function columnsBefore(
  now: ProductColumns,
  written: Partial<ProductColumns>,
): Partial<ProductColumns> {
  const keys = Object.keys(written) as (keyof ProductColumns)[]
  return Object.fromEntries(keys.map((key) => [key, now[key]]))
}
