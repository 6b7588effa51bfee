import type { Create } from '../create/create.ts'
import type { Desk } from '../desk.ts'
import { find } from '../dom.ts'
import type { Menu } from '../menu/menu.ts'
import type { SearchField } from '../menu/search-field.ts'
import type { Selling } from '../order/selling.ts'
import { setOpen } from '../order/state.ts'
import type { Charging } from '../pay/charging.ts'
import type { Help } from './help.ts'
import { listenToKeys } from './keyboard.ts'
import type { Command } from './keys.ts'

export type Parts = {
  desk: Desk
  menu: Menu
  selling: Selling
  charging: Charging
  search: SearchField
  help: Help
  /** null: this person may not change the menu. */
  create: Create | null
}
export type Commands = { run: (command: Command) => void }

/** What starts the next order under the panel of the last sale. */
const beginsNext = new Set<Command['do']>(['search', 'choose'])

/** What a key does, whichever part of the till it concerns. */
export function makeCommands({ desk, menu, selling, charging, search, help, create }: Parts): Commands {
  const options = find<HTMLDetailsElement>(desk.root, '.till-options')

  /** Enter over the tiles: the quantity of the open line, the marked product, or the next sale. */
  const confirmOrder = () => {
    if (desk.screen() === 'charged') return charging.next()
    const { times } = desk.state()
    const chosen = menu.chosen()
    if (times !== null && search.isEmpty() && !chosen) return desk.update(setOpen(desk.state(), times))
    if (!chosen) return
    selling.add(chosen)
    search.clear()
  }

  /** One step, and never a line. */
  const back = () => {
    if (help.isOpen()) return help.close()
    if (create?.isOpen()) return create.close()
    if (options.open) {
      options.open = false
      return
    }
    if (selling.weight.isOpen()) return selling.weight.close()
    if (desk.screen() === 'payment') return charging.back()
    if (desk.state().times !== null) return desk.update({ ...desk.state(), times: null })
    if (!search.isEmpty()) return search.clear()
    if (desk.screen() === 'charged') return charging.next()
    desk.view('tiles')
  }

  const choose = (by: 1 | -1) => {
    const product = menu.move(by)
    if (product) desk.say.polite(product.name)
  }

  const doers: Record<Command['do'], (command: Command) => void> = {
    'charge-screen': () => charging.open(null),
    confirm: () => (desk.screen() === 'payment' ? charging.confirm() : confirmOrder()),
    back,
    help: help.open,
    undo: () => (desk.screen() === 'order' ? selling.undo() : undefined),
    'remove-line': selling.remove,
    more: () => selling.step(1),
    less: () => selling.step(-1),
    category: (command) => {
      if (command.do !== 'category') return
      search.clear()
      menu.moveCategory(command.by)
    },
    choose: (command) => (command.do === 'choose' ? choose(command.by) : undefined),
    search: () => (search.isFocused() ? undefined : search.focus()),
    amount: charging.focusAmount,
    method: (command) => (command.do === 'method' ? charging.choose(command.method, null) : undefined),
  }

  const run = (command: Command): void => {
    if (command.do === 'confirm' && charging.guard.isEcho('Enter')) return
    // A quantity that is typed and not yet taken is part of the order, whatever the key was.
    selling.commitFigure()
    if (desk.screen() === 'charged' && beginsNext.has(command.do)) charging.next()
    doers[command.do](command)
  }

  // Left open it has the keyboard only while the focus is in it.
  const hasMenu = () => options.open && options.contains(document.activeElement)
  desk.onScreen(() => {
    options.open = false
  })
  const hasDialog = () => help.isOpen() || create?.isOpen() === true || selling.weight.isOpen()
  listenToKeys({
    screen: desk.screen,
    isAway: (key) => hasDialog() || (key !== 'F2' && hasMenu()),
    command: run,
    scanned: (code) => {
      if (hasDialog() || desk.state().pending !== null) return desk.sound.notFound()
      selling.commitFigure()
      // One more thing at the last moment: the payment begins again with its total.
      if (desk.screen() === 'payment') charging.back()
      search.clear()
      selling.scan(code)
    },
    typed: charging.guard.typed,
  })
  return { run }
}
