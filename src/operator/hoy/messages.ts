/** What is written to an owner, ready to send: only where she agreed to be written to. Pure. */

import { formatScreenDate } from '#src/lib/lima.ts'
import { formatAmount } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'
import type { Business } from '../businesses/business.ts'
import { type Queue, trialLastDay } from './queues.ts'

export type Payment = { operationNumber: string | null; amountCentimos: number }
type Speaker = { operatorName: string }

/** UX.md, section 12, gives two of them to the letter. null: nothing to say. */
export function messageFor(
  queue: Queue,
  business: Business,
  { operatorName }: Speaker,
  now: Date,
  payment?: Payment,
): string | null {
  const hello = helloTo(business.stats.ownerName)
  const me = `soy ${firstName(operatorName)} de SmartKet.`
  switch (queue) {
    case 'configuracion':
      return `${hello}, ${me} Vi que te quedaste en el paso ${business.stats.setupStep + 1}. ¿Te ayudo a terminar? Son 2 minutos.`
    case 'primera-venta':
      return `${hello}, ${me} Tu caja está lista y todavía no hay ventas. ¿Te ayudo con la primera? Son 2 minutos.`
    case 'fin-de-prueba':
      return `${hello}, ${trialEnds(business, now)} ${sold(business)} ¿Seguimos?`
    case 'pagos':
      return payment ? `${hello}, ${me} ${aboutPayment(payment)}` : null
    case 'vencidos':
      return `${hello}, ${me} ${expired(business)}`
  }
}

function trialEnds(business: Business, now: Date): string {
  const day = trialLastDay(business, now)
  if (day) return `tu prueba termina el ${dayOf(day)}.`
  const left = business.trialEnd?.salesLeft ?? 0
  return `tu prueba termina en ${count(left, 'venta', 'ventas')} más.`
}

const sold = ({ stats }: Business) =>
  `Llevas ${count(stats.salesMade, 'venta', 'ventas')} por S/ ${formatAmount(stats.salesCentimos)}.`

function aboutPayment({ operationNumber, amountCentimos }: Payment): string {
  const which = operationNumber ? `tu pago ${operationNumber}` : 'tu pago'
  return `Estoy revisando ${which} de S/ ${formatAmount(amountCentimos)}. ¿Me ayudas con una foto de la operación?`
}

function expired(business: Business): string {
  const { account } = business
  if (account?.kind === 'late') {
    const last = dayOf(new Date(account.until.getTime() - 1))
    return `Tu plan venció el ${dayOf(beforeMidnight(account.since))} y puedes vender hasta el ${last}. ¿Te ayudo a renovarlo?`
  }
  if (account?.kind === 'trial-over')
    return `Tu prueba terminó. ${sold(business)} Todo está guardado. ¿Seguimos?`
  return 'Tu plan venció y todo está guardado. ¿Te ayudo a seguir donde lo dejaste?'
}

/** «vie 22 nov»: a period that ends at a midnight ended on the day before it. */
const beforeMidnight = (midnight: Date) => new Date(midnight.getTime() - 1)
const dayOf = (at: Date) => formatScreenDate(at).split(',')[0] ?? ''

const firstName = (name: string) => name.trim().split(/\s+/)[0] ?? ''
const helloTo = (name: string) => (firstName(name) ? `Hola ${firstName(name)}` : 'Hola')

/** About a payment, from the payment's own page. */
export const greetingFor = (ownerName: string, operatorName: string, payment: Payment) =>
  `${helloTo(ownerName)}, soy ${firstName(operatorName)} de SmartKet. ${aboutPayment(payment)}`

/** Opens WhatsApp with the text typed in: a Peruvian mobile of nine digits, or a number with its country's code. */
export function whatsappLink(number: string, text: string | null): string {
  const digits = number.replace(/\D/g, '')
  const whole = /^9\d{8}$/.test(digits) ? `51${digits}` : digits
  return `https://wa.me/${whole}${text ? `?text=${encodeURIComponent(text)}` : ''}`
}
