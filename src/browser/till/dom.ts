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

export function isTextField(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio'
}

/** Our own server's escaped HTML, parsed without running or loading anything, as one element. */
export function parseArticle(html: string): HTMLElement | null {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  const article = parsed.querySelector('article')
  return article ? document.adoptNode(article) : null
}
