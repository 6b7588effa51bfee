/** The few moves on the page that every part of the till makes. Text always enters as text. */

/** The element that the server's page promised; a page without it is a defect, not a state. */
export function find<T extends Element = HTMLElement>(root: ParentNode, selector: string): T {
  const element = root.querySelector<T>(selector)
  if (!element) throw new Error(`the till's page lacks ${selector}`)
  return element
}

type Child = Node | string | null

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  for (const child of children) if (child !== null) element.append(child)
  return element
}

/** Writes only what changed: layout is the dearest thing on a slow counter PC. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** A large figure; thousands of soles get a smaller one, so that it stays on one line of a phone. */
export function setFigure(element: Element, text: string): void {
  setText(element, text)
  element.classList.toggle('is-wide-figure', text.length > 9)
}

/** A mouse: a field may take the focus without a keyboard covering half of the screen. */
export const hasFinePointer = () => matchMedia('(pointer: fine)').matches

export function isTextField(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio'
}

/**
 * Gives the focus to the tiles, or on a phone that shows the order to its heading; only when what had it is
 * gone: a keyboard is never left nowhere.
 */
export function makeRest(root: HTMLElement): () => void {
  const places = [find(root, '[data-part="tiles"]'), find(root, '[data-part="order-name"]')]
  return () => {
    const focused = document.activeElement
    const isGone =
      !focused ||
      focused === document.body ||
      focused.closest('[data-part="payment"], [data-part="charged"], .order-back, .line-controls[hidden]')
    if (!isGone) return
    for (const place of places) {
      place.focus({ preventScroll: true })
      if (document.activeElement === place) return
    }
  }
}

/** Our own server's escaped HTML, parsed without running or loading anything, as one element. */
export function parseArticle(html: string): HTMLElement | null {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  const article = parsed.querySelector('article')
  return article ? document.adoptNode(article) : null
}
