import type { Shell } from '#src/http/shell.ts'
import { type Ticket, ticketText } from '#src/sales/ticket.ts'
import { AppLayout } from '../app-layout.tsx'
import { Button, ButtonLink } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Strip } from '../components/strip.tsx'
import { TicketPaper } from './ticket.tsx'

type TicketPageProps = {
  shell: Shell
  ticket: Ticket
  copy?: boolean | undefined
  printPath: string
  /** One key a page: two presses of «Imprimir» without JavaScript are one print. */
  printKey: string
  /** The page came back from «Imprimir» without JavaScript: the browser's own print does the rest. */
  isRecorded: boolean
}

/** A ticket on the screen. Nothing but the ticket goes to the paper, however it is printed. */
export function TicketPage({ shell, ticket, copy, printPath, printKey, isRecorded }: TicketPageProps) {
  return (
    <AppLayout
      shell={shell}
      title={`Ticket ${ticket.number}`}
      current="ventas"
      styles={['app.css', 'ticket.css']}
      scripts={['app.js', 'ticket.js']}
    >
      <div class="ticket-page">
        <div class="not-on-paper">
          <h1>
            Ticket <span class="nowrap">{ticket.number}</span>
          </h1>
          {isRecorded && (
            <Strip>Ahora imprime esta página: Ctrl + P, o «Imprimir» en el menú del navegador.</Strip>
          )}
          <div class="ticket-actions">
            <form method="post" action={printPath} data-print>
              <input type="hidden" name="requestKey" value={printKey} />
              <Button kind="primary">
                <Icon name="printer" /> Imprimir
              </Button>
            </form>
            <ButtonLink
              href={`https://wa.me/?text=${encodeURIComponent(ticketText(ticket))}`}
              rel="noopener"
              target="_blank"
            >
              <Icon name="message-circle" /> WhatsApp
            </ButtonLink>
            <ButtonLink kind="quiet" href={ticket.isPractice ? '/pos?modo=practica' : '/ventas'}>
              {ticket.isPractice ? 'Volver a la práctica' : 'Ver mis ventas'}
            </ButtonLink>
          </div>
          <p class="ticket-notice" role="alert"></p>
        </div>
        <TicketPaper ticket={ticket} copy={copy} />
      </div>
    </AppLayout>
  )
}
