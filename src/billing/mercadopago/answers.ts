import type { InvoiceResponse } from 'mercadopago/dist/clients/invoice/commonTypes.js'
import type { PaymentResponse } from 'mercadopago/dist/clients/payment/commonTypes.js'
import type { PreApprovalResponse } from 'mercadopago/dist/clients/preApproval/commonTypes.js'
import type {
  ExternalCharge,
  ExternalPayment,
  ExternalState,
  ExternalSubscription,
} from '#src/billing/provider.ts'

// What the service answers, in our words. Its types promise more than its answers keep: every field is doubted.

export function toPayment(answer: Partial<PaymentResponse>): ExternalPayment {
  const { metadata, point_of_interaction: place } = answer
  return {
    id: String(answer.id),
    reference: textOf(answer.external_reference),
    state: stateOf(answer.status, answer.status_detail),
    amountCentimos: centimosOf(answer.transaction_amount),
    refundedCentimos: centimosOf(answer.transaction_amount_refunded) ?? 0,
    currency: textOf(answer.currency_id),
    createdAt: dateOf(answer.date_created),
    subscriptionId:
      textOf(place?.transaction_data?.subscription_id) ?? textOf(metadata?.preapproval_id) ?? null,
  }
}

const states: Record<string, ExternalState> = {
  approved: 'approved',
  pending: 'waiting',
  in_process: 'waiting',
  authorized: 'waiting',
  in_mediation: 'waiting',
  rejected: 'rejected',
  cancelled: 'cancelled',
  refunded: 'refunded',
  charged_back: 'charged_back',
}

/** A word that the service invents tomorrow waits: it neither gives nor takes. */
function stateOf(status: string | undefined, detail: string | undefined): ExternalState {
  if (status === 'charged_back' && detail === 'reimbursed') return 'reimbursed'
  return states[status ?? ''] ?? 'waiting'
}

export function toSubscription(answer: Partial<PreApprovalResponse>): ExternalSubscription {
  return {
    id: String(answer.id),
    reference: textOf(answer.external_reference),
    state: subscriptionStates[answer.status ?? ''] ?? 'pending',
  }
}

const subscriptionStates: Record<string, ExternalSubscription['state']> = {
  pending: 'pending',
  authorized: 'active',
  paused: 'paused',
  cancelled: 'cancelled',
}

export function toCharge({ preapproval_id, payment }: Partial<InvoiceResponse>): ExternalCharge {
  return { subscriptionId: textOf(preapproval_id), paymentId: textOf(payment?.id) }
}

/** 69 and 69.00 are 6900; 69.001 is no amount of ours. */
export function centimosOf(amount: unknown): number | null {
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return null
  const centimos = Math.round(amount * 100)
  return Math.abs(centimos - amount * 100) < 1e-6 ? centimos : null
}

const textOf = (value: unknown): string | null =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : null

function dateOf(text: unknown): Date | null {
  const date = new Date(typeof text === 'string' ? text : Number.NaN)
  return Number.isNaN(date.getTime()) ? null : date
}
