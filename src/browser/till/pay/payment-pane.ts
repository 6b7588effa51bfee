import { formatAmount, formatSoles } from '#src/lib/money.ts'
import type { Method } from '#src/sales/payment.ts'
import { find, hasFinePointer, setFigure, setText } from '../dom.ts'
import { actionElement, type StripAction } from '../strip.ts'
import type { Refusal } from './charge.ts'
import { makeNotes } from './notes.ts'
import { type PaymentView, startTender, type Tender, viewPayment } from './payment.ts'

export type PaymentPane = {
  /** `known`: how a sale that is on its way is paid. */
  open: (totalCentimos: number, focusField: boolean, known?: Tender) => void
  /** The prices changed under the payment: what was chosen and typed stays. */
  retotal: (totalCentimos: number) => void
  choose: (method: Method) => void
  focusAmount: () => void
  view: () => PaymentView
  /** A suggested amount: as if it had been typed. */
  receive: (centimos: number) => void
  refuse: (refusal: Pick<Refusal, 'text'>, actions: readonly StripAction[]) => void
  mode: (mode: PaymentMode) => void
  /** Nothing charges but the question's own button, or nothing at all. */
  isHeld: () => boolean
}

/**
 * `unknown`: nothing may change until the same sale was sent again. `asked`: the question brings its own
 * «Cobrar». `blocked`: a line of the order cannot be sold.
 */
type PaymentMode = 'free' | 'busy' | 'unknown' | 'asked' | 'blocked'

const retryText = 'Volver a intentar'
/** Longer than the second half of a double Enter takes. */
const readMs = 700

export function makePaymentPane(root: HTMLElement): PaymentPane {
  const part = <T extends HTMLElement = HTMLElement>(name: string) => find<T>(root, `[data-part="${name}"]`)
  const pane = part('payment')
  const received = part<HTMLInputElement>('received')
  const operation = part<HTMLInputElement>('operation')
  const button = part<HTMLButtonElement>('charge')
  const refusal = part('refusal')
  const title = find(pane, '.payment-title')
  let total = 0
  let tender = startTender()
  let mode: PaymentMode = 'free'

  const paint = () => {
    const view = viewPayment(total, tender)
    const isCash = tender.method === 'efectivo'
    setFigure(part('due'), formatSoles(view.dueCentimos))
    // The order beside it says the same figure: two totals on one screen would be a question.
    setText(part('order-total'), formatSoles(view.dueCentimos))
    setText(
      part('rounding'),
      view.roundingCentimos
        ? `Total ${formatAmount(total)} · Redondeo ${formatAmount(view.roundingCentimos)}`
        : '',
    )
    for (const method of pane.querySelectorAll<HTMLElement>('[data-method]')) {
      method.setAttribute('aria-pressed', String(method.dataset.method === tender.method))
    }
    part('cash').hidden = !isCash
    part('operation-field').hidden = isCash
    const change = part('change')
    setText(change, view.changeCentimos === null ? (view.problem ?? '—') : formatSoles(view.changeCentimos))
    change.classList.toggle('is-short', view.problem !== null)
    setText(find(pane, '.payment-change-word'), view.problem ? '' : 'Vuelto')
    setText(part('charge-text'), mode === 'unknown' ? retryText : `Cobrar ${formatSoles(view.dueCentimos)}`)
  }

  const paintNotes = () => {
    const cash = viewPayment(total, { ...tender, method: 'efectivo', receivedText: '' })
    part('notes').replaceChildren(...makeNotes(cash.dueCentimos))
  }

  const clearRefusal = () => {
    if (mode === 'blocked') return
    refusal.hidden = true
    if (mode === 'asked') setMode('free')
  }

  const setMode = (next: typeof mode) => {
    mode = next
    const isFixed = next === 'busy' || next === 'unknown'
    button.toggleAttribute('aria-busy', false)
    if (next === 'busy') button.setAttribute('aria-busy', 'true')
    // The question has its own button with the new total: two ways to charge would be one too many.
    button.hidden = next === 'asked'
    for (const field of [received, operation]) field.readOnly = isFixed
    button.disabled = next === 'blocked'
    for (const method of pane.querySelectorAll<HTMLButtonElement>('[data-method]'))
      method.disabled = isFixed || next === 'blocked'
    // A question is about a new total: a note would answer it with the old one.
    for (const note of pane.querySelectorAll<HTMLButtonElement>('[data-note]'))
      note.disabled = next !== 'free'
    for (const back of root.querySelectorAll<HTMLButtonElement>('[data-press="back"]'))
      back.disabled = isFixed
    paint()
  }

  /** Read first; then Enter answers. What was pressed too soon has met a sentence and done nothing. */
  const offerAfterReading = () => {
    const answer = part('refusal-actions').querySelector<HTMLElement>('.button-primary')
    setTimeout(() => {
      const isReading = document.activeElement === part('refusal-text')
      if (isReading && answer?.isConnected && mode === 'asked') answer.focus()
    }, readMs)
  }

  received.addEventListener('input', () => {
    tender = { ...tender, receivedText: received.value }
    clearRefusal()
    paint()
  })
  operation.addEventListener('input', () => {
    tender = { ...tender, operationNumber: operation.value }
  })

  return {
    open: (totalCentimos, focusField, known = startTender()) => {
      total = totalCentimos
      tender = known
      received.value = known.receivedText
      operation.value = known.operationNumber
      refusal.hidden = true
      paintNotes()
      setMode('free')
      if (focusField) received.focus()
      else title.focus()
    },
    retotal: (totalCentimos) => {
      total = totalCentimos
      paintNotes()
      paint()
    },
    choose: (method) => {
      if (mode === 'busy' || mode === 'unknown') return
      tender = { ...tender, method }
      clearRefusal()
      const wasInField = document.activeElement === received || document.activeElement === operation
      paint()
      // Off the button, so that Enter charges, and never nowhere when the field it was in is gone.
      const place = method === 'efectivo' ? received : title
      if (hasFinePointer()) place.focus()
      else if (wasInField) title.focus()
    },
    focusAmount: () => (tender.method === 'efectivo' ? received : operation).focus(),
    view: () => viewPayment(total, tender),
    receive: (centimos) => {
      tender = { ...tender, method: 'efectivo', receivedText: formatAmount(centimos) }
      received.value = tender.receivedText
      paint()
    },
    refuse: ({ text }, actions) => {
      setText(part('refusal-text'), text)
      part('refusal-actions').replaceChildren(
        ...actions.map((action) => actionElement({ kind: 'plain', ...action }, clearRefusal)),
      )
      refusal.hidden = false
      if (actions.length === 0) return
      part('refusal-text').focus()
      if (mode === 'asked') offerAfterReading()
    },
    mode: setMode,
    isHeld: () => mode === 'asked' || mode === 'blocked',
  }
}
