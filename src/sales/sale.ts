/**
 * What a sale costs and how it is paid. This very file also runs in the till's page: the server prices
 * everything again with the same rules. Amounts in céntimos, quantities in thousandths, prices with tax.
 */

import { mulDiv } from '#src/lib/money.ts'
import { maxQuantityThousandths } from '#src/lib/quantity.ts'

export {
  cashRounding,
  cashSuggestions,
  type Method,
  type Payment,
  type SettledPayment,
  type Settlement,
  type SettlementProblem,
  settle,
} from './payment.ts'

/** SUNAT's catalogue 07: 10 gravado, 20 exonerado, 30 inafecto. */
export type Affectation = '10' | '20' | '30'
export type Channel = 'salon' | 'llevar' | 'delivery' | 'rappi' | 'pedidosya' | 'didi'
export type PricedLine = {
  unitPriceCentimos: number
  quantityThousandths: number
  affectation: Affectation
}
export type Totals = {
  /** The base of the taxed lines, without the tax. */
  gravadoCentimos: number
  exoneradoCentimos: number
  inafectoCentimos: number
  igvCentimos: number
  totalCentimos: number
}

/** 200 lines, 9,999 pieces or kilos a line, S/ 1,000,000.00 a sale. */
export const limits = {
  lines: 200,
  quantityThousandths: maxQuantityThousandths,
  totalCentimos: 100_000_000,
} as const

export function lineTotal(line: Pick<PricedLine, 'unitPriceCentimos' | 'quantityThousandths'>): number {
  return mulDiv(line.unitPriceCentimos, line.quantityThousandths, 1000)
}

/**
 * The tax is inside the price, so it is taken out of the total of the taxed lines, once for the sale:
 * base = round2(total ÷ (1 + rate)), igv = total − base (PERU.md, section 4). With 0 basis points
 * nothing is taken out.
 */
export function totals(lines: readonly PricedLine[], igvBasisPoints: number): Totals {
  const sums = { '10': 0, '20': 0, '30': 0 }
  for (const line of lines) sums[line.affectation] += lineTotal(line)
  const igvCentimos = igvInside(sums['10'], igvBasisPoints)
  return {
    gravadoCentimos: sums['10'] - igvCentimos,
    exoneradoCentimos: sums['20'],
    inafectoCentimos: sums['30'],
    igvCentimos,
    totalCentimos: sums['10'] + sums['20'] + sums['30'],
  }
}

/**
 * The tax of each line, in their order. A line's tax is what it adds to the tax of the lines before it:
 * so they always add up to the sale's, and none is off by more than a céntimo.
 */
export function lineIgv(lines: readonly PricedLine[], igvBasisPoints: number): number[] {
  let taxed = 0
  let told = 0
  return lines.map((line) => {
    if (line.affectation !== '10') return 0
    taxed += lineTotal(line)
    const igv = igvInside(taxed, igvBasisPoints) - told
    told += igv
    return igv
  })
}

const igvInside = (totalCentimos: number, igvBasisPoints: number) =>
  totalCentimos - mulDiv(totalCentimos, 10_000, 10_000 + igvBasisPoints)
