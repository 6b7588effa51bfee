/**
 * What the product pages do at once: the margin while one types, a photo made small before it is sent, and the
 * count of what is ticked. Every page works without this file.
 */
import { parseSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'
import { marginText } from '#src/products/margin.ts'
import { watchPhoto } from './products/watch-photo.ts'

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
