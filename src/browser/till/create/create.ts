import type { CatalogueProduct } from '#src/till/catalogue.ts'
import { find, setText } from '../dom.ts'
import { failedText, saveProduct, type Way } from './save-product.ts'

export type Create = {
  /** What is known of it already: the code that was scanned, or the name that was searched. */
  open: (known: { code?: string; name?: string }) => void
  close: () => void
  isOpen: () => boolean
}

/** «Crear producto» over the till: it holds the focus, and gives it back to what opened it. */
export function makeCreate(root: HTMLElement, created: (product: CatalogueProduct) => void): Create {
  const dialog = find(root, '[data-part="create"]')
  const form = find<HTMLFormElement>(dialog, 'form')
  const fields = {
    name: find<HTMLInputElement>(form, '[name="name"]'),
    price: find<HTMLInputElement>(form, '[name="price"]'),
  }
  const codeLine = find(form, '[data-part="create-code"]')
  const error = find(form, '[data-part="create-error"]')
  const wayOut = find<HTMLAnchorElement>(form, '[data-part="create-way"]')
  const save = find<HTMLButtonElement>(form, '.button-primary')
  let code = ''
  let opener: Element | null = null
  let isSaving = false

  const close = () => {
    if (dialog.hidden || isSaving) return
    dialog.hidden = true
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  }

  /** One sentence at a time, and the field that it is about takes the focus. */
  const refuse = (text: string, field: HTMLInputElement | null, way: Way | null = null) => {
    for (const input of Object.values(fields)) input.removeAttribute('aria-invalid')
    setText(error, text)
    error.hidden = text === ''
    setText(wayOut, way?.label ?? '')
    wayOut.href = way?.href ?? ''
    wayOut.hidden = way === null
    field?.setAttribute('aria-invalid', 'true')
    field?.focus()
  }

  const setSaving = (next: boolean) => {
    isSaving = next
    save.toggleAttribute('aria-busy', false)
    if (next) save.setAttribute('aria-busy', 'true')
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (isSaving) return
    setSaving(true)
    const saved = await saveProduct({ name: fields.name.value, price: fields.price.value, barcode: code })
    setSaving(false)
    if (saved.ok) {
      close()
      return created(saved.product)
    }
    const [field, text] = Object.entries(saved.errors)[0] ?? ['form', failedText]
    refuse(text, field === 'name' || field === 'price' ? fields[field] : null, saved.way)
  })
  form.addEventListener('input', () => refuse('', null))
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Tab') keepInside(event, dialog)
  })
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) close()
  })

  return {
    open: (known) => {
      opener = document.activeElement
      code = known.code ?? ''
      fields.name.value = known.name ?? ''
      fields.price.value = ''
      setText(codeLine, code ? `Código ${code}` : '')
      codeLine.hidden = !code
      refuse('', null)
      dialog.hidden = false
      const first = known.name ? fields.price : fields.name
      first.focus()
    },
    close,
    isOpen: () => !dialog.hidden,
  }
}

/** Tab goes round: what lies under the dialog is not to be reached. */
function keepInside(event: KeyboardEvent, dialog: HTMLElement): void {
  const stops = [...dialog.querySelectorAll<HTMLElement>('input, button, a[href]:not([hidden])')]
  const [first, last] = [stops[0], stops[stops.length - 1]]
  const leaves = event.shiftKey ? document.activeElement === first : document.activeElement === last
  if (!leaves) return
  event.preventDefault()
  const next = event.shiftKey ? last : first
  next?.focus()
}
