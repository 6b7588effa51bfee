import { Button } from '#views/components/button.tsx'
import { LineTemplates } from './line.tsx'
import { Weight } from './weight.tsx'

/** The order being typed: the right column of a PC, a screen of its own on a phone. */
export function OrderPane() {
  return (
    <>
      <section class="till-order" aria-label="Pedido" data-part="order">
        <header class="order-head">
          <button class="button button-quiet order-close" type="button" data-press="close-order">
            ← <span>Seguir agregando</span>
          </button>
          <h2 class="order-name" tabindex={-1} data-part="order-name">
            Pedido
          </h2>
          <fieldset class="order-channels" aria-label="Para dónde es">
            <Channel value="salon" name="Salón" isCurrent />
            <Channel value="llevar" name="Para llevar" />
            <Channel value="delivery" name="Delivery" />
          </fieldset>
        </header>
        <div class="order-scroll" data-part="order-scroll">
          <ol class="order-lines" data-part="lines"></ol>
          <p class="order-empty soft" data-part="order-empty">
            Toca un producto o escanéalo.
          </p>
        </div>
        <Weight />
        <footer class="order-foot">
          <p class="order-count soft" data-part="order-count"></p>
          <p class="order-total">
            <span class="visually-hidden">Total </span>
            <span data-part="order-total">S/&nbsp;0.00</span>
          </p>
          <Button
            kind="primary"
            wide
            class="order-charge"
            type="button"
            disabled
            data-press="charge-screen"
            data-part="order-charge"
          >
            Cobrar
          </Button>
          <Button kind="plain" wide class="order-back" type="button" data-press="back">
            ← Volver al pedido{' '}
            <span class="key" aria-hidden="true">
              Esc
            </span>
          </Button>
        </footer>
      </section>
      <footer class="till-bar">
        <button class="button" type="button" data-press="open-order" data-part="bar-order">
          Pedido
        </button>
        <Button kind="primary" type="button" disabled data-press="charge-screen" data-part="bar-charge">
          Cobrar
        </Button>
      </footer>
      <LineTemplates />
    </>
  )
}

function Channel({ value, name, isCurrent = false }: { value: string; name: string; isCurrent?: boolean }) {
  return (
    <button
      class="order-channel"
      type="button"
      data-channel={value}
      aria-pressed={isCurrent ? 'true' : 'false'}
    >
      {name}
    </button>
  )
}
