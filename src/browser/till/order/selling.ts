import { formatQuantity, parseQuantity } from '#src/lib/quantity.ts'
import { type Order, orderTotals } from '#src/sales/order.ts'
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
  /** Takes the open line's quantity as it was typed, before anything else happens; what is none is put back. */
  commitFigure: () => void
  openLine: (productId: number) => void
  weight: Weight
}

/** What an unknown code can become. */
export type Ways = {
  /** null: this person may not change the menu. */
  create: ((code: string) => void) | null
  search: () => void
}

/** Everything that changes the lines. No request: each call is on the screen in the same frame. */
export function makeSelling(desk: Desk, menu: Menu, shelf: Shelf, ways: Ways): Selling {
  /** The order that a removal left behind, while its «Deshacer» is on the screen. */
  let left: Order | null = null
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
    // Its strip takes the place of «Deshacer», and must not leave with it.
    left = null
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
    desk.leaveCharged()
    // The lines are being paid, or a sale of them is on its way.
    if (desk.screen() !== 'order') return
    const before = desk.state()
    const next = add(before, product, makeKey, quantityThousandths)
    if (next.order === before.order) refuse(fullText)
    else if (!isThere(before, next)) return
    take(next)
    desk.settle()
  }

  const weight = makeWeight(desk.root, put, () => desk.view('tiles'))

  desk.onScreen((screen) => {
    if (screen !== 'order') weight.close()
  })

  const addProduct = (product: CatalogueProduct) => {
    if (!product.isAvailable) return refuse(soldOutText(product.name))
    if (product.unit !== 'kg' || desk.state().times !== null) return put(product)
    desk.leaveCharged()
    if (desk.screen() !== 'order') return
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
    left = desk.state().order
  }

  // «Deshacer» brings back that line and nothing else: once the order is another one, it is gone.
  desk.onPaint(({ order }) => {
    if (left === null || order === left) return
    left = null
    desk.strip.hide()
  })

  const changeOpen = (next: TillState) => {
    const before = desk.state()
    if (next === before || desk.screen() !== 'order') return
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
      const { create, search } = ways
      left = null
      desk.strip.show(
        text,
        [
          ...(create ? [{ text: 'Crear producto', press: () => create(code) }] : []),
          { text: 'Buscar', press: search },
        ],
        'amber',
      )
      desk.say.assertive(text)
    },
    step: (direction) => changeOpen(stepOpen(desk.state(), direction)),
    remove: () => changeOpen(removeOpen(desk.state())),
    undo: () => {
      if (desk.screen() === 'order') take(undo(desk.state()))
    },
    commitFigure: () => {
      const line = openLine(desk.state())
      const { figure } = desk.order
      if (!line || !figure.isConnected || desk.screen() !== 'order') return
      if (figure.value === formatQuantity(line.quantityThousandths, line.stepThousandths)) return
      const quantity = parseQuantity(figure.value)
      if (!quantity || quantity % line.stepThousandths !== 0) return desk.repaint()
      changeOpen(setOpen(desk.state(), quantity))
    },
    openLine: (productId) => desk.update({ ...desk.state(), open: productId }),
  }
}
