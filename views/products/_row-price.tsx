import { formatAmount } from '#src/lib/money.ts'
import { Button } from '#views/components/button.tsx'
import { FieldError } from '#views/components/field-frame.tsx'
import type { RowProps } from './_row.tsx'

/** The price, changed where it stands; what was typed wrong stays in it. */
export function RowPrice({ product, listing, rejected, repriced }: RowProps) {
  const { id, name } = product
  const field = `price-${id}`
  return (
    <>
      <form
        class="row-form"
        method="post"
        action={`/productos/${id}/precio`}
        hx-post={`/productos/${id}/precio`}
        hx-target={`#product-${id}`}
        hx-swap="outerHTML"
        hx-sync="this:drop"
        novalidate
      >
        <input type="hidden" name="lista" value={listing} />
        <div class={rejected ? 'field-box is-wrong' : 'field-box'}>
          <span class="field-prefix" aria-hidden="true">
            S/
          </span>
          <input
            class="input input-money"
            id={field}
            name="price"
            value={rejected?.price ?? formatAmount(product.priceCentimos)}
            inputmode="decimal"
            autocomplete="off"
            maxlength={14}
            aria-label={`Precio de ${name}${product.unit === 'kg' ? ', el kilo' : ''}`}
            aria-invalid={rejected ? 'true' : undefined}
            aria-describedby={rejected ? `${field}-error` : undefined}
            autofocus={rejected !== undefined}
          />
        </div>
        <Button aria-label={`Guardar precio de ${name}`}>Guardar</Button>
      </form>
      <FieldError id={field} error={rejected?.error} />
      {repriced && (
        <form class="row-undo" method="post" action={`/productos/cambios/${repriced.changeId}/deshecho`}>
          <input type="hidden" name="lista" value={listing} />
          <span class="hint" role="status">
            {repriced.said}
          </span>
          <Button kind="quiet">Deshacer</Button>
        </form>
      )}
    </>
  )
}
