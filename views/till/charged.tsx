import { Button } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'

/** After the money: only the right column changes, and the tiles already serve the next order. */
export function ChargedPane() {
  return (
    <section class="till-charged" aria-labelledby="charged-title" hidden data-part="charged">
      <h2 class="charged-title" id="charged-title" tabindex={-1} data-part="charged-title">
        <Icon name="check" /> Cobrado <span data-part="charged-due"></span>{' '}
        <span data-part="charged-method"></span>
      </h2>
      <div class="charged-change" data-part="charged-change-box">
        <p class="charged-change-word">Vuelto</p>
        <p class="charged-change-amount" data-part="charged-change"></p>
      </div>
      <div class="charged-actions">
        <Button type="button" data-press="print">
          <Icon name="printer" /> <span data-part="print-text">Imprimir</span>
        </Button>
        <a
          class="button button-plain"
          target="_blank"
          rel="noopener"
          href="https://wa.me/"
          data-part="whatsapp"
        >
          <span class="button-label">
            <Icon name="message-circle" /> WhatsApp
          </span>
        </a>
      </div>
      <section class="charged-ticket" aria-label="Ticket" tabindex={0} data-part="ticket"></section>
      <div class="charged-next">
        <Button kind="primary" wide type="button" data-press="next-order" data-part="next-order">
          Nueva venta{' '}
          <span class="key" aria-hidden="true">
            ⏎
          </span>
        </Button>
      </div>
    </section>
  )
}
