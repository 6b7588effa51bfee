import { formatAmount, formatSoles, parseSoles } from '#src/lib/money.ts'
import { cashRounding, type Method, settle } from '#src/sales/payment.ts'
import { limits } from '#src/sales/sale.ts'
import type { ChargeBody } from './charge.ts'

/** What the payment panel says, worked out from what was chosen and typed. Pure. */
export type Tender = { method: Method; receivedText: string; operationNumber: string }

export type PaymentView = {
  isCash: boolean
  dueCentimos: number
  /** Zero unless cash rounds the total. */
  roundingCentimos: number
  /** Null while nothing is typed or it is not enough. */
  changeCentimos: number | null
  /** What stops the charge, as a sentence. */
  problem: string | null
  payments: ChargeBody['payments']
}

export const startTender = (): Tender => ({ method: 'efectivo', receivedText: '', operationNumber: '' })

export function viewPayment(totalCentimos: number, tender: Tender): PaymentView {
  const { method, operationNumber } = tender
  if (method !== 'efectivo') {
    const operation = operationNumber.trim()
    return {
      isCash: false,
      dueCentimos: totalCentimos,
      roundingCentimos: 0,
      changeCentimos: null,
      problem: null,
      payments: [operation ? { method, operationNumber: operation } : { method }],
    }
  }
  const roundingCentimos = cashRounding(totalCentimos)
  const dueCentimos = totalCentimos + roundingCentimos
  const cash = { isCash: true, dueCentimos, roundingCentimos, changeCentimos: null, problem: null }
  const typed = tender.receivedText.trim()
  if (!typed) return { ...cash, payments: [{ method }] }
  const read = parseSoles(typed, limits.totalCentimos)
  if (!read.ok) return { ...cash, problem: unreadable[read.problem], payments: [] }
  return { ...cash, ...receive(totalCentimos, read.centimos) }
}

/** What was chosen and typed for a sale that is on its way; its body was ours. */
export function tenderOf(body: string): Tender {
  const [payment] = (JSON.parse(body) as Partial<ChargeBody>).payments ?? []
  if (!payment) return startTender()
  const { method, receivedCentimos, operationNumber = '' } = payment
  return {
    method,
    receivedText: receivedCentimos === undefined ? '' : formatAmount(receivedCentimos),
    operationNumber,
  }
}

function receive(totalCentimos: number, receivedCentimos: number) {
  const settled = settle(totalCentimos, [{ method: 'efectivo', amountCentimos: 0, receivedCentimos }])
  if (!settled.ok) {
    return { problem: `Faltan ${formatSoles(settled.missingCentimos ?? 0)}.`, payments: [] }
  }
  return {
    changeCentimos: settled.payments[0]?.changeCentimos ?? 0,
    payments: [{ method: 'efectivo' as const, receivedCentimos }],
  }
}

const unreadable = {
  'not-a-price': 'Escribe cuánto recibes, por ejemplo 50.',
  'too-many-decimals': 'Usa hasta dos decimales.',
  negative: 'Lo recibido no puede ser negativo.',
  'too-large': 'Revisa cuánto recibes: es demasiado.',
} as const
