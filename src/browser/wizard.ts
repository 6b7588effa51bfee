/**
 * What the wizard and the product forms do at once, before any request: the check digit as it is typed,
 * the scanner's Enter, the count on a button, one press a form. Every page works without this file.
 */
import { watchSubmits } from './forms/submits.ts'
import { printTicket } from './print.ts'
import { watchRuc } from './wizard/ruc.ts'

watchRuc()
watchMenu()
watchScanner()
watchSubmits()
watchPrint()

/** «Guardar 23 productos» follows the boxes. */
function watchMenu() {
  const button = document.querySelector<HTMLElement>('[data-count-of]')
  const label = button?.querySelector('.button-label')
  if (!button || !label) return
  const selector = button.dataset.countOf ?? ''
  button.closest('form')?.addEventListener('change', () => {
    const n = document.querySelectorAll(`${selector}:checked`).length
    label.textContent = `Guardar ${n} ${n === 1 ? 'producto' : 'productos'}`
  })
}

/** A scanner ends with Enter: on the shelf-filling page that leads to the name, not to a refusal. */
function watchScanner() {
  const form = document.querySelector<HTMLFormElement>('form[data-scan="true"]')
  const barcode = form?.querySelector<HTMLInputElement>('input[name="barcode"]')
  barcode?.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    form?.querySelector<HTMLInputElement>('input[name="name"]')?.focus()
  })
}

function watchPrint() {
  document.querySelector('[data-print]')?.addEventListener('click', () => {
    const article = document.querySelector<HTMLElement>('article.ticket')
    if (article) printTicket(article)
  })
}
