import { Button } from '#views/components/button.tsx'
import { MoneyField } from '#views/components/field.tsx'

/** How it is paid. A suggested amount charges with one tap; two presses in one place never do. */
export function PaymentPane() {
  return (
    <section class="till-payment" aria-labelledby="payment-title" hidden data-part="payment">
      <button class="button button-quiet payment-back" type="button" data-press="back">
        ← <span>Volver al pedido</span>
      </button>
      <div class="payment-head">
        <h2 class="payment-title" id="payment-title" tabindex={-1}>
          Total a cobrar
        </h2>
        <p class="payment-rounding soft" data-part="rounding"></p>
        <p class="payment-due" data-part="due"></p>
      </div>
      <fieldset class="payment-methods" aria-label="Medio de pago">
        <MethodButton value="efectivo" name="Efectivo" keyName="E" isCurrent />
        <MethodButton value="yape" name="Yape" keyName="Y" />
        <MethodButton value="plin" name="Plin" keyName="P" />
        <MethodButton value="tarjeta" name="Tarjeta" keyName="T" />
      </fieldset>
      <div class="payment-cash" data-part="cash">
        <fieldset
          class="payment-notes"
          aria-label="Con cuánto paga: un toque cobra"
          data-part="notes"
        ></fieldset>
        <div class="payment-received">
          <MoneyField
            name="received"
            id="till-received"
            label="Recibido"
            enterkeyhint="done"
            data-part="received"
          />
          <p class="payment-change">
            <span class="payment-change-word">Vuelto</span>{' '}
            <output for="till-received" data-part="change"></output>
          </p>
        </div>
      </div>
      <div class="payment-operation field" hidden data-part="operation-field">
        <label for="till-operation">
          N.º de operación <span class="optional">(opcional)</span>
        </label>
        <div class="field-box">
          <input class="input" id="till-operation" autocomplete="off" maxlength={32} data-part="operation" />
        </div>
      </div>
      <div class="strip strip-danger payment-refusal" hidden data-part="refusal">
        <p class="strip-text" tabindex={-1} data-part="refusal-text"></p>
        <div class="actions" data-part="refusal-actions"></div>
      </div>
      <Button
        kind="primary"
        wide
        class="payment-charge"
        type="button"
        busy="Cobrando…"
        data-press="charge"
        data-part="charge"
      >
        <span data-part="charge-text">Cobrar</span>{' '}
        <span class="key" aria-hidden="true">
          ⏎
        </span>
      </Button>
    </section>
  )
}

type MethodProps = { value: string; name: string; keyName: string; isCurrent?: boolean }

function MethodButton({ value, name, keyName, isCurrent = false }: MethodProps) {
  return (
    <button
      class="payment-method"
      type="button"
      data-method={value}
      aria-pressed={isCurrent ? 'true' : 'false'}
    >
      <span class="payment-dot" aria-hidden="true"></span>
      {name}
      <span class="key" aria-hidden="true">
        {keyName}
      </span>
    </button>
  )
}
