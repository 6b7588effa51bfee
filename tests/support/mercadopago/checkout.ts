import type { Books, Payment } from './books.ts'

/** What a browser sees of the service: one page with a button for each way in which a payment can end. */

const approved = { status: 'approved', status_detail: 'accredited' }
const endings = {
  aprobar: { text: 'Pagar', ...approved },
  callado: { text: 'Pagar sin que nadie avise', manner: 'never', ...approved },
  repetido: { text: 'Pagar y avisar dos veces', manner: 'twice', ...approved },
  rechazar: {
    text: 'Tarjeta sin fondos',
    status: 'rejected',
    status_detail: 'cc_rejected_insufficient_amount',
  },
  pendiente: { text: 'Pagar en efectivo', status: 'pending', status_detail: 'pending_waiting_payment' },
} as const
type Ending = keyof typeof endings
/** How its notices come after a payment in the browser. */
export type Manner = 'at-once' | 'twice' | 'late' | 'never'

export function checkoutPage(action: string, title: string): string {
  const buttons = Object.entries(endings).map(
    ([name, { text }]) => `<p><button name="fin" value="${name}">${text}</button></p>`,
  )
  return `<!doctype html><html lang="es"><meta charset="utf-8"><title>Mercado Pago</title>
    <h1>${title.replaceAll('<', '&lt;')}</h1><form method="post" action="${action}">${buttons.join('')}</form></html>`
}

function endingOf(name: string) {
  if (!Object.hasOwn(endings, name)) return null
  const { status, status_detail, ...rest } = endings[name as Ending]
  return { told: { status, status_detail }, manner: 'manner' in rest ? (rest.manner as Manner) : null }
}

export type Paid = { payment: Payment; backTo: string; chargeId: string | null; manner: Manner | null }

/** The person pressed a button: her payment, and where her browser goes next. */
export function payPreference(books: Books, id: string, name: string): Paid | null {
  const ending = endingOf(name)
  const preference = books.preferences.get(id)
  const item = preference?.items[0]
  if (!preference || !item || !ending) return null
  const payment = books.addPayment({
    external_reference: preference.external_reference,
    transaction_amount: item.unit_price * item.quantity,
    currency_id: item.currency_id,
    ...ending.told,
  })
  const backTo = new URL(preference.back_urls.success)
  // The address says that it is paid, whatever the truth is.
  backTo.searchParams.set('collection_id', String(payment.id))
  backTo.searchParams.set('status', 'approved')
  backTo.searchParams.set('external_reference', preference.external_reference)
  return { payment, backTo: String(backTo), chargeId: null, manner: ending.manner }
}

export function allowPreapproval(books: Books, id: string, name: string): Paid | null {
  const ending = endingOf(name)
  const subscription = books.preapprovals.get(id)
  if (!subscription || !ending) return null
  subscription.status = 'authorized'
  const { payment, chargeId } = books.charge(id, ending.told)
  const backTo = new URL(subscription.back_url)
  backTo.searchParams.set('preapproval_id', id)
  return { payment, backTo: String(backTo), chargeId, manner: ending.manner }
}
