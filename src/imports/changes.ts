import { tidy } from '#src/products/product.ts'
import { collated, digits } from './matching/matching.ts'
import type { KnownProduct, PlanOptions } from './plan.ts'
import type { ImportRow, ImportValues, RowProblem } from './rows.ts'
import { planProblem } from './saving/texts.ts'

/** Some of what a product is, in the words of a file; a field that is absent is not spoken of. */
export type ProductState = Omit<ImportValues, 'stockThousandths'> & {
  stockThousandths?: number | null
  /** Only an undo hides, and only a file that names the product again shows it. */
  active?: boolean
}

/** What the row would make different. A name by which the product was found stays as it is written. */
export function changesOf(
  { values }: ImportRow,
  product: KnownProduct,
  { matchBy, stockMode }: Pick<PlanOptions, 'matchBy' | 'stockMode'>,
): { changes: ProductState; before: ProductState } {
  const changes: ProductState = {}
  const before: ProductState = {}
  const set = <K extends keyof ProductState>(key: K, to: ProductState[K], from: ProductState[K]) => {
    if (to === undefined || to === from) return
    changes[key] = to
    before[key] = from
  }
  const isOther = (to: string | null | undefined, from: string | null) =>
    to !== undefined && collated(to ?? '') !== collated(from ?? '')

  if (matchBy !== 'name' && values.name !== tidy(product.name)) set('name', values.name, product.name)
  set('priceCentimos', values.priceCentimos, product.priceCentimos)
  if (isOther(values.category, product.categoryName)) set('category', values.category, product.categoryName)
  if (isOther(values.code, product.code)) set('code', values.code, product.code)
  if (isOther(values.barcode, product.barcode && digits(product.barcode)))
    set('barcode', values.barcode, product.barcode)
  set('costCentimos', values.costCentimos, product.costCentimos)
  set('unit', values.unit, product.unit)
  set('affectation', values.affectation, product.affectation)
  if (values.presentation !== undefined && (values.presentation ?? '') !== tidy(product.presentation ?? '')) {
    set('presentation', values.presentation, product.presentation)
  }
  set('favourite', values.favourite, product.favourite)
  set('available', values.available, product.available)
  set('stockThousandths', stockAfter(values.stockThousandths, product, stockMode), product.stockThousandths)
  if (product.comesBack && !product.active) set('active', true, false)
  return { changes, before }
}

function stockAfter(said: number | undefined, product: KnownProduct, mode: PlanOptions['stockMode']) {
  if (said === undefined) return undefined
  if (mode === 'set') return said
  return said === 0 && product.stockThousandths === null ? undefined : (product.stockThousandths ?? 0) + said
}

/** Half a bottle of what is sold by the bottle: no sale would ever use it up. */
export function unevenStock(
  row: ImportRow,
  product: KnownProduct | null,
  options: PlanOptions,
): RowProblem | null {
  const { unit, stockThousandths } = row.values
  if (unit === undefined && stockThousandths === undefined) return null
  const isOtherUnit = unit !== undefined && unit !== product?.unit
  const step = isOtherUnit || !product ? stepOf(unit ?? 'unidad') : product.stepThousandths
  const level = product
    ? (stockAfter(stockThousandths, product, options.stockMode) ?? product.stockThousandths)
    : stockThousandths
  const isEven = (level ?? 0) % step === 0 || (stockThousandths === undefined && !isOtherUnit)
  return isEven ? null : planProblem.uneven(row, level ?? 0, step, options)
}

/** What a kilo or a piece is sold in steps of, in thousandths. */
export const stepOf = (unit: 'unidad' | 'kg') => (unit === 'kg' ? 1 : 1000)

export const isEmpty = (changes: ProductState) => Object.keys(changes).length === 0
