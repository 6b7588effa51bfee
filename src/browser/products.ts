/**
 * What the product pages do at once: the margin while one types, a photo made small before it is sent, and the
 * count of what is ticked. Every page works without this file.
 */
import { parseSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'
import { marginText } from '#src/products/margin.ts'
import { reduced } from './products/photo.ts'

// It searches as one types: its button is only needed without.
if ('htmx' in window) document.documentElement.classList.add('has-htmx')
watchMargin()
watchPhoto()
watchTicks()

function watchMargin() {
  const line = document.querySelector<HTMLElement>('[data-margin]')
  const output = line?.querySelector('output')
  const [price, cost] = ['price', 'cost'].map((id) => document.getElementById(id) as HTMLInputElement | null)
  if (!line || !output || !price || !cost) return
  const show = () => {
    const [read, spent] = [parseSoles(price.value), parseSoles(cost.value)]
    const text = read.ok && spent.ok ? marginText(read.centimos, spent.centimos) : ''
    output.textContent = text
    line.hidden = text === ''
  }
  price.addEventListener('input', show)
  cost.addEventListener('input', show)
}

/** The file of the field is replaced by its small copy; a press before that waits for it. */
function watchPhoto() {
  const form = document.querySelector<HTMLFormElement>('form[data-photo]')
  const input = form?.querySelector<HTMLInputElement>('input[type="file"]')
  const button = form?.querySelector('button')
  if (!form || !input || !button) return
  const { busy } = button.dataset
  let isReducing = false
  let isPressed = false
  const hold = () => {
    isPressed = true
    button.dataset.busy = 'Reduciendo…'
    button.setAttribute('aria-busy', 'true')
  }
  const letGo = () => {
    isReducing = false
    if (!isPressed) return
    isPressed = false
    button.dataset.busy = busy
    button.removeAttribute('aria-busy')
    form.requestSubmit(button)
  }
  input.addEventListener('change', async () => {
    const [file] = input.files ?? []
    isReducing = file !== undefined
    if (!file) return letGo()
    const small = await reduced(file).catch(() => null)
    // Another was chosen meanwhile: that one lets go.
    if (input.files?.[0] !== file) return
    if (small) input.files = listOf(small)
    letGo()
  })
  form.addEventListener('submit', (event) => {
    if (!isReducing) return
    event.preventDefault()
    hold()
  })
}

function listOf(file: File): FileList {
  const list = new DataTransfer()
  list.items.add(file)
  return list.files
}

/** The rows come and go with each search: the ear is on the page. */
function watchTicks() {
  const ticks = () => [...document.querySelectorAll<HTMLInputElement>('input[name="ids[]"][form="bulk"]')]
  const all = () => document.querySelector<HTMLInputElement>('[data-tick-all]')
  const show = () => {
    const ticked = ticks().filter((tick) => tick.checked).length
    const label = document.querySelector('[data-bulk-count]')
    if (label) label.textContent = ticked > 0 ? `· ${count(ticked, 'marcado', 'marcados')}` : ''
    const details = document.querySelector<HTMLDetailsElement>('[data-bulk]')
    if (details && ticked > 0) details.open = true
    const box = all()
    if (!box) return
    box.hidden = false
    box.checked = ticked > 0 && ticked === ticks().length
    box.indeterminate = ticked > 0 && !box.checked
  }
  document.addEventListener('change', (event) => {
    const box = event.target as HTMLInputElement
    if (box.matches('[data-tick-all]')) for (const tick of ticks()) tick.checked = box.checked
    else if (box.name !== 'ids[]') return
    show()
  })
  document.addEventListener('htmx:after:swap', show)
  show()
}
