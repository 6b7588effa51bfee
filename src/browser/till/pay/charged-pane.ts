import { formatSoles } from '#src/lib/money.ts'
import { methodNames } from '#src/sales/names.ts'
import { printTicket, recordPrint } from '../../print.ts'
import { find, parseArticle, setFigure, setText } from '../dom.ts'
import { makeKey } from '../key.ts'
import type { ChargedSale } from './charge.ts'

export type ChargedPane = {
  show: (sale: ChargedSale, ticketHtml: string) => void
  print: () => Promise<void>
  focus: () => void
}

/** The ticket at once, and the change in figures that one reads from the other side of the counter. */
export function makeChargedPane(root: HTMLElement, failed: (text: string) => void): ChargedPane {
  const part = <T extends HTMLElement = HTMLElement>(name: string) => find<T>(root, `[data-part="${name}"]`)
  const ticketBox = part('ticket')
  let sale: ChargedSale | null = null
  let prints = 0

  const putTicket = (html: string) => {
    const article = parseArticle(html)
    ticketBox.replaceChildren(...(article ? [article] : []))
  }

  return {
    show: (next, ticketHtml) => {
      sale = next
      prints = 0
      setText(part('charged-due'), formatSoles(next.dueCentimos))
      setText(part('charged-method'), methodNames[next.method])
      setFigure(part('charged-change'), formatSoles(next.changeCentimos))
      part('charged-change-box').hidden = next.method !== 'efectivo'
      setText(part('print-text'), 'Imprimir')
      const whatsapp = part<HTMLAnchorElement>('whatsapp')
      whatsapp.href = `https://wa.me/?text=${encodeURIComponent(next.whatsappText)}`
      putTicket(ticketHtml)
      ticketBox.scrollTop = 0
      part('charged').hidden = false
      part('charged-title').focus({ preventScroll: true })
    },
    print: async () => {
      const article = ticketBox.querySelector('article')
      if (!sale || !article) return
      // The paper waits for nobody; the second one carries COPIA, or there would be two originals.
      printTicket(article, { isCopy: prints > 0 })
      prints += 1
      setText(part('print-text'), 'Imprimir otra vez')
      // Enter is the next sale again, not one more copy.
      part('charged-title').focus({ preventScroll: true })
      const recorded = await recordPrint(sale.printPath, makeKey())
      if (recorded === null) failed('No pudimos anotar la impresión. Revisa tu conexión.')
    },
    focus: () => part('charged-title').focus({ preventScroll: true }),
  }
}
