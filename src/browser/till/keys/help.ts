import { find } from '../dom.ts'

export type Help = { open: () => void; close: () => void; isOpen: () => boolean }

/** The map of keys. It holds the focus and gives it back to what opened it. */
export function makeHelp(root: HTMLElement): Help {
  const dialog = find(root, '[data-part="keys"]')
  const close = find<HTMLButtonElement>(dialog, '[data-part="close-help"]')
  let opener: Element | null = null
  // One button inside: Tab has nowhere else to go.
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Tab') event.preventDefault()
  })
  // …and a press beside it takes the focus nowhere.
  dialog.addEventListener('mousedown', (event) => {
    if (event.target !== close) event.preventDefault()
  })
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) hide()
  })
  const hide = () => {
    dialog.hidden = true
    if (opener instanceof HTMLElement) opener.focus()
  }
  return {
    isOpen: () => !dialog.hidden,
    open: () => {
      opener = document.activeElement
      dialog.hidden = false
      close.focus()
    },
    close: hide,
  }
}
