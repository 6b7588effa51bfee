import { formatAmount } from '#src/lib/money.ts'
import { measureOf, type ProductRow } from './product.ts'

/** A saved product as its form holds it. */
export const valuesOf = (product: ProductRow): Record<string, string> => ({
  name: product.name,
  shortName: product.shortName ?? '',
  price: formatAmount(product.priceCentimos),
  cost: product.costCentimos === null ? '' : formatAmount(product.costCentimos),
  category: product.category ?? '',
  code: product.code ?? '',
  barcode: product.barcode ?? '',
  measure: measureOf(product),
  affectation: product.affectation,
  presentation: product.presentation ?? '',
  emoji: product.emoji ?? '',
  counted: product.forSale ? '' : 'on',
})
