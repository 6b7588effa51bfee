import type { Order } from '#src/sales/order.ts'
import { readOrder } from '#src/sales/saved-order.ts'
import { readValue, writeValue } from '../idb.ts'
import { readLocal, writeLocal } from '../local.ts'
import { startState, type TillState } from './state.ts'

/**
 * Where the order outlives the page: localStorage at once (a crash a moment later loses nothing), and
 * IndexedDB behind it, which survives where the first was full or cleared.
 */
type Saved = {
  order: Order
  open: number | null
  pending: string | null
  previousChangeCentimos: number | null
}

export type OrderStore = {
  /** What stands in the page's own storage, without waiting. */
  read: () => TillState | null
  /** The copy in IndexedDB, for when the first is gone. */
  readCopy: () => Promise<TillState | null>
  write: (state: TillState) => void
  /** Another window of the same till has written: this is now the order. */
  onOtherWindow: (listener: (state: TillState) => void) => void
}

const copyAfterMs = 250

/**
 * `scope` names business, register and mode: two businesses on one computer never see each other's order.
 * `notKept`: neither place took the order.
 */
export function makeOrderStore(scope: string, notKept: () => void): OrderStore {
  const key = `smartket.order.${scope}`
  let copying: ReturnType<typeof setTimeout> | undefined
  return {
    read: () => parse(readLocal(key)),
    readCopy: async () => parse(await readValue<string>(key)),
    write: (state) => {
      const text = JSON.stringify(toSaved(state))
      const isKept = writeLocal(key, text)
      clearTimeout(copying)
      copying = setTimeout(async () => {
        const isCopied = await writeValue(key, text)
        if (!isKept && !isCopied) notKept()
      }, copyAfterMs)
    },
    onOtherWindow: (listener) =>
      addEventListener('storage', (event) => {
        const state = event.key === key ? parse(event.newValue) : null
        if (state) listener(state)
      }),
  }
}

const toSaved = ({ order, open, pending, previousChangeCentimos }: TillState): Saved => ({
  order,
  open,
  pending,
  previousChangeCentimos,
})

/** Anything that is not an order of this shape is thrown away rather than sold. */
export function parse(text: string | null): TillState | null {
  if (!text) return null
  try {
    const saved = JSON.parse(text) as Partial<Record<keyof Saved, unknown>> | null
    const order = readOrder(saved?.order)
    if (!saved || !order) return null
    return {
      ...startState(),
      order,
      open: order.lines.find((line) => line.productId === saved.open)?.productId ?? null,
      pending: isOfOrder(saved.pending, order) ? saved.pending : null,
      previousChangeCentimos: isWhole(saved.previousChangeCentimos) ? saved.previousChangeCentimos : null,
    }
  } catch {
    return null
  }
}

/** The body of a sale of this very order; another one would charge what nobody sees. */
function isOfOrder(pending: unknown, { requestKey }: Order): pending is string {
  if (typeof pending !== 'string' || requestKey === null) return false
  try {
    return (JSON.parse(pending) as { requestKey?: unknown } | null)?.requestKey === requestKey
  } catch {
    return false
  }
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
