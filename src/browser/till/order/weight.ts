import { formatSoles } from '#src/lib/money.ts'
import { parseQuantity } from '#src/lib/quantity.ts'
import { lineTotal } from '#src/sales/sale.ts'
import type { CatalogueProduct } from '#src/till/catalogue.ts'
import { find, setText } from '../dom.ts'

export type Weight = { ask: (product: CatalogueProduct) => void; close: () => void; isOpen: () => boolean }

/** What is sold by weight asks its kilos first; the amount stands beside them while one types. */
export function makeWeight(
  root: HTMLElement,
  take: (product: CatalogueProduct, quantityThousandths: number) => void,
  closed: () => void,
): Weight {
  const form = find<HTMLFormElement>(root, 'form[data-part="weight"]')
  const kilos = find<HTMLInputElement>(form, '[data-part="kilos"]')
  const error = find(form, '[data-part="weight-error"]')
  let product: CatalogueProduct | null = null

  const close = () => {
    if (form.hidden) return
    form.hidden = true
    product = null
    closed()
  }

  kilos.addEventListener('input', () => {
    const quantity = parseQuantity(kilos.value)
    error.hidden = true
    kilos.removeAttribute('aria-invalid')
    setText(
      find(form, '[data-part="weight-amount"]'),
      product && quantity
        ? formatSoles(lineTotal({ unitPriceCentimos: product.priceCentimos, quantityThousandths: quantity }))
        : '',
    )
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const quantity = parseQuantity(kilos.value)
    if (!product) return
    if (!quantity || quantity % product.stepThousandths !== 0) {
      setText(error, 'Escribe los kilos, por ejemplo 1.250.')
      error.hidden = false
      kilos.setAttribute('aria-invalid', 'true')
      kilos.focus()
      return
    }
    const sold = product
    close()
    take(sold, quantity)
  })
  return {
    ask: (next) => {
      product = next
      kilos.value = ''
      error.hidden = true
      setText(find(form, '[data-part="weight-amount"]'), '')
      setText(
        find(form, '[data-part="weight-name"]'),
        `${next.name}, ${formatSoles(next.priceCentimos)} el kilo`,
      )
      form.hidden = false
      kilos.focus()
    },
    close,
    isOpen: () => !form.hidden,
  }
}
