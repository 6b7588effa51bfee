import { printTicket, recordPrint } from './print.ts'
import { makeKey } from './till/key.ts'

/**
 * The page of one ticket. «Imprimir» notes the print first, since its answer says whether this paper is a
 * copy. Without the line it prints all the same, as a copy: nobody knows of how many.
 */
const form = document.querySelector<HTMLFormElement>('form[data-print]')
const article = document.querySelector<HTMLElement>('article.ticket')
const notice = document.querySelector<HTMLElement>('.ticket-notice')

let isPrinting = false

form?.addEventListener('submit', (event) => {
  event.preventDefault()
  if (isPrinting || !article) return
  isPrinting = true
  void print(form, article).finally(() => {
    isPrinting = false
  })
})

async function print(from: HTMLFormElement, ticket: HTMLElement): Promise<void> {
  const prints = await recordPrint(from.action, makeKey())
  if (notice) notice.textContent = prints === null ? 'Sin conexión: esta impresión no quedó anotada.' : ''
  printTicket(ticket, { isCopy: prints === null || prints > 1 })
}
