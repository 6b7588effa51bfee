import { find, make, setText } from './dom.ts'

export type StripAction = { text: string; kind?: 'primary' | 'danger' | 'plain' | 'quiet' } & (
  | { press: () => void }
  | { href: string }
)
export type Strip = {
  /** A message with its actions for as long as the hands need: 8 s unless told. */
  show: (text: string, actions?: readonly StripAction[], kind?: 'info' | 'danger' | 'amber') => void
  hide: () => void
}

const showMs = 8000

export function makeStrip(root: HTMLElement): Strip {
  const strip = find(root, '[data-part="strip"]')
  const actionsBox = find(strip, '[data-part="strip-actions"]')
  let timer: ReturnType<typeof setTimeout> | undefined
  const hide = () => {
    clearTimeout(timer)
    strip.hidden = true
  }
  return {
    hide,
    show: (text, actions = [], kind = 'info') => {
      strip.classList.toggle('strip-danger', kind === 'danger')
      strip.classList.toggle('strip-amber', kind === 'amber')
      setText(find(strip, '[data-part="strip-text"]'), text)
      actionsBox.replaceChildren(...actions.map((action) => actionElement(action, hide)))
      strip.hidden = false
      clearTimeout(timer)
      timer = setTimeout(hide, showMs)
    },
  }
}

/** A link where it leads somewhere, a button where it does something. */
export function actionElement(action: StripAction, after?: () => void): HTMLElement {
  const kind = action.kind ?? 'quiet'
  if ('href' in action) return make('a', { class: `button button-${kind}`, href: action.href }, action.text)
  const button = make('button', { class: `button button-${kind}`, type: 'button' }, action.text)
  button.addEventListener('click', () => {
    after?.()
    action.press()
  })
  return button
}
