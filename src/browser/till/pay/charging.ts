import { type OrderLine, orderTotals } from '#src/sales/order.ts'
import type { Method } from '#src/sales/payment.ts'
import type { Desk } from '../desk.ts'
import { type Guard, makeGuard, type Point } from '../keys/guard.ts'
import { charged } from '../order/state.ts'
import { guardText, spokenSale, unknownText } from '../texts.ts'
import { bodyOf, type ChargeBody, charge, type Outcome, type Refusal } from './charge.ts'
import { makeChargedPane } from './charged-pane.ts'
import { makePaymentPane } from './payment-pane.ts'
import { afterNoAnswer, answersTo } from './refusals.ts'

export type Charging = {
  guard: Guard
  open: (by: Point | 'Enter' | null) => void
  choose: (method: Method) => void
  focusAmount: () => void
  /** A tap on a suggested amount. */
  note: (centimos: number) => void
  confirm: () => void
  back: () => void
  next: () => void
  print: () => void
  /** The second half of a double press: it belongs to what has just charged, or just opened the payment. */
  justCharged: () => boolean
  justOpened: () => boolean
}

const settleMs = 500

/** What a charge tells the rest of the till: the shop is not as it was thought, or less is on its shelves. */
type Shop = { refreshMenu: () => void; sold: (lines: readonly OrderLine[]) => void }

/** From «Cobrar» to «Cobrado»: one request, and after it only what is really known. */
export function makeCharging(desk: Desk, shop: Shop): Charging {
  const guard = makeGuard()
  const pane = makePaymentPane(desk.root)
  const panel = makeChargedPane(desk.root, (text) => {
    desk.strip.show(text, [], 'danger')
    desk.say.assertive(text)
  })
  let isSending = false
  let failures = 0
  let chargedAt = Number.NEGATIVE_INFINITY
  let openedAt = Number.NEGATIVE_INFINITY

  const body = (payments: ChargeBody['payments']) =>
    JSON.stringify(bodyOf(desk.state().order, desk.settings, payments))

  const send = async (text: string) => {
    if (isSending) return
    isSending = true
    // Kept before it leaves: a page that dies now asks about this very sale when it comes back.
    desk.update({ ...desk.state(), pending: text })
    pane.mode('busy')
    desk.say.assertive('Cobrando')
    const outcome = await charge(desk.settings.salesPath, text)
    isSending = false
    hear(outcome)
  }

  const hear = (outcome: Outcome) => {
    // What was pressed before the answer was pressed without knowing it.
    guard.opened(null)
    if (outcome.kind === 'charged') return celebrate(outcome)
    if (outcome.kind === 'refused') return hearRefusal(outcome.refusal)
    failures += 1
    const { text, actions } = afterNoAnswer(outcome.kind, failures, leave)
    pane.mode('unknown')
    pane.refuse({ text }, actions)
    desk.say.assertive(text)
  }

  const leave = () => {
    desk.update(charged(desk.state(), 0))
    desk.go('order')
  }

  const celebrate = ({ sale, ticketHtml }: Extract<Outcome, { kind: 'charged' }>) => {
    chargedAt = performance.now()
    shop.sold(desk.state().order.lines)
    desk.update(charged(desk.state(), sale.changeCentimos))
    panel.show(sale, ticketHtml)
    desk.strip.hide()
    desk.view('tiles')
    desk.go('charged')
    desk.say.assertive(spokenSale(sale))
  }

  const hearRefusal = (refusal: Refusal) => {
    desk.update({ ...desk.state(), pending: null })
    const answer = answersTo(refusal, desk, {
      charge: () => confirm(),
      back: () => desk.go('order'),
      refreshMenu: shop.refreshMenu,
      retotal: () => pane.retotal(totalOf()),
    })
    pane.mode(answer.isQuestion ? 'asked' : 'free')
    pane.refuse({ text: refusal.text }, answer.actions)
    desk.say.assertive(refusal.text)
  }

  const totalOf = () => orderTotals(desk.state().order, 0).totalCentimos

  const confirm = () => {
    const { pending } = desk.state()
    // A question is answered on its own button: the second half of a double Enter has not read it.
    if (isSending || pane.isAsking()) return
    if (pending) return void send(pending)
    if (!guard.mayCharge()) return hint(guardText)
    const view = pane.view()
    if (view.problem) return hint(view.problem)
    void send(body(view.payments))
  }

  const hint = (text: string) => {
    pane.refuse({ text }, [])
    desk.say.assertive(text)
  }

  const open = (by: Point | 'Enter' | null) => {
    if (desk.screen() === 'payment' || desk.state().order.lines.length === 0) return
    guard.opened(by)
    openedAt = performance.now()
    failures = 0
    desk.strip.hide()
    desk.go('payment')
    pane.open(totalOf(), by === null || matchMedia('(pointer: fine)').matches)
  }

  // The page died while a sale was on its way: nothing else can be done before that is known.
  if (desk.state().pending) {
    desk.go('payment')
    pane.open(totalOf(), false)
    pane.mode('unknown')
    pane.refuse({ text: unknownText }, [])
  }

  return {
    guard,
    open,
    choose: pane.choose,
    focusAmount: pane.focusAmount,
    note: (centimos) => {
      if (isSending || desk.state().pending || !guard.mayCharge()) return
      pane.receive(centimos)
      confirm()
    },
    confirm,
    back: () => {
      if (!isSending && !desk.state().pending) desk.go('order')
    },
    next: () => desk.go('order'),
    print: () => void panel.print(),
    justCharged: () => performance.now() - chargedAt < settleMs,
    justOpened: () => performance.now() - openedAt < settleMs,
  }
}
