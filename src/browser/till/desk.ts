import { formatSoles } from '#src/lib/money.ts'
import { type Announcer, makeAnnouncer } from './announcer.ts'
import { find, setText } from './dom.ts'
import type { Screen } from './keys/keys.ts'
import { makeOrderPane, type OrderPane } from './order/order-pane.ts'
import { makeOrderStore, type OrderStore } from './order/order-store.ts'
import { startState, type TillState } from './order/state.ts'
import { makeSound, type Sound } from './sound.ts'
import { makeStrip, type Strip } from './strip.ts'

/** What every part of the till stands on: the state with its one way to change it, the screens, the voices. */
export type Desk = {
  root: HTMLElement
  settings: Settings
  state: () => TillState
  /** The only way to a new state: kept first, then painted. */
  update: (state: TillState) => void
  /** Another window wrote it already: painted, not kept again (two windows would answer each other for ever). */
  adopt: (state: TillState) => void
  repaint: () => void
  screen: () => Screen
  go: (screen: Screen) => void
  /** A phone shows the tiles or the order; a PC both. */
  view: (view: 'tiles' | 'order') => void
  order: OrderPane
  store: OrderStore
  strip: Strip
  say: Announcer
  sound: Sound
  onPaint: (listener: (state: TillState) => void) => void
}

export type Settings = {
  registerId: number
  branchId: number
  letter: string
  version: string
  isPractice: boolean
  /** May change the menu: only then an unknown code offers «Crear producto». */
  isManager: boolean
  salesPath: string
}

export function makeDesk(root: HTMLElement): Desk {
  const settings = readSettings(root)
  const part = (name: string) => find(root, `[data-part="${name}"]`)
  const store = makeOrderStore(
    `${settings.version.split('-')[0]}.${settings.registerId}.${settings.isPractice ? 'practica' : 'venta'}`,
  )
  const order = makeOrderPane(root)
  const listeners: ((state: TillState) => void)[] = []
  const previous = part('previous')
  const payment = part('payment')
  const charged = part('charged')
  let state = store.read() ?? startState()

  const paint = () => {
    order.paint(state, settings.letter)
    for (const listener of listeners) listener(state)
    previous.hidden = state.previousChangeCentimos === null || root.dataset.screen !== 'order'
    root.classList.toggle('has-change', !previous.hidden)
    setText(previous, `Vuelto de la venta anterior: ${formatSoles(state.previousChangeCentimos ?? 0)}`)
  }

  const desk: Desk = {
    root,
    settings,
    store,
    order,
    state: () => state,
    update: (next) => {
      if (next === state) return
      state = next
      store.write(state)
      paint()
    },
    adopt: (next) => {
      state = next
      paint()
    },
    repaint: paint,
    screen: () => root.dataset.screen as Screen,
    go: (screen) => {
      root.dataset.screen = screen
      payment.hidden = screen !== 'payment'
      charged.hidden = screen !== 'charged'
      order.lock(screen === 'payment')
      paint()
    },
    view: (view) => {
      root.dataset.view = view
    },
    strip: makeStrip(root),
    say: makeAnnouncer(part('polite'), part('assertive')),
    sound: makeSound(),
    onPaint: (listener) => {
      listeners.push(listener)
      listener(state)
    },
  }
  paint()
  return desk
}

function readSettings(root: HTMLElement): Settings {
  const isPractice = root.dataset.mode === 'practica'
  return {
    registerId: Number(root.dataset.register),
    branchId: Number(root.dataset.branch),
    letter: root.dataset.letter ?? '',
    version: root.dataset.version ?? '',
    isPractice,
    isManager: root.dataset.manager === 'yes',
    salesPath: isPractice ? '/pos/practica' : '/pos/ventas',
  }
}
