import { formatSoles } from '#src/lib/money.ts'
import { markOf } from '#src/till/catalogue.ts'
import { type Announcer, makeAnnouncer } from './announcer.ts'
import { find, makeRest, setText } from './dom.ts'
import type { Screen } from './keys/keys.ts'
import { makeOrderPane, type OrderPane } from './order/order-pane.ts'
import { makeOrderStore, type OrderStore } from './order/order-store.ts'
import { startState, type TillState } from './order/state.ts'
import { readSettings, type Settings } from './settings.ts'
import { makeSound, type Sound } from './sound.ts'
import { makeStrip, type Strip } from './strip.ts'
import { notKeptText } from './texts.ts'

/** What every part of the till stands on: the state with its one way to change it, the screens, the voices. */
export type Desk = {
  root: HTMLElement
  settings: Settings
  state: () => TillState
  /** The only way to a new state: kept first, then painted. */
  update: (state: TillState) => void
  /**
   * A state from elsewhere (the copy, another window): painted, not kept again, or two windows would answer
   * each other for ever. With a sale on its way it leads to the payment, whatever the screen.
   */
  adopt: (state: TillState) => void
  onAdopt: (listener: () => void) => void
  /** Takes over what another window has kept meanwhile. */
  reread: () => void
  /** The next order starts; what other windows typed since is part of it. */
  leaveCharged: () => void
  repaint: () => void
  screen: () => Screen
  go: (screen: Screen) => void
  onScreen: (listener: (screen: Screen) => void) => void
  /** After an add and after a charge: nothing searched or marked may be left for the next Enter. */
  settle: () => void
  onSettle: (listener: () => void) => void
  /** Where the focus goes when what held it is gone: never to nowhere. */
  rest: () => void
  /** A phone shows the tiles or the order; a PC both. */
  view: (view: 'tiles' | 'order') => void
  order: OrderPane
  store: OrderStore
  strip: Strip
  say: Announcer
  sound: Sound
  onPaint: (listener: (state: TillState) => void) => void
}

export function makeDesk(root: HTMLElement): Desk {
  const settings = readSettings(root)
  const part = (name: string) => find(root, `[data-part="${name}"]`)
  const strip = makeStrip(root)
  let isToldNotKept = false
  const store = makeOrderStore(
    `${markOf(settings.version)}.${settings.registerId}.${settings.isPractice ? 'practica' : 'venta'}`,
    () => {
      if (!isToldNotKept) strip.show(notKeptText, [], 'amber')
      isToldNotKept = true
    },
  )
  const order = makeOrderPane(root)
  const listeners: ((state: TillState) => void)[] = []
  const screenListeners: ((screen: Screen) => void)[] = []
  const settleListeners: (() => void)[] = []
  const adoptListeners: (() => void)[] = []
  const rest = makeRest(root)
  const previous = part('previous')
  const payment = part('payment')
  const charged = part('charged')
  let state = store.read() ?? startState()

  let isPainting = false
  let isStale = false
  const paint = () => {
    isStale = true
    // A field that is moved while it has the focus speaks («change»), and what it says asks for a paint.
    if (isPainting) return
    isPainting = true
    const focused = document.activeElement
    try {
      while (isStale) {
        isStale = false
        paintOnce()
      }
    } finally {
      isPainting = false
    }
    if (focused !== document.body && document.activeElement === document.body) rest()
  }

  const paintOnce = () => {
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
      // What was sent is what is shown until it is known what became of it.
      if (state.pending !== null && next.pending !== null && next.order !== state.order) return
      state = next
      store.write(state)
      paint()
    },
    adopt: (next) => {
      state = next
      paint()
      for (const listener of adoptListeners) listener()
    },
    onAdopt: (listener) => void adoptListeners.push(listener),
    reread: () => {
      const kept = store.read()
      if (!kept) return
      const isSame =
        JSON.stringify([kept.order, kept.pending]) === JSON.stringify([state.order, state.pending])
      if (!isSame) desk.adopt({ ...kept, times: state.times })
    },
    leaveCharged: () => {
      if (desk.screen() === 'charged') desk.reread()
      if (desk.screen() === 'charged') desk.go('order')
    },
    repaint: paint,
    screen: () => root.dataset.screen as Screen,
    go: (screen) => {
      root.dataset.screen = screen
      payment.hidden = screen !== 'payment'
      charged.hidden = screen !== 'charged'
      order.lock(screen === 'payment')
      for (const listener of screenListeners) listener(screen)
      paint()
      if (screen === 'order') rest()
    },
    onScreen: (listener) => void screenListeners.push(listener),
    settle: () => {
      for (const listener of settleListeners) listener()
    },
    onSettle: (listener) => void settleListeners.push(listener),
    rest,
    view: (view) => {
      root.dataset.view = view
    },
    strip,
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
