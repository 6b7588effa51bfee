import type { OrderLine } from '#src/sales/order.ts'
import type { Desk } from '../desk.ts'
import type { Guard } from '../keys/guard.ts'
import { charged } from '../order/state.ts'
import { spokenSale } from '../texts.ts'
import { charge, type Outcome, type Refusal } from './charge.ts'
import type { ChargedPane } from './charged-pane.ts'
import type { PaymentPane } from './payment-pane.ts'
import { afterNoAnswer, answersTo } from './refusals.ts'
import type { RefusedLines } from './refused-lines.ts'

export type Sending = {
  /** The payment opens: earlier silence is forgotten. */
  begin: () => void
  isBusy: () => boolean
  send: (body: string) => Promise<void>
}

/** What a charge tells the rest of the till: the shop is not as it was thought, or less is on its shelves. */
export type Shop = { refreshMenu: () => void; sold: (lines: readonly OrderLine[]) => void }

type Parts = {
  desk: Desk
  guard: Guard
  pane: PaymentPane
  panel: ChargedPane
  refusedLines: RefusedLines
  /** The cashier agrees to the new total. */
  charge: () => void
  shop: Shop
  totalOf: () => number
}

/** From the request to «Cobrado»: one at a time, and after it only what is really known. */
export function makeSending(parts: Parts): Sending {
  const { desk, guard, pane, panel, refusedLines, shop, totalOf } = parts
  let isSending = false
  let failures = 0

  const send = async (text: string) => {
    if (isSending) return
    isSending = true
    const isFirst = desk.state().pending === null
    guard.sent()
    // Kept before it leaves: a page that dies now asks about this very sale when it comes back.
    desk.update({ ...desk.state(), pending: text })
    pane.mode('busy')
    desk.say.assertive('Cobrando')
    const outcome = await charge(desk.settings.salesPath, text)
    isSending = false
    hear(outcome, isFirst)
  }

  const hear = (outcome: Outcome, isFirst: boolean) => {
    // What was pressed before the answer was pressed without knowing it.
    guard.opened(null)
    if (outcome.kind === 'charged') return celebrate(outcome)
    if (outcome.kind === 'refused') return hearRefusal(outcome.refusal)
    failures += 1
    const { text, actions } = afterNoAnswer(outcome, failures, leave)
    // At the door, or while the business is closed for a minute, nothing was decided; what an earlier try became is as unknown as before.
    const isDecided = isFirst && outcome.kind !== 'unknown'
    if (isDecided) desk.update({ ...desk.state(), pending: null })
    pane.mode(isDecided ? 'free' : 'unknown')
    pane.refuse({ text }, actions)
    desk.say.assertive(text)
  }

  const leave = () => {
    desk.update(charged(desk.state(), 0))
    desk.go('order')
  }

  const celebrate = ({ sale, ticketHtml }: Extract<Outcome, { kind: 'charged' }>) => {
    guard.charged()
    shop.sold(desk.state().order.lines)
    takeNext(sale.changeCentimos)
    panel.show(sale, ticketHtml)
    desk.strip.hide()
    desk.settle()
    desk.view('tiles')
    desk.go('charged')
    panel.focus()
    desk.say.assertive(spokenSale(sale))
  }

  /** Another window may be typing the next order already: that one stays. */
  const takeNext = (changeCentimos: number) => {
    const state = desk.state()
    const kept = desk.store.read()
    const key = kept?.order.requestKey ?? null
    const next = charged(state, changeCentimos)
    const isTyped = kept !== null && key !== null && key !== state.order.requestKey
    desk.update(isTyped ? { ...kept, previousChangeCentimos: next.previousChangeCentimos } : next)
  }

  const hearRefusal = (refusal: Refusal) => {
    desk.update({ ...desk.state(), pending: null })
    const answer = answersTo(refusal, desk, {
      charge: parts.charge,
      back: () => desk.go('order'),
      refreshMenu: shop.refreshMenu,
      retotal: () => pane.retotal(totalOf()),
    })
    const isBlocked = refusedLines.note(refusal)
    pane.mode(answer.isQuestion ? 'asked' : isBlocked ? 'blocked' : 'free')
    pane.refuse({ text: refusal.text }, answer.actions)
    desk.say.assertive(refusal.text)
  }

  return {
    begin: () => {
      failures = 0
    },
    isBusy: () => isSending,
    send,
  }
}
