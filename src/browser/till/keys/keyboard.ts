import { isTextField } from '../dom.ts'
import { type Command, commandFor, type Screen } from './keys.ts'
import { makeScanner } from './scanner.ts'

export type KeyboardListener = {
  screen: () => Screen
  /** True while a dialog or the menu has the keyboard. */
  isAway: (key: string) => boolean
  command: (command: Command) => void
  scanned: (code: string) => void
  typed: (key: string) => void
}

/** One ear for keyboard and scanner, wherever the focus is. */
export function listenToKeys(listener: KeyboardListener): void {
  const scanner = makeScanner()
  let before: { field: HTMLInputElement; value: string } | null = null

  document.addEventListener(
    'keydown',
    (event) => {
      if (event.isComposing) return
      const field = isTextField(document.activeElement) ? document.activeElement : null
      if (!event.ctrlKey && !event.altKey && !event.metaKey) {
        const heard = scanner.press({ key: event.key, at: event.timeStamp })
        // What stood in the field before a burst: a scanner types into it before anyone knows that it is one.
        if (scanner.justBegan()) before = field && { field, value: field.value }
        if (heard.kind !== 'nothing') {
          stop(event)
          if (heard.kind === 'code') {
            restore(before, heard.code)
            listener.scanned(heard.code)
          }
          return
        }
      }
      listener.typed(event.key)
      if (listener.isAway(event.key) && event.key !== 'Escape') return
      const command = commandFor(listener.screen(), describe(event, field))
      if (!command) return
      // A key held down steps a quantity; it never charges, opens or goes back.
      if (event.repeat && !repeatable.has(command.do)) return stop(event)
      if (command.do !== 'search' && command.do !== 'amount') stop(event)
      listener.command(command)
    },
    { capture: true },
  )

  const describe = (event: KeyboardEvent, field: HTMLInputElement | null) => {
    const part = field?.dataset.part
    return {
      key: event.key,
      ctrl: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      // The amount never holds letters, so E, Y, P and T still choose the method there.
      inField: field !== null && !(part === 'received' && !/^[0-9.,]$/.test(event.key)),
      inSearch: part === 'search',
      inEmptySearch: part === 'search' && field?.value === '',
      onButton: document.activeElement instanceof HTMLElement && document.activeElement.matches(pressable),
    }
  }
}

const pressable = 'button, a, summary'
const repeatable = new Set<Command['do']>(['more', 'less', 'choose', 'category', 'search', 'amount', 'undo'])

function stop(event: Event): void {
  event.preventDefault()
  event.stopPropagation()
}

/** Takes the scanned characters out of the field they fell into. */
function restore(before: { field: HTMLInputElement; value: string } | null, code: string): void {
  const field = isTextField(document.activeElement) ? document.activeElement : null
  if (!field || field.readOnly) return
  // A short field holds only the beginning of a code: what stood there before is known all the same.
  const value = before?.field === field ? before.value : field.value.replace(code, '')
  if (field.value === value) return
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
