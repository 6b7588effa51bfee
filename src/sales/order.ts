/**
 * The order while it is typed, in the till's page. Each function gives a new order and leaves the old
 * one alone, so that «Deshacer» is the order from before. Plain data: it goes to JSON and comes back.
 */

import { type Affectation, type Channel, limits, type Totals, totals } from './sale.ts'

/** What a tile or a scan knows. */
export type OrderProduct = {
  id: number
  name: string
  priceCentimos: number
  stepThousandths: number
  unit: string
  affectation: Affectation
}
export type OrderLine = {
  productId: number
  name: string
  unitPriceCentimos: number
  quantityThousandths: number
  stepThousandths: number
  unit: string
  affectation: Affectation
}
export type Order = {
  /** Made with the first line, sent when charging: the same order never becomes two sales. */
  requestKey: string | null
  /** The number called out at the counter, 1 to 99. */
  label: number
  channel: Channel
  lines: readonly OrderLine[]
}

export function emptyOrder(label: number, channel: Channel = 'salon'): Order {
  return { requestKey: null, label: wrap(label), channel, lines: [] }
}

/** The order after this one: the next number, 99 → 1. The channel starts again. */
export function nextOrder(order: Order): Order {
  return emptyOrder(order.label + 1)
}

const wrap = (label: number) => ((((label - 1) % 99) + 99) % 99) + 1

/**
 * One tap. The same product joins its line, at today's price; a new one goes to the end. An order or a
 * line that is already full stays as it is (the very same object).
 */
export function addProduct(
  order: Order,
  product: OrderProduct,
  quantityThousandths: number,
  makeKey: () => string,
): Order {
  const line = lineOf(order, product.id)
  const quantity = (line?.quantityThousandths ?? 0) + quantityThousandths
  if (!isQuantity(quantity, product.stepThousandths)) return order
  if (!line && order.lines.length >= limits.lines) return order
  const next: OrderLine = {
    productId: product.id,
    name: product.name,
    unitPriceCentimos: product.priceCentimos,
    quantityThousandths: quantity,
    stepThousandths: product.stepThousandths,
    unit: product.unit,
    affectation: product.affectation,
  }
  const lines = line ? order.lines.map((other) => (other === line ? next : other)) : [...order.lines, next]
  return { ...order, requestKey: order.requestKey ?? makeKey(), lines }
}

/** Null for a product that is not in the order. */
export function lineOf(order: Order, productId: number): OrderLine | null {
  return order.lines.find((line) => line.productId === productId) ?? null
}

/** 0 or less takes the line away; a quantity that the product cannot have changes nothing. */
export function setQuantity(order: Order, productId: number, quantityThousandths: number): Order {
  if (quantityThousandths <= 0) return removeLine(order, productId)
  return withLine(order, productId, (line) =>
    isQuantity(quantityThousandths, line.stepThousandths) ? { ...line, quantityThousandths } : line,
  )
}

/** What is not in the order leaves it as it is (the very same object). */
export function removeLine(order: Order, productId: number): Order {
  if (!lineOf(order, productId)) return order
  return { ...order, lines: order.lines.filter((line) => line.productId !== productId) }
}

export function setChannel(order: Order, channel: Channel): Order {
  return { ...order, channel }
}

/** After «ahora cuesta …»: the same quantities at the server's prices. */
export function reprice(
  order: Order,
  prices: readonly { productId: number; unitPriceCentimos: number }[],
): Order {
  return prices.reduce(
    (sofar, { productId, unitPriceCentimos }) =>
      withLine(sofar, productId, (line) => ({ ...line, unitPriceCentimos })),
    order,
  )
}

export function orderTotals(order: Order, igvBasisPoints: number): Totals {
  return totals(order.lines, igvBasisPoints)
}

/** For «5 productos»: pieces count each, what is weighed or cut in parts counts once a line. */
export function itemCount(order: Order): number {
  return order.lines.reduce((n, line) => n + (wholes(line) ?? 1), 0)
}

const wholes = (line: OrderLine) =>
  line.unit !== 'kg' && line.quantityThousandths % 1000 === 0 ? line.quantityThousandths / 1000 : null

function withLine(order: Order, productId: number, change: (line: OrderLine) => OrderLine): Order {
  return { ...order, lines: order.lines.map((line) => (line.productId === productId ? change(line) : line)) }
}

const isQuantity = (thousandths: number, step: number) =>
  Number.isSafeInteger(thousandths) &&
  thousandths > 0 &&
  thousandths <= limits.quantityThousandths &&
  thousandths % step === 0
