import { Button } from '#views/components/button.tsx'
import { Field, MoneyField } from '#views/components/field.tsx'

/** «Crear producto»: a name and a price, and it is in the order. The cashier never leaves the till for it. */
export function Create() {
  return (
    <div
      class="till-create"
      role="dialog"
      aria-modal="true"
      aria-labelledby="create-title"
      hidden
      data-part="create"
    >
      <form class="till-create-card" data-part="create-form" autocomplete="off" novalidate>
        <h2 id="create-title">Crear producto</h2>
        <p class="soft" hidden data-part="create-code"></p>
        <Field name="name" id="create-name" label="Nombre" autocomplete="off" maxlength={300} />
        <MoneyField name="price" id="create-price" label="Precio" hint="Con IGV, como lo cobras." />
        <p class="field-error" role="alert" hidden data-part="create-error"></p>
        <a class="button button-quiet" href="/plan" hidden data-part="create-way">
          Ver planes
        </a>
        <div class="till-create-actions">
          <Button type="button" data-press="close-create">
            Volver a la caja
          </Button>
          <Button kind="primary" busy="Guardando…">
            Crear y agregar
          </Button>
        </div>
      </form>
    </div>
  )
}
