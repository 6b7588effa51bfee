import { formatSoles } from '#src/lib/money.ts'
import { orderTotals } from '#src/sales/order.ts'
import type { Desk } from '../desk.ts'
import { make } from '../dom.ts'
import { makeKey } from '../key.ts'
import { takePrices } from '../order/state.ts'
import type { StripAction } from '../strip.ts'
import { otherBusinessText, signedOutText, unknownText, updatingText } from '../texts.ts'
import type { Refusal } from './charge.ts'

type Ways = { charge: () => void; back: () => void; refreshMenu: () => void; retotal: () => void }
type Answer = {
  actions: StripAction[]
  /** The refusal asks something and brings its own «Cobrar». */
  isQuestion: boolean
}

/** What can be done about a refusal. The sentence itself is the server's. */
export function answersTo(refusal: Refusal, desk: Desk, ways: Ways): Answer {
  const back: StripAction = { text: 'Volver al pedido', press: ways.back }
  if (refusal.problem === 'price-changed') return answerPrice(refusal, desk, ways, back)
  if (refusal.problem === 'no-open-cash-session') {
    // The same page, which now shows its opening form; the order waits in this device.
    return { isQuestion: false, actions: [{ text: 'Abrir caja', href: '/pos' }, back] }
  }
  if (refusal.problem === 'locked') {
    // To whom can do something about it, and back here: the order waits in this device.
    const go = `/continuar?volver=${encodeURIComponent(location.pathname + location.search)}`
    return { isQuestion: true, actions: [{ text: 'Ver cómo seguir', kind: 'primary', href: go }, back] }
  }
  if (refusal.problem === 'request-key-reused') {
    // Another window has charged this order already. Going back makes it a new sale, on purpose.
    const renew = () => {
      const state = desk.state()
      desk.update({ ...state, order: { ...state.order, requestKey: makeKey() } })
      ways.back()
    }
    return {
      isQuestion: true,
      actions: [
        { text: 'Ver ventas', kind: 'primary', href: '/ventas' },
        { ...back, press: renew },
      ],
    }
  }
  if (changedShop.has(refusal.problem)) ways.refreshMenu()
  return {
    isQuestion: false,
    actions: ['not-enough-cash', 'nothing-paid'].includes(refusal.problem) ? [] : [back],
  }
}

/** The menu or the shelves are not what this till thought. */
const changedShop = new Set(['product-hidden', 'unknown-product', 'product-unavailable', 'out-of-stock'])

/**
 * Nobody knows whether the sale is saved. First only «again»; tried again and still nothing, a way out:
 * the till must not stay locked behind one sale.
 */
export function afterNoAnswer(
  { kind, text }: { kind: 'signed-out' | 'other-business' | 'updating' | 'unknown'; text?: string },
  failures: number,
  leave: () => void,
) {
  const signIn = `/ingresar?volver=${encodeURIComponent(location.pathname + location.search)}`
  const waysOut: StripAction[] = [
    { text: 'Ver si está en Ventas', href: '/ventas' },
    { text: 'Dejar este pedido', kind: 'danger', press: leave },
  ]
  if (kind === 'signed-out') return { text: signedOutText, actions: [{ text: 'Ingresar', href: signIn }] }
  if (kind === 'other-business') {
    // Signed in as that one, the way in leads back to its own till: it has to leave first.
    return { text: otherBusinessText, actions: [{ text: 'Volver a ingresar', press: signOut }] }
  }
  // «Cobrar» stays where it is: the same press tries again.
  if (kind === 'updating') return { text: text ?? updatingText, actions: [] }
  return { text: unknownText, actions: failures > 1 ? waysOut : [] }
}

function signOut(): void {
  const form = make('form', { method: 'post', action: '/salir' })
  document.body.append(form)
  form.submit()
}

/** The new total stands on the button: whoever presses it has read it. */
function answerPrice(refusal: Refusal, desk: Desk, ways: Ways, back: StripAction): Answer {
  desk.update(takePrices(desk.state(), refusal.lines))
  ways.refreshMenu()
  ways.retotal()
  const due = refusal.dueCentimos ?? orderTotals(desk.state().order, 0).totalCentimos
  return {
    isQuestion: true,
    actions: [{ text: `Cobrar ${formatSoles(due)}`, kind: 'primary', press: ways.charge }, back],
  }
}
