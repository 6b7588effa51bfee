import { formatAmount, formatSoles } from '#src/lib/money.ts'
import { formatQuantity } from '#src/lib/quantity.ts'
import { count, unbroken } from '#src/lib/text.ts'
import { itemCount, type Order, type OrderLine, orderTotals } from '#src/sales/order.ts'
import { lineTotal } from '#src/sales/sale.ts'
import { find, setText } from '../dom.ts'
import type { TillState } from './state.ts'

export type OrderPane = {
  paint: (state: TillState, letter: string) => void
  /** While it is being paid the order stays in sight and cannot be touched. */
  lock: (isLocked: boolean) => void
  /** The quantity's own field: a tap on the figure, then a figure. */
  figure: HTMLInputElement
}

/** Draws the order; each line's element is kept by its product, and only what changed is written. */
export function makeOrderPane(root: HTMLElement): OrderPane {
  const part = (name: string) => find(root, `[data-part="${name}"]`)
  const list = part('lines')
  const scroll = part('order-scroll')
  const form = find<HTMLTemplateElement>(root, 'template[data-part="line"]')
  const controls = find<HTMLTemplateElement>(root, 'template[data-part="controls"]').content
    .firstElementChild as HTMLElement
  const figure = find<HTMLInputElement>(controls, '.line-figure')
  const items = new Map<number, HTMLElement>()
  // Found once: looking them up on every tap is what a slow counter PC would feel.
  const orderName = part('order-name')
  const total = part('order-total')
  const countOf = part('order-count')
  const barOrder = part('bar-order')
  const barCharge = find(part('bar-charge'), '.button-label')
  const empty = part('order-empty')
  const each = find(controls, '.line-each')
  const channels = [...root.querySelectorAll<HTMLElement>('[data-channel]')]
  const charge = [part('order-charge'), part('bar-charge')] as HTMLButtonElement[]
  let openItem: HTMLElement | null = null
  let isLocked = false
  let painted: readonly OrderLine[] = []

  const makeItem = (line: OrderLine) => {
    const item = form.content.firstElementChild?.cloneNode(true) as HTMLElement
    find(item, '.line-main').dataset.line = String(line.productId)
    items.set(line.productId, item)
    return item
  }

  const paintLines = (order: Order) => {
    const alive = new Set(order.lines.map((line) => line.productId))
    for (const [id, item] of items) {
      if (alive.has(id)) continue
      if (item.contains(controls)) controls.remove()
      item.remove()
      items.delete(id)
    }
    order.lines.forEach((line, position) => {
      const item = items.get(line.productId) ?? makeItem(line)
      if (list.children[position] !== item) list.insertBefore(item, list.children[position] ?? null)
      if (painted[position] !== line) paintLine(item, line)
    })
    painted = order.lines
  }

  const paintOpen = (open: OrderLine | null) => {
    const item = (open && items.get(open.productId)) ?? null
    if (item !== openItem) {
      markOpen(openItem, false)
      markOpen(item, true)
      openItem = item
    }
    controls.hidden = !open || !item || isLocked
    if (!open || !item || isLocked) return
    if (controls.parentElement !== item) item.append(controls)
    const quantity = formatQuantity(open.quantityThousandths, open.stepThousandths)
    if (figure.value !== quantity) figure.value = quantity
    figure.setAttribute('aria-label', `Cantidad de ${open.name}`)
    setText(each, `× ${formatAmount(open.unitPriceCentimos)}${open.unit === 'kg' ? ' el kilo' : ''}`)
    // After the frame's other work: measuring in the middle of it would lay the page out twice.
    requestAnimationFrame(() => keepInSight(item))
  }

  /** Scrolls only the list: `scrollIntoView` would move the page of a phone as well. */
  const keepInSight = (item: HTMLElement) => {
    const bottom = item.offsetTop + item.offsetHeight
    if (bottom > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = bottom - scroll.clientHeight
    else if (item.offsetTop < scroll.scrollTop) scroll.scrollTop = item.offsetTop
  }

  const paintFoot = (order: Order) => {
    const soles = formatSoles(orderTotals(order, 0).totalCentimos)
    const pieces = itemCount(order)
    const isEmpty = order.lines.length === 0
    setText(total, soles)
    setText(countOf, isEmpty ? '' : count(pieces, 'producto', 'productos'))
    setText(barOrder, isEmpty ? 'Pedido' : `Pedido · ${pieces}`)
    setText(barCharge, isEmpty ? 'Cobrar' : `Cobrar ${soles}`)
    for (const button of charge) button.disabled = isEmpty
    empty.hidden = !isEmpty
  }

  return {
    figure,
    paint: ({ order, open }, letter) => {
      const openLine = order.lines.find((line) => line.productId === open) ?? null
      paintLines(order)
      paintOpen(openLine)
      paintFoot(order)
      setText(orderName, `Pedido ${letter}${order.label}`)
      for (const chip of channels) {
        chip.setAttribute('aria-pressed', String(chip.dataset.channel === order.channel))
      }
    },
    lock: (next) => {
      isLocked = next
      const buttons = list.querySelectorAll<HTMLButtonElement>('.line-main')
      for (const button of [...buttons, ...(channels as HTMLButtonElement[])]) button.disabled = isLocked
    },
  }
}

function markOpen(item: HTMLElement | null, isOpen: boolean): void {
  item?.classList.toggle('is-open', isOpen)
  item?.firstElementChild?.setAttribute('aria-expanded', String(isOpen))
}

function paintLine(item: HTMLElement, line: OrderLine): void {
  setText(find(item, '.line-quantity'), formatQuantity(line.quantityThousandths, line.stepThousandths))
  setText(find(item, '.line-name'), unbroken(line.name))
  setText(find(item, '.line-amount'), formatAmount(lineTotal(line)))
}
