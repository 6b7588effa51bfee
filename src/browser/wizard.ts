/**
 * What the wizard and the product forms do at once, before any request: the check digit as it is typed,
 * the scanner's Enter, the count on a button, one press a form. Every page works without this file.
 */
import { rucProblem } from '#src/ruc/ruc.ts'
import { rucProblemText } from '#src/ruc/texts.ts'
import { watchSubmits } from './forms/submits.ts'
import { printTicket } from './print.ts'

watchRuc()
watchMenu()
watchScanner()
watchSubmits()
watchPrint()

function watchRuc() {
  const input = document.querySelector<HTMLInputElement>('input[name="ruc"]')
  if (!input) return
  // With script the register is asked by itself; Enter then belongs to «Guardar y seguir».
  document.querySelector('.ruc-search')?.setAttribute('hidden', '')
  let asked = input.value
  input.addEventListener('input', () => {
    const { value } = input
    const problem = rucProblem(value)
    const isWhole = value.replace(/\D/g, '').length >= 11
    say(problem && (isWhole || problem === 'not-digits') ? rucProblemText(problem, value) : '')
    if (problem || value === asked) return
    asked = value
    say('Buscando…')
    input.dispatchEvent(new CustomEvent('ruc-complete', { bubbles: true }))
  })
  document.addEventListener('htmx:after:swap', fillFromRegister)
}

function say(text: string) {
  const result = document.getElementById('ruc-result')
  if (!result) return
  for (const line of result.querySelectorAll('p')) line.remove()
  if (!text) return
  const line = document.createElement('p')
  line.className = text === 'Buscando…' ? 'soft' : 'field-error'
  line.textContent = text
  result.prepend(line)
}

/** What the owner typed is never overwritten; what the register filled in before is. */
function fillFromRegister() {
  const result = document.getElementById('ruc-result')
  const { legalName, address } = result?.dataset ?? {}
  fill('legalName', legalName)
  fill('address', address)
}

const filled: Record<string, string> = {}

function fill(name: string, value: string | undefined) {
  const input = document.querySelector<HTMLInputElement>(`input[name="${name}"]`)
  if (!input || value === undefined || input === document.activeElement) return
  if (input.value !== '' && input.value !== filled[name]) return
  input.value = value
  filled[name] = value
}

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
