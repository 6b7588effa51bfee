import { normalizeRuc, rucProblem } from '#src/ruc/ruc.ts'
import { rucProblemText } from '#src/ruc/texts.ts'

/** What the register filled in, by field, until the owner types over it or the RUC changes. */
const filled: Record<string, string> = {}
/** Each such field with the hidden one that carries what the register said. */
const registerFields = { legalName: 'foundName', address: 'foundAddress' }

/** Step 1: the check digit as it is typed, and the register's data for exactly the RUC that stands there. */
export function watchRuc() {
  const input = document.querySelector<HTMLInputElement>('input[name="ruc"]')
  if (!input) return
  // With script the register is asked by itself; Enter then belongs to «Guardar y seguir».
  document.querySelector('.ruc-search')?.setAttribute('hidden', '')
  const noRuc = document.querySelector<HTMLInputElement>('input[name="boletaSimple"]')
  let asked = input.value
  rememberFilled()
  input.addEventListener('input', () => {
    const { value } = input
    forgetRefusal(input)
    if (normalizeRuc(value) !== foundRuc() && takeBack()) asked = ''
    const problem = rucProblem(value)
    const isWhole = value.replace(/\D/g, '').length >= 11
    say(problem && (isWhole || problem === 'not-digits') ? rucProblemText(problem, value) : '')
    if (problem || value === asked || !input.hasAttribute('hx-get')) return
    asked = value
    say('Buscando…')
    input.dispatchEvent(new CustomEvent('ruc-complete', { bubbles: true }))
  })
  noRuc?.addEventListener('change', () => {
    if (noRuc.checked) takeBack()
    asked = ''
    if (!noRuc.checked) input.dispatchEvent(new Event('input'))
  })
  document.addEventListener('htmx:after:swap', () => {
    // The number, or the wish to have one, may have changed while the register was answering.
    const isForeign = foundRuc() !== '' && foundRuc() !== normalizeRuc(input.value)
    if (isForeign) say('')
    if (isForeign || noRuc?.checked) takeBack()
    else fillFromRegister()
  })
}

/** Which RUC the register's data in the form are about; empty when there are none. */
function foundRuc(): string {
  return hidden('foundRuc')?.value ?? ''
}

function hidden(name: string) {
  return document.querySelector<HTMLInputElement>(`#ruc-result input[name="${name}"]`)
}

/** What the register filled in before this page was loaded: the form carries it along. */
function rememberFilled() {
  for (const [name, found] of Object.entries(registerFields)) {
    const value = hidden(found)?.value
    if (value) filled[name] = value
  }
}

/** Empties what the register filled in and the owner has not typed over; true when there was something. */
function takeBack(): boolean {
  const had = foundRuc() !== '' || Object.keys(filled).length > 0
  for (const name of Object.keys(filled)) {
    const input = document.querySelector<HTMLInputElement>(`input[name="${name}"]`)
    if (input && input.value === filled[name]) input.value = ''
    delete filled[name]
  }
  for (const input of document.querySelectorAll<HTMLInputElement>('#ruc-result input')) input.value = ''
  say('')
  return had
}

/** What the server said was about the number as it was sent: it must not stand beside a corrected one. */
function forgetRefusal(input: HTMLInputElement) {
  const error = document.getElementById(`${input.id}-error`)
  if (!error) return
  error.remove()
  input.removeAttribute('aria-invalid')
  input.setAttribute('aria-describedby', `${input.id}-hint`)
  input.closest('.field')?.classList.remove('is-wrong')
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

function fill(name: string, value: string | undefined) {
  const input = document.querySelector<HTMLInputElement>(`input[name="${name}"]`)
  if (!input || value === undefined || input === document.activeElement) return
  if (input.value !== '' && input.value !== filled[name]) return
  input.value = value
  filled[name] = value
}
