import type { Method } from '#src/sales/payment.ts'

/** What a key means, by where the till stands. UX.md, section 4, is the map; F3 F5 F6 F7 F10–F12 stay the browser's. */
export type Screen = 'order' | 'payment' | 'charged'
export type Command =
  | { do: 'charge-screen' }
  | { do: 'confirm' }
  | { do: 'back' }
  | { do: 'help' }
  | { do: 'undo' }
  | { do: 'remove-line' }
  | { do: 'more' | 'less' }
  | { do: 'category'; by: 1 | -1 }
  | { do: 'choose'; by: 1 | -1 }
  | { do: 'search' }
  | { do: 'amount' }
  | { do: 'method'; method: Method }

export type Key = {
  key: string
  ctrl: boolean
  alt: boolean
  /** The focus is in a field where this key would type. */
  inField: boolean
  /** The field is the search of the till: arrows, + and − still belong to the order while it is empty. */
  inEmptySearch: boolean
  inSearch: boolean
  /** The focus is on a button or a link: Enter and space press it. */
  onButton: boolean
}

const methods: Record<string, Method> = { e: 'efectivo', y: 'yape', p: 'plin', t: 'tarjeta' }

export function commandFor(screen: Screen, key: Key): Command | null {
  if (key.alt) return null
  if (key.key === 'F2' || (key.ctrl && key.key === 'Enter')) return { do: 'charge-screen' }
  if (key.ctrl) return key.key.toLowerCase() === 'z' && !typing(key) ? { do: 'undo' } : null
  if (key.key === 'Escape') return { do: 'back' }
  if (key.key === '?' && !typing(key)) return { do: 'help' }
  return screen === 'payment' ? paymentCommand(key) : orderCommand(screen, key)
}

function paymentCommand(key: Key): Command | null {
  if (key.key === 'Enter') return key.onButton ? null : { do: 'confirm' }
  const method = methods[key.key.toLowerCase()]
  // The operation number may hold letters; the amount never does.
  if (method && !key.inField) return { do: 'method', method }
  if (/^[0-9.,]$/.test(key.key) && !key.inField) return { do: 'amount' }
  return null
}

function orderCommand(screen: Screen, key: Key): Command | null {
  if (key.key === 'PageDown') return { do: 'category', by: 1 }
  if (key.key === 'PageUp') return { do: 'category', by: -1 }
  if (key.inField && !key.inSearch) return null
  if (key.key === 'ArrowDown') return { do: 'choose', by: 1 }
  if (key.key === 'ArrowUp') return { do: 'choose', by: -1 }
  if (key.key === 'Enter') return key.onButton ? null : { do: 'confirm' }
  if (!typing(key) || key.inEmptySearch) {
    if (key.key === '+') return { do: 'more' }
    if (key.key === '-') return { do: 'less' }
    if (key.key === 'Delete' && screen === 'order') return { do: 'remove-line' }
  }
  if (key.key.length === 1 && key.key !== ' ' && !key.inField) return { do: 'search' }
  return null
}

const typing = (key: Key) => key.inField && !key.inEmptySearch
