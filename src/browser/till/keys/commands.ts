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
}
export type Commands = { run: (command: Command) => void }

/** What a key does, whichever part of the till it concerns. */
export function makeCommands({ desk, menu, selling, charging, search, help }: Parts): Commands {
  const options = find<HTMLDetailsElement>(desk.root, '.till-options')

  /** Enter over the tiles: the quantity of the open line, the marked product, or the next sale. */
  const confirmOrder = () => {
    const { times } = desk.state()
    const chosen = menu.chosen()
    if (times !== null && search.isEmpty() && !chosen) return desk.update(setOpen(desk.state(), times))
    if (chosen) {
      selling.add(chosen)
      search.clear()
      return
    }
    if (desk.screen() === 'charged') charging.next()
  }

  /** One step, and never a line. */
  const back = () => {
    if (help.isOpen()) return help.close()
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
    method: (command) => (command.do === 'method' ? charging.choose(command.method) : undefined),
  }

  const run = (command: Command): void => {
    if (charging.justCharged() && command.do !== 'search') return
    if (desk.screen() === 'charged' && command.do === 'search') charging.next()
    doers[command.do](command)
  }

  listenToKeys({
    screen: desk.screen,
    isAway: () => help.isOpen() || options.open || selling.weight.isOpen(),
    command: run,
    scanned: (code) => {
      if (help.isOpen() || selling.weight.isOpen() || desk.state().pending !== null)
        return desk.sound.notFound()
      search.clear()
      selling.scan(code)
    },
    typed: charging.guard.typed,
  })
  return { run }
}
