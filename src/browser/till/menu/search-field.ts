import { formatQuantity, parseQuantity } from '#src/lib/quantity.ts'
import type { Desk } from '../desk.ts'
import { find, setText } from '../dom.ts'
import type { Menu } from './menu.ts'

export type SearchField = {
  /** A letter came from anywhere: it lands here, over what was searched before. */
  focus: () => void
  clear: () => void
  isEmpty: () => boolean
  isFocused: () => boolean
}

/** The search of the till; `3*` in it is not a search but «three of the next one». */
export function makeSearchField(desk: Desk, menu: Menu): SearchField {
  const field = find<HTMLInputElement>(desk.root, '[data-part="search"]')
  const times = find(desk.root, '[data-part="times"]')
  const clearButton = find(desk.root, '[data-press="clear-search"]')

  const sync = () => {
    clearButton.hidden = field.value === ''
    menu.searchFor(field.value)
  }

  field.addEventListener('input', () => {
    const multiplier = /^(.+)\*$/.exec(field.value.trim())
    const quantity = multiplier ? parseQuantity(multiplier[1] ?? '') : null
    if (quantity) {
      field.value = ''
      desk.update({ ...desk.state(), times: quantity })
    }
    sync()
  })
  const clear = () => {
    field.value = ''
    sync()
    menu.unmark()
  }
  desk.onSettle(clear)

  desk.onPaint((state) => {
    times.hidden = state.times === null
    if (state.times !== null) setText(times, `${formatQuantity(state.times)} ×`)
  })

  return {
    focus: () => {
      field.focus()
      field.select()
    },
    clear,
    isEmpty: () => field.value.trim() === '',
    isFocused: () => document.activeElement === field,
  }
}
