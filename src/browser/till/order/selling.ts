import { parseQuantity } from '#src/lib/quantity.ts'
import { orderTotals } from '#src/sales/order.ts'
import { blockedText, warningText } from '#src/stock/texts.ts'
import type { CatalogueProduct } from '#src/till/catalogue.ts'
import type { Desk } from '../desk.ts'
import { makeKey } from '../key.ts'
import type { Menu } from '../menu/menu.ts'
import type { Shelf } from '../menu/shelf.ts'
import { fullText, soldOutText, spokenLine, spokenSoles } from '../texts.ts'
import { add, openLine, removeOpen, setOpen, stepOpen, type TillState, undo } from './state.ts'
import { makeWeight, type Weight } from './weight.ts'

export type Selling = {
  add: (product: CatalogueProduct) => void
  scan: (code: string) => void
  step: (direction: 1 | -1) => void
  remove: () => void
  undo: () => void
  /** The open line's quantity as typed; false when it is none. */
  setQuantity: (text: string) => boolean
  openLine: (productId: number) => void
  weight: Weight
}

/** Everything that changes the lines. No request: each call is on the screen in the same frame. */
export function makeSelling(desk: Desk, menu: Menu, shelf: Shelf): Selling {
  /** The next order starts under the panel of the last sale. */
  const leaveCharged = () => {
    if (desk.screen() !== 'order') desk.go('order')
  }

  const tell = (state: TillState) => {
    const line = openLine(state)
    const total = orderTotals(state.order, 0).totalCentimos
    desk.say.polite(line ? spokenLine(line, total) : `Total ${spokenSoles(total)}`)
  }

  const take = (next: TillState) => {
    desk.update(next)
    tell(next)
  }

  const refuse = (text: string) => {
    desk.strip.show(text, [], 'amber')
    desk.say.assertive(text)
  }

  /** Says what is left when it is little; false when the owner sells nothing that is not there. */
  const isThere = (before: TillState, next: TillState): boolean => {
    const short = shelf.shortage(before.order.lines, next.order.lines)
    if (!short) {
      desk.strip.hide()
      return true
    }
    refuse(short.isBlocked ? blockedText(short.left) : warningText(short.left))
    return !short.isBlocked
  }

  const put = (product: CatalogueProduct, quantityThousandths?: number) => {
    const before = desk.state()
    leaveCharged()
    const next = add(before, product, makeKey, quantityThousandths)
    if (next.order === before.order) refuse(fullText)
    else if (!isThere(before, next)) return
    take(next)
  }

  const weight = makeWeight(desk.root, put, () => desk.view('tiles'))

  const addProduct = (product: CatalogueProduct) => {
    if (!product.isAvailable) return refuse(soldOutText(product.name))
    if (product.unit !== 'kg' || desk.state().times !== null) return put(product)
    leaveCharged()
    desk.view('order')
    weight.ask(product)
  }

  /** The line that left, with its way back. */
  const tellRemoved = (before: TillState) => {
    const gone = openLine(before)
    if (!gone) return
    const text = `Quitaste ${gone.name}`
    desk.strip.show(text, [{ text: 'Deshacer', press: () => take(undo(desk.state())) }])
    desk.say.polite(text)
  }

  const changeOpen = (next: TillState) => {
    const before = desk.state()
    if (next === before) return
    if (!isThere(before, next)) return desk.repaint()
    desk.update(next)
    if (next.order.lines.length < before.order.lines.length) tellRemoved(before)
    else tell(next)
  }

  return {
    weight,
    add: addProduct,
    scan: (code) => {
      const product = menu.byCode(code)
      if (product) {
        desk.sound.found()
        return addProduct(product)
      }
      desk.sound.notFound()
      const text = `No conozco el código ${code}`
      const create = { text: 'Crear producto', href: `/productos/nuevo?codigo=${encodeURIComponent(code)}` }
      desk.strip.show(text, desk.settings.isManager ? [create] : [], 'amber')
      desk.say.assertive(text)
    },
    step: (direction) => changeOpen(stepOpen(desk.state(), direction)),
    remove: () => changeOpen(removeOpen(desk.state())),
    undo: () => take(undo(desk.state())),
    setQuantity: (text) => {
      const quantity = parseQuantity(text)
      const line = openLine(desk.state())
      if (!quantity || !line || quantity % line.stepThousandths !== 0) return false
      changeOpen(setOpen(desk.state(), quantity))
      return true
    },
    openLine: (productId) => desk.update({ ...desk.state(), open: productId }),
  }
}
