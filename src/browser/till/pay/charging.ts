import { orderTotals } from '#src/sales/order.ts'
import type { Method } from '#src/sales/payment.ts'
import type { Desk } from '../desk.ts'
import { hasFinePointer } from '../dom.ts'
import { type Guard, makeGuard, type Press } from '../keys/guard.ts'
import type { Menu } from '../menu/menu.ts'
import { goneText, guardText, methodGuardText, outText, unknownText } from '../texts.ts'
import { bodyOf } from './charge.ts'
import { makeChargedPane } from './charged-pane.ts'
import { tenderOf } from './payment.ts'
import { makePaymentPane } from './payment-pane.ts'
import { makeRefusedLines } from './refused-lines.ts'
import { makeSending, type Shop } from './sending.ts'

export type Charging = {
  guard: Guard
  open: (by: Press | null) => void
  choose: (method: Method, by: Press | null) => void
  focusAmount: () => void
  /** A tap on a suggested amount. */
  note: (centimos: number) => void
  confirm: () => void
  back: () => void
  next: () => void
  print: () => void
  /** Whether what another window keeps may be taken over: a payment that is being typed here goes on as it is. */
  isFree: () => boolean
  /** The second half of a double press: it belongs to what has just opened the payment. */
  justOpened: () => boolean
}

const settleMs = 500

/** From «Cobrar» to the request: what may charge, and when. */
export function makeCharging(desk: Desk, menu: Menu, shop: Shop): Charging {
  const guard = makeGuard()
  const pane = makePaymentPane(desk.root)
  const panel = makeChargedPane(desk.root, (text) => {
    desk.strip.show(text, [], 'danger')
    desk.say.assertive(text)
  })
  const refusedLines = makeRefusedLines(menu)
  const totalOf = () => orderTotals(desk.state().order, 0).totalCentimos
  const sending = makeSending({
    desk,
    guard,
    pane,
    panel,
    refusedLines,
    charge: () => confirm(),
    shop,
    totalOf,
  })
  let openedAt = Number.NEGATIVE_INFINITY

  const confirm = () => {
    const { pending, order } = desk.state()
    // A question is answered on its own button: the second half of a double Enter has not read it.
    if (sending.isBusy() || pane.isHeld()) return
    if (pending) return void sending.send(pending)
    const view = pane.view()
    if (!guard.mayCharge()) return hint(view.isCash ? guardText : methodGuardText)
    if (view.problem) return hint(view.problem)
    void sending.send(JSON.stringify(bodyOf(order, desk.settings, view.payments)))
  }

  const hint = (text: string) => {
    pane.refuse({ text }, [])
    desk.say.assertive(text)
  }

  const open = (by: Press | null) => {
    if (desk.screen() === 'payment') return
    if (desk.state().pending !== null) return resume()
    desk.leaveCharged()
    if (desk.screen() !== 'order' || desk.state().order.lines.length === 0) return
    guard.opened(by)
    openedAt = performance.now()
    sending.begin()
    desk.strip.hide()
    desk.go('payment')
    pane.open(totalOf(), by === null || hasFinePointer())
    blockRefused()
  }

  /** Whoever comes back with the same line meets the same sentence, without asking the server again. */
  const blockRefused = () => {
    const gone = refusedLines.find(desk.state().order)
    if (!gone) return
    const text = menu.product(gone.productId) ? outText(gone.name) : goneText(gone.name)
    pane.mode('blocked')
    pane.refuse({ text }, [{ text: 'Volver al pedido', press: () => desk.go('order') }])
    desk.say.assertive(text)
  }

  /**
   * A sale is on its way: from a page that died, or from another window. Nothing else can be done before
   * that is known; once it is, the order that stands now is shown.
   */
  const resume = () => {
    const { pending } = desk.state()
    if (pending === null) {
      if (desk.screen() === 'payment') desk.go('order')
      return
    }
    desk.go('payment')
    pane.open(totalOf(), false, tenderOf(pending))
    pane.mode('unknown')
    pane.refuse({ text: unknownText }, [])
  }
  desk.onAdopt(resume)
  resume()

  return {
    guard,
    open,
    choose: (method, by) => {
      pane.choose(method)
      // The key that chose must not charge by bouncing; a moment later the same key may.
      if (by === 'Enter') guard.opened({ button: method })
    },
    focusAmount: pane.focusAmount,
    note: (centimos) => {
      if (sending.isBusy() || pane.isHeld() || desk.state().pending) return
      if (!guard.mayCharge()) return hint(guardText)
      pane.receive(centimos)
      confirm()
    },
    confirm,
    back: () => {
      if (sending.isBusy() || desk.state().pending) return
      desk.go('order')
      desk.reread()
    },
    next: desk.leaveCharged,
    print: () => void panel.print(),
    isFree: () => !sending.isBusy() && (desk.screen() !== 'payment' || desk.state().pending !== null),
    justOpened: () => performance.now() - openedAt < settleMs,
  }
}
