import { cashRounding, type Method, type Payment, type Settlement, settle } from '#src/sales/payment.ts'
import { type Affectation, limits, lineIgv, lineTotal, type Totals, totals } from '#src/sales/sale.ts'
import type { StockLeft } from '#src/stock/stock.ts'

/** A product as the server knows it at the instant of the sale. */
export type SoldProduct = {
  id: number
  name: string
  priceCentimos: number
  stepThousandths: number
  unit: 'unidad' | 'kg'
  affectation: Affectation
  tracksStock: boolean
  isSellable: boolean
  /** False while this branch does not have it, though others may. */
  isAvailable: boolean
  /** Only those whose stock is tracked: «1/4 pollo» takes 250 thousandths of «Pollo». */
  components: readonly { productId: number; quantityThousandths: number }[]
}

export type TypedLine = { productId: number; quantityThousandths: number; unitPriceCentimos: number }
export type TypedPayment = {
  method: Method
  amountCentimos?: number | undefined
  receivedCentimos?: number | undefined
  operationNumber?: string | undefined
}
export type TypedSale = { lines: readonly TypedLine[]; payments: readonly TypedPayment[] }

export type ChangedLine = {
  productId: number
  name: string
  unitPriceCentimos: number
  previousCentimos: number
}
export type PricedLine = {
  product: SoldProduct
  quantityThousandths: number
  unitPriceCentimos: number
  affectation: Affectation
  igvCentimos: number
  totalCentimos: number
}
type Settled = Extract<Settlement, { ok: true }>
export type Priced = { ok: true; lines: PricedLine[]; totals: Totals; settlement: Settled }

export type PricingProblem =
  | 'unknown-product'
  | 'product-hidden'
  | 'product-unavailable'
  | 'bad-quantity'
  | 'price-changed'
  | 'total-too-large'
  | Extract<Settlement, { ok: false }>['problem']
/** What the sentence and the till need to say it: whichever apply to the problem. */
export type Refusal<Problem extends string> = {
  ok: false
  problem: Problem
  field?: string
  lines?: ChangedLine[]
  dueCentimos?: number
  missingCentimos?: number
  method?: Method
  /** What the shelves hold of what is not enough. */
  left?: StockLeft[]
}

/**
 * The sale at the server's own prices and rate, or the first rule that stops it. `products` holds those of
 * the lines that exist in this business; anything else is unknown, whoever else may own such an id.
 */
export function priceSale(
  typed: TypedSale,
  products: ReadonlyMap<number, SoldProduct>,
  igvBasisPoints: number,
): Priced | Refusal<PricingProblem> {
  const lines: PricedLine[] = []
  for (const [index, line] of typed.lines.entries()) {
    const product = products.get(line.productId)
    if (!product) return { ok: false, problem: 'unknown-product', field: `lines.${index}.productId` }
    lines.push({
      product,
      quantityThousandths: line.quantityThousandths,
      unitPriceCentimos: product.priceCentimos,
      affectation: product.affectation,
      igvCentimos: 0,
      totalCentimos: lineTotal({ ...line, unitPriceCentimos: product.priceCentimos }),
    })
  }
  return lineProblem(typed, lines) ?? settled(typed, lines, igvBasisPoints)
}

function lineProblem(typed: TypedSale, lines: PricedLine[]): Refusal<PricingProblem> | null {
  const hidden = lines.filter((line) => !line.product.isSellable)
  if (hidden.length > 0) return { ok: false, problem: 'product-hidden', lines: hidden.map(unchanged) }

  const soldOut = lines.filter((line) => !line.product.isAvailable)
  if (soldOut.length > 0) return { ok: false, problem: 'product-unavailable', lines: soldOut.map(unchanged) }

  const uneven = lines.findIndex((line) => line.quantityThousandths % line.product.stepThousandths !== 0)
  if (uneven >= 0) {
    return { ok: false, problem: 'bad-quantity', field: `lines.${uneven}.quantityThousandths` }
  }

  const seen = (index: number) => typed.lines[index]?.unitPriceCentimos ?? 0
  const changed = lines
    .map((line, index) => ({ ...unchanged(line), previousCentimos: seen(index) }))
    .filter((line) => line.unitPriceCentimos !== line.previousCentimos)
  if (changed.length === 0) return null
  const onePerProduct = [...new Map(changed.map((line) => [line.productId, line])).values()]
  return {
    ok: false,
    problem: 'price-changed',
    lines: onePerProduct,
    dueCentimos: due(sum(lines), typed.payments),
  }
}

function settled(
  typed: TypedSale,
  lines: PricedLine[],
  igvBasisPoints: number,
): Priced | Refusal<PricingProblem> {
  const sums = totals(lines, igvBasisPoints)
  if (sums.totalCentimos > limits.totalCentimos)
    return { ok: false, problem: 'total-too-large', field: 'lines' }
  const settlement = settle(sums.totalCentimos, payments(typed.payments))
  if (settlement.ok) {
    const igv = lineIgv(lines, igvBasisPoints)
    const taxed = lines.map((line, index) => ({ ...line, igvCentimos: igv[index] ?? 0 }))
    return { ok: true, lines: taxed, totals: sums, settlement }
  }
  const wallet = typed.payments.find((payment) => payment.method !== 'efectivo')
  return {
    ...settlement,
    field: 'payments',
    dueCentimos: due(sums.totalCentimos, typed.payments),
    ...(wallet ? { method: wallet.method } : {}),
  }
}

/** An omitted amount is 0: what the other payments leave open. */
function payments(typed: readonly TypedPayment[]): Payment[] {
  return typed.map((payment) => ({
    method: payment.method,
    amountCentimos: payment.amountCentimos ?? 0,
    ...(payment.receivedCentimos === undefined ? {} : { receivedCentimos: payment.receivedCentimos }),
    ...(payment.operationNumber ? { operationNumber: payment.operationNumber } : {}),
  }))
}

function due(totalCentimos: number, typed: readonly TypedPayment[]): number {
  if (!typed.some((payment) => payment.method === 'efectivo')) return totalCentimos
  const wallets = typed
    .filter((payment) => payment.method !== 'efectivo')
    .reduce((total, payment) => total + (payment.amountCentimos ?? 0), 0)
  return totalCentimos + cashRounding(Math.max(0, totalCentimos - wallets))
}

const sum = (lines: readonly PricedLine[]) => lines.reduce((total, line) => total + line.totalCentimos, 0)

const unchanged = ({ product }: PricedLine): ChangedLine => ({
  productId: product.id,
  name: product.name,
  unitPriceCentimos: product.priceCentimos,
  previousCentimos: product.priceCentimos,
})
