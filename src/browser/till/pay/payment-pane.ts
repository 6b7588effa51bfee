import { formatAmount, formatSoles } from '#src/lib/money.ts'
import type { Method } from '#src/sales/payment.ts'
import { find, setFigure, setText } from '../dom.ts'
import { actionElement, type StripAction } from '../strip.ts'
import type { Refusal } from './charge.ts'
import { makeNotes } from './notes.ts'
import { type PaymentView, startTender, type Tender, viewPayment } from './payment.ts'

export type PaymentPane = {
  open: (totalCentimos: number, focusField: boolean) => void
  /** The prices changed under the payment: what was chosen and typed stays. */
  retotal: (totalCentimos: number) => void
  choose: (method: Method) => void
  focusAmount: () => void
  view: () => PaymentView
  tender: () => Tender
  /** A suggested amount: as if it had been typed. */
  receive: (centimos: number) => void
  refuse: (refusal: Pick<Refusal, 'text'>, actions: readonly StripAction[]) => void
  /** `unknown`: nothing may change until the same sale was sent again. */
  mode: (mode: 'free' | 'busy' | 'unknown' | 'asked') => void
  isAsking: () => boolean
}

const retryText = 'Volver a intentar'

export function makePaymentPane(root: HTMLElement): PaymentPane {
  const part = <T extends HTMLElement = HTMLElement>(name: string) => find<T>(root, `[data-part="${name}"]`)
  const pane = part('payment')
  const received = part<HTMLInputElement>('received')
  const operation = part<HTMLInputElement>('operation')
  const button = part<HTMLButtonElement>('charge')
  const refusal = part('refusal')
  let total = 0
  let tender = startTender()
  let mode: 'free' | 'busy' | 'unknown' | 'asked' = 'free'

  const paint = () => {
    const view = viewPayment(total, tender)
    const isCash = tender.method === 'efectivo'
    setFigure(part('due'), formatSoles(view.dueCentimos))
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
    for (const other of pane.querySelectorAll<HTMLButtonElement>('[data-method], [data-note]'))
      other.disabled = isFixed
    for (const back of root.querySelectorAll<HTMLButtonElement>('[data-press="back"]'))
      back.disabled = isFixed
    paint()
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
    open: (totalCentimos, focusField) => {
      total = totalCentimos
      tender = startTender()
      received.value = ''
      operation.value = ''
      refusal.hidden = true
      paintNotes()
      setMode('free')
      if (focusField) received.focus()
      else find(pane, '.payment-title').focus()
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
      paint()
    },
    focusAmount: () => received.focus(),
    view: () => viewPayment(total, tender),
    tender: () => tender,
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
      if (actions.length > 0) part('refusal-text').focus()
    },
    mode: setMode,
    isAsking: () => mode === 'asked',
  }
}
