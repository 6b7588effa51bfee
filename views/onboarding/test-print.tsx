import type { Shell } from '#src/http/shell.ts'
import type { Ticket } from '#src/sales/ticket.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'
import { TicketPaper } from '#views/sales/ticket.tsx'

/** Without script the browser's own «Imprimir» does it: ticket.css leaves nothing else on the paper. */
export function TestPrintPage({ shell, ticket }: { shell: Shell; ticket: Ticket }) {
  return (
    <AppLayout
      shell={shell}
      title="Imprimir una prueba"
      narrow
      styles={['app.css', 'ticket.css']}
      scripts={['app.js', 'wizard.js']}
    >
      <div class="test-page">
        <h1 class="not-on-paper">Imprimir una prueba</h1>
        <p class="not-on-paper">
          Si sale cortado o muy pequeño, elige en la ventana de tu impresora el papel de {ticket.paper} mm.
        </p>
        <div class="actions not-on-paper">
          <Button kind="primary" type="button" data-print>
            <Icon name="printer" />
            Imprimir
          </Button>
          <ButtonLink href="/configurar/caja">Volver a mi caja</ButtonLink>
        </div>
        <noscript>
          <p class="hint not-on-paper">Usa «Imprimir» en el menú de tu navegador.</p>
        </noscript>
        <div class="test-paper">
          <TicketPaper ticket={ticket} copy={false} />
        </div>
      </div>
    </AppLayout>
  )
}
