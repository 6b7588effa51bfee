import type { Method } from '#src/sales/payment.ts'
import type { Channel } from '#src/sales/sale.ts'
import { find } from '../dom.ts'
import { chooseChannel } from '../order/state.ts'
import type { Commands, Parts } from './commands.ts'

/** One ear for taps and clicks; what a button means stands on the button. */
export function listenToPresses(parts: Omit<Parts, 'help'> & { commands: Commands }): void {
  const { desk, menu, selling, charging, search, commands } = parts
  const { root } = desk
  let lastPoint = { x: 0, y: 0 }

  root.addEventListener(
    'pointerdown',
    (event) => {
      lastPoint = { x: event.clientX, y: event.clientY }
      charging.guard.pressed(lastPoint)
    },
    { capture: true },
  )

  const actions: Record<string, (event: MouseEvent) => void> = {
    'charge-screen': (event) => charging.open(event.detail > 0 ? lastPoint : 'Enter'),
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
    help: () => {
      find<HTMLDetailsElement>(root, '.till-options').open = false
      commands.run({ do: 'help' })
    },
    'close-help': () => commands.run({ do: 'back' }),
  }

  const press = (button: HTMLElement, event: MouseEvent) => {
    const { product, category, line, channel, method, note, press: action } = button.dataset
    if (product) {
      const sold = menu.product(Number(product))
      if (sold) selling.add(sold)
    } else if (category) {
      search.clear()
      menu.pickCategory(category)
    } else if (line) selling.openLine(Number(line))
    else if (channel) desk.update(chooseChannel(desk.state(), channel as Channel))
    else if (method) charging.choose(method as Method)
    else if (note) charging.note(Number(note))
    else if (action) actions[action]?.(event)
  }

  root.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button') : null
    // The second half of a double tap on a note must not fall on the tile that now lies there.
    if (button && !charging.justCharged()) press(button, event)
  })

  const { figure } = desk.order
  figure.addEventListener('focus', () => figure.select())
  figure.addEventListener('change', () => {
    if (!selling.setQuantity(figure.value)) desk.repaint()
  })
  figure.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') figure.blur()
  })

  const sound = find<HTMLInputElement>(root, '[data-part="sound"]')
  sound.checked = desk.sound.isOn()
  sound.addEventListener('change', () => desk.sound.turn(sound.checked))
}
