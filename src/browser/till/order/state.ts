import {
  addProduct,
  emptyOrder,
  lineOf,
  nextOrder,
  type Order,
  type OrderLine,
  type OrderProduct,
  removeLine,
  reprice,
  setChannel,
  setQuantity,
} from '#src/sales/order.ts'
import type { Channel } from '#src/sales/sale.ts'

/** All that a reload must bring back, and what the hands are doing. Pure: each function gives a new state. */
export type TillState = {
  order: Order
  /** The product whose line is open, with its − and ＋. */
  open: number | null
  /** What Ctrl+Z goes back to, newest last. */
  past: readonly Order[]
  /** After `3*`: the next product goes in three times. In thousandths. */
  times: number | null
  /** The exact body of a sale that was sent and not answered: it is sent again as it is, or not at all. */
  pending: string | null
  /** «Vuelto de la venta anterior», until the next charge. */
  previousChangeCentimos: number | null
}

/** Steps that Ctrl+Z remembers. */
const remembered = 50

export function startState(label = 1): TillState {
  return {
    order: emptyOrder(label),
    open: null,
    past: [],
    times: null,
    pending: null,
    previousChangeCentimos: null,
  }
}

/** One tap or scan: once, or as often as was typed before `*`. A full line stays as it is. */
export function add(
  state: TillState,
  product: OrderProduct,
  makeKey: () => string,
  quantityThousandths?: number,
): TillState {
  const quantity = quantityThousandths ?? state.times ?? onePress(product.stepThousandths)
  const order = addProduct(state.order, product, quantity, makeKey)
  return { ...changed(state, order), open: product.id, times: null }
}

/** − and ＋ of the open line; − on the last one takes the line away. */
export function stepOpen(state: TillState, direction: 1 | -1): TillState {
  const line = openLine(state)
  if (!line) return state
  const quantity = line.quantityThousandths + direction * stepOf(line)
  return quantity <= 0
    ? removeOpen(state)
    : changed(state, setQuantity(state.order, line.productId, quantity))
}

/** `3*` and Enter, or a figure typed over the quantity. */
export function setOpen(state: TillState, quantityThousandths: number): TillState {
  const line = openLine(state)
  if (!line) return { ...state, times: null }
  return { ...changed(state, setQuantity(state.order, line.productId, quantityThousandths)), times: null }
}

/** The line before it (or after) opens, so that the hands can go on. */
export function removeOpen(state: TillState): TillState {
  const line = openLine(state)
  if (!line) return state
  const position = state.order.lines.indexOf(line)
  const order = removeLine(state.order, line.productId)
  const neighbour = order.lines[Math.max(0, position - 1)]
  return { ...changed(state, order), open: neighbour?.productId ?? null }
}

export function undo(state: TillState): TillState {
  const before = state.past[state.past.length - 1]
  if (!before) return state
  const open =
    before.lines.find((line) => line.productId === state.open) ?? before.lines[before.lines.length - 1]
  return {
    ...state,
    order: before,
    past: state.past.slice(0, -1),
    open: open?.productId ?? null,
    times: null,
  }
}

export function chooseChannel(state: TillState, channel: Channel): TillState {
  return changed(state, setChannel(state.order, channel))
}

/** A price that changed is a fact of the shop: Ctrl+Z does not bring the old one back. */
export function takePrices(
  state: TillState,
  prices: readonly { productId: number; unitPriceCentimos: number }[],
): TillState {
  return { ...state, order: reprice(state.order, prices), past: [] }
}

/** The money is in: the next order stands ready, and the change stays in sight. */
export function charged(state: TillState, changeCentimos: number): TillState {
  return { ...startState(), order: nextOrder(state.order), previousChangeCentimos: changeCentimos || null }
}

export function openLine(state: TillState): OrderLine | null {
  return state.open === null ? null : lineOf(state.order, state.open)
}

/** What − and ＋ move: a piece, an eighth of a chicken, a hundred grams. */
export function stepOf(line: Pick<OrderLine, 'unit' | 'stepThousandths'>): number {
  return line.unit === 'kg' ? Math.max(100, line.stepThousandths) : line.stepThousandths
}

function changed(state: TillState, order: Order): TillState {
  if (order === state.order) return state
  return { ...state, order, past: [...state.past.slice(1 - remembered), state.order] }
}

/** A tap sells one whole where the product allows it: an eighth is a tile of its own. */
const onePress = (step: number) => (1000 % step === 0 ? 1000 : step)
