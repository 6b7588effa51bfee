import { Button } from '#views/components/button.tsx'

/** What is sold by weight asks its kilos before it becomes a line, with the amount live beside them. */
export function Weight() {
  return (
    <form class="order-weight" hidden data-part="weight" autocomplete="off">
      <label class="order-weight-name" for="till-kilos" data-part="weight-name">
        Kilos
      </label>
      <div class="order-weight-row">
        <div class="field-box">
          <input
            class="input input-money"
            id="till-kilos"
            inputmode="decimal"
            placeholder="0.000"
            maxlength={9}
            data-part="kilos"
          />
          <span class="field-prefix order-kg">kg</span>
        </div>
        <output class="order-weight-amount" for="till-kilos" data-part="weight-amount"></output>
      </div>
      <p class="field-error" hidden role="alert" data-part="weight-error"></p>
      <div class="order-weight-row">
        <Button type="button" data-press="cancel-weight">
          Volver
        </Button>
        <Button>Agregar</Button>
      </div>
    </form>
  )
}
