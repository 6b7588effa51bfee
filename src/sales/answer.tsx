import type { TenantContext } from '#src/http/env.ts'
import type { Charged } from '#src/sales/actions.ts'
import type { BodyProblem } from '#src/sales/form.ts'
import { type ChargeRefusal, chargeStatus, chargeText } from '#src/sales/texts.ts'
import { type Ticket, ticketText } from '#src/sales/ticket.ts'
import { TicketPaper } from '#views/sales/ticket.tsx'

/** What the till learns of the sale that it has charged. */
export type SaleAnswer = {
  id: number
  number: string
  practice: boolean
  totalCentimos: number
  roundingCentimos: number
  dueCentimos: number
  changeCentimos: number
  /** `mixto` when it was paid in several ways. */
  method: string
  ticketPath: string
  printPath: string
  whatsappText: string
}

/** The till's answer as JSON, with the ticket ready to show: no second request between charging and paper. */
export async function answerCharge(c: TenantContext, charged: Charged) {
  c.header('Cache-Control', 'private, no-store')
  if (!charged.ok) return answerRefusal(c, charged)
  const ticketHtml = String(await (<TicketPaper ticket={charged.ticket} />))
  return c.json({ ok: true, sale: saleAnswer(charged.id, charged.ticket), ticketHtml })
}

/** `field` is where in the body; `lines` and `dueCentimos` let the till show the new prices at once. */
export function answerRefusal(
  c: TenantContext,
  refusal: ChargeRefusal | { ok: false; problem: BodyProblem },
) {
  return c.json({ ...refusal, text: chargeText(refusal) }, chargeStatus(refusal))
}

function saleAnswer(id: number, ticket: Ticket): SaleAnswer {
  const folder = ticket.isPractice ? '/practica' : '/ventas'
  const [payment, another] = ticket.payments
  return {
    id,
    number: ticket.number,
    practice: ticket.isPractice,
    totalCentimos: ticket.totalCentimos,
    roundingCentimos: ticket.roundingCentimos,
    dueCentimos: ticket.dueCentimos,
    changeCentimos: ticket.payments.reduce((sum, paid) => sum + paid.changeCentimos, 0),
    method: another ? 'mixto' : (payment?.method ?? 'efectivo'),
    ticketPath: `${folder}/${id}/ticket`,
    printPath: `${folder}/${id}/impresiones`,
    whatsappText: ticketText(ticket),
  }
}
