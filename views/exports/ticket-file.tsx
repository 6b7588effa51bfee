import type { Ticket } from '#src/sales/ticket.ts'
import { TicketPaper } from '#views/sales/ticket.tsx'

type TicketFileProps = { ticket: Ticket; css: string }

/** A ticket that needs nothing from anywhere: it is opened from a folder, years later. */
export async function ticketFile(props: TicketFileProps): Promise<string> {
  return `<!doctype html>${await (<TicketFile {...props} />)}`
}

function TicketFile({ ticket, css }: TicketFileProps) {
  return (
    <html lang="es-PE">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${ticket.number} · ${ticket.businessName}`}</title>
        {/* Our own stylesheet: outside its page a ticket has none. */}
        <style dangerouslySetInnerHTML={{ __html: css }} />
      </head>
      <body>
        <TicketPaper ticket={ticket} />
      </body>
    </html>
  )
}
