import type { Order } from '#src/sales/order.ts'
import { readValue, writeValue } from '../idb.ts'
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

/** `scope` names business, register and mode: two businesses on one computer never see each other's order. */
export function makeOrderStore(scope: string): OrderStore {
  const key = `smartket.order.${scope}`
  let copying: ReturnType<typeof setTimeout> | undefined
  return {
    read: () => parse(readLocal(key)),
    readCopy: async () => parse(await readValue<string>(key)),
    write: (state) => {
      const text = JSON.stringify(toSaved(state))
      writeLocal(key, text)
      clearTimeout(copying)
      copying = setTimeout(() => void writeValue(key, text), copyAfterMs)
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
    const saved = JSON.parse(text) as Partial<Saved>
    const order = saved.order
    if (!order || !Array.isArray(order.lines) || typeof order.label !== 'number') return null
    return {
      ...startState(),
      order,
      open: saved.open ?? null,
      pending: saved.pending ?? null,
      previousChangeCentimos: saved.previousChangeCentimos ?? null,
    }
  } catch {
    return null
  }
}

function readLocal(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function writeLocal(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {
    // Full or forbidden: an old order there would come back instead of this one.
    try {
      localStorage.removeItem(key)
    } catch {
      // Forbidden altogether: IndexedDB alone keeps the order.
    }
  }
}
