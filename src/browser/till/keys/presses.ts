import type { Method } from '#src/sales/payment.ts'
import type { Channel } from '#src/sales/sale.ts'
import { find } from '../dom.ts'
import { chooseChannel } from '../order/state.ts'
import type { Commands, Parts } from './commands.ts'
import type { Point, Press } from './guard.ts'

/** One ear for taps and clicks; what a button means stands on the button. */
export function listenToPresses(parts: Omit<Parts, 'help'> & { commands: Commands }): void {
  const { desk, menu, selling, charging, search, create, commands } = parts
  const { root } = desk
  const options = find<HTMLDetailsElement>(root, '.till-options')
  /** What the next click comes from; without either it is a screen reader's or a voice's. */
  let point: Point | null = null
  let key: string | null = null

  root.addEventListener(
    'pointerdown',
    (event) => {
      point = { x: event.clientX, y: event.clientY }
      key = null
      charging.guard.pressed(point)
      if (!options.contains(event.target as Node)) options.open = false
    },
    { capture: true },
  )
  document.addEventListener(
    'keydown',
    (event) => {
      point = null
      key = event.key
    },
    { capture: true },
  )

  const pressOf = (button: HTMLElement): Press => {
    if (point) return point
    return key === 'Enter' || key === ' ' ? 'Enter' : { button }
  }

  const actions: Record<string, (press: Press) => void> = {
    'charge-screen': (press) => charging.open(press),
    charge: () => charging.confirm(),
    // «Volver al pedido» comes to lie where «Cobrar» was.
    back: () => (charging.justOpened() ? undefined : charging.back()),
    'next-order': () => charging.next(),
    print: () => charging.print(),
    more: () => selling.step(1),
    less: () => selling.step(-1),
    'remove-line': () => selling.remove(),
    'open-order': () => desk.view('order'),
    'close-order': () => desk.view('tiles'),
    'cancel-weight': () => selling.weight.close(),
    'clear-search': () => {
      search.clear()
      search.focus()
    },
    create: () => {
      const name = find(root, '[data-part="nothing-create"]').dataset.name ?? ''
      create?.open({ name })
    },
    'close-create': () => create?.close(),
    help: () => {
      options.open = false
      commands.run({ do: 'help' })
    },
    'close-help': () => commands.run({ do: 'back' }),
  }

  const press = (button: HTMLElement, by: Press) => {
    selling.commitFigure()
    const { product, category, line, channel, method, note, press: action } = button.dataset
    if (product) {
      const sold = menu.product(Number(product))
      if (sold) selling.add(sold)
    } else if (category) {
      search.clear()
      menu.pickCategory(category)
    } else if (line) selling.openLine(Number(line))
    else if (channel) desk.update(chooseChannel(desk.state(), channel as Channel))
    else if (method) charging.choose(method as Method, by)
    else if (note) charging.note(Number(note))
    else if (action) actions[action]?.(by)
  }

  root.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button') : null
    if (!button) return
    const by = pressOf(button)
    point = null
    key = null
    // The second half of a double tap on a note must not fall on the tile that now lies there.
    if (charging.guard.isEcho(by)) return
    if (by !== 'Enter' && 'button' in by) charging.guard.clicked(button)
    press(button, by)
  })

  const { figure } = desk.order
  figure.addEventListener('focus', () => figure.select())
  figure.addEventListener('change', selling.commitFigure)
  figure.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    figure.blur()
    desk.rest()
  })

  const sound = find<HTMLInputElement>(root, '[data-part="sound"]')
  sound.checked = desk.sound.isOn()
  sound.addEventListener('change', () => desk.sound.turn(sound.checked))
}
