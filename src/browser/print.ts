/**
 * Prints one ticket and nothing else. The sheet is as long as the ticket: a fixed height would cut it or feed
 * blank paper. The rule goes in through CSSOM, since the content security policy allows no inline style.
 */

const rollWidths = { 'ticket-80': 80, 'ticket-58': 58 }
const millimetresPerPixel = 25.4 / 96

let cleanUpLast: (() => void) | undefined

export function printTicket(article: HTMLElement, { isCopy = false } = {}): void {
  // Some WebViews never say that the print is over.
  cleanUpLast?.()
  const sheet = document.createElement('div')
  sheet.className = 'ticket-sheet'
  const ticket = article.cloneNode(true) as HTMLElement
  const copyMark = ticket.querySelector<HTMLElement>('.ticket-copy')
  if (copyMark && isCopy) copyMark.hidden = false
  sheet.append(ticket)
  document.body.append(sheet)
  document.documentElement.classList.add('is-printing-ticket')

  const removePage = pageRule(rollWidth(ticket), heightOnPaper(sheet))
  const cleanUp = () => {
    cleanUpLast = undefined
    window.removeEventListener('afterprint', cleanUp)
    removePage()
    sheet.remove()
    document.documentElement.classList.remove('is-printing-ticket')
  }
  cleanUpLast = cleanUp
  window.addEventListener('afterprint', cleanUp)
  window.print()
}

/** Notes the print and says how many the ticket has by now; null when the line is gone. */
export async function recordPrint(printPath: string, requestKey: string): Promise<number | null> {
  const answer = await fetch(printPath, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ requestKey }),
  }).catch(() => null)
  if (!answer?.ok) return null
  const { prints } = (await answer.json()) as { prints: number }
  return prints
}

const rollWidth = (ticket: HTMLElement) =>
  ticket.classList.contains('ticket-58') ? rollWidths['ticket-58'] : rollWidths['ticket-80']

/** Measured off the screen, at the width and without the decoration that it has on paper. */
function heightOnPaper(sheet: HTMLElement): number {
  sheet.classList.add('is-measured')
  const pixels = sheet.getBoundingClientRect().height
  sheet.classList.remove('is-measured')
  return Math.ceil(pixels * millimetresPerPixel) + 1
}

/** A sheet wider than high would be turned by the driver: a very short ticket gets a little white paper. */
function pageRule(width: number, height: number): () => void {
  const styles = [...document.styleSheets].find(isOurs)
  if (!styles) return () => {}
  const text = `@page { size: ${width}mm ${Math.max(height, width + 1)}mm; margin: 0 }`
  const at = styles.insertRule(text, styles.cssRules.length)
  return () => styles.deleteRule(at)
}

/** The rules of a sheet from elsewhere (an extension's) cannot be read. */
function isOurs(styles: CSSStyleSheet): boolean {
  try {
    return styles.cssRules.length > 0
  } catch {
    return false
  }
}
