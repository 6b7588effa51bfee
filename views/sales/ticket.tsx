import { formatAmount, formatSoles } from '#src/lib/money.ts'
import { unbroken } from '#src/lib/text.ts'
import { practiceMark, type Ticket } from '#src/sales/ticket.ts'

type TicketProps = { ticket: Ticket; copy?: boolean | undefined }

/**
 * The paper of a sale, as wide on the screen as on the roll. It is never called boleta nor factura
 * (PERU.md, section 3). COPIA is always in it and shown from the second print on: the browser that prints
 * again uncovers it without asking for the ticket once more.
 */
export function TicketPaper({ ticket, copy }: TicketProps) {
  return (
    <article class={`ticket ticket-${ticket.paper}`} aria-label={`Nota de venta ${ticket.number}`}>
      <Head ticket={ticket} />
      {ticket.isPractice && <p class="ticket-mark">{practiceMark}</p>}
      <div class="ticket-title">
        <p>NOTA DE VENTA</p>
        <p>{ticket.number}</p>
        <p class="ticket-mark ticket-copy" hidden={!copy}>
          COPIA
        </p>
      </div>
      <Row label={ticket.order} value={ticket.channel} />
      <Row label={ticket.date} value={ticket.attendedBy && `Atendió: ${ticket.attendedBy}`} />
      <Lines ticket={ticket} />
      <Totals ticket={ticket} />
      <div class="ticket-foot">
        {ticket.legends.map((legend) => (
          <p>{legend}</p>
        ))}
        {ticket.isPractice && <p class="ticket-mark">{practiceMark}</p>}
        <p>Gracias por tu compra</p>
      </div>
    </article>
  )
}

function Head({ ticket }: TicketProps) {
  return (
    <header class="ticket-head">
      <p class="ticket-business">{ticket.businessName}</p>
      {ticket.legalName && <p>{ticket.legalName}</p>}
      {ticket.ruc && <p>RUC {ticket.ruc}</p>}
      {ticket.contact && <p>{ticket.contact}</p>}
    </header>
  )
}

function Lines({ ticket }: TicketProps) {
  return (
    <table class="ticket-lines">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">Cantidad</th>
          <th scope="col">Producto</th>
          <th scope="col">Precio</th>
          <th scope="col">Importe</th>
        </tr>
      </thead>
      <tbody>
        {ticket.lines.map((line) => (
          <tr>
            <td class="ticket-quantity">{line.quantity}</td>
            <td class="ticket-name">{unbroken(line.name)}</td>
            <td class="ticket-amount">{formatAmount(line.unitPriceCentimos)}</td>
            <td class="ticket-amount">{formatAmount(line.totalCentimos)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Totals({ ticket }: TicketProps) {
  const isRounded = ticket.roundingCentimos !== 0
  return (
    <div class="ticket-totals">
      {ticket.taxLines.map((line) => (
        <Row label={line.label} value={formatAmount(line.centimos)} />
      ))}
      {isRounded && <Row label="Total" value={formatAmount(ticket.totalCentimos)} />}
      {isRounded && <Row label="Redondeo" value={formatAmount(ticket.roundingCentimos)} />}
      <Row label={isRounded ? 'TOTAL A PAGAR' : 'TOTAL'} value={formatSoles(ticket.dueCentimos)} strong />
      <p>{ticket.words}</p>
      {ticket.payments.map((payment) => (
        <Row
          label={`${payment.label} ${formatAmount(payment.receivedCentimos ?? payment.amountCentimos)}`}
          value={
            payment.method === 'efectivo'
              ? `Vuelto ${formatAmount(payment.changeCentimos)}`
              : payment.operationNumber && `N.º op. ${payment.operationNumber}`
          }
        />
      ))}
    </div>
  )
}

function Row({ label, value, strong }: { label: string; value?: string | null; strong?: boolean }) {
  return (
    <p class={strong ? 'ticket-row ticket-total' : 'ticket-row'}>
      <span>{label}</span>
      {value && <span>{value}</span>}
    </p>
  )
}
