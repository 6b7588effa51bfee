import { Button, ButtonLink } from '#views/components/button.tsx'
import { CheckField } from '#views/components/field.tsx'

export function StockSection({ id, text }: { id: number; text: string }) {
  return (
    <section class="card stack" aria-labelledby="stock-titulo">
      <h2 id="stock-titulo">Stock</h2>
      <p>{text}</p>
      <div class="actions">
        <ButtonLink href={`/productos/${id}/existencias`}>Ver stock y movimientos</ButtonLink>
      </div>
    </section>
  )
}

export type OptionsProps = {
  productId: number
  options: readonly { id: number; name: string; rule: string; isAsked: boolean }[]
}

/** Which questions this product will ask; the till does not ask them yet, and the page says so. */
export function OptionsSection({ productId, options }: OptionsProps) {
  return (
    <section class="card stack" id="opciones" aria-labelledby="opciones-titulo">
      <h2 id="opciones-titulo">Opciones</h2>
      <p class="hint">Sus opciones (presa, cremas). La caja las mostrará pronto.</p>
      {options.length === 0 ? (
        <p class="soft">Todavía no hay opciones.</p>
      ) : (
        <form class="stack" method="post" action={`/productos/${productId}/opciones`}>
          {options.map((group) => (
            <CheckField
              name="groups[]"
              id={`group-${group.id}`}
              value={String(group.id)}
              checked={group.isAsked}
              label={group.name}
              hint={group.rule}
            />
          ))}
          <div class="actions">
            <Button>Guardar opciones</Button>
          </div>
        </form>
      )}
      <div class="actions">
        <ButtonLink href="/productos/opciones" kind="quiet">
          {options.length === 0 ? 'Crear opciones' : 'Cambiar las opciones'}
        </ButtonLink>
      </div>
    </section>
  )
}

type LeaveProps = { product: { id: number; name: string; active: boolean }; wasSold: boolean }

/** Out of the till: hidden with a way back, or, if it was never sold, deleted after a question. */
export function LeaveSection({ product, wasSold }: LeaveProps) {
  const { id, active } = product
  return (
    <section class="card stack" aria-labelledby="fuera-titulo">
      <h2 id="fuera-titulo">{active ? 'Sacarlo de la caja' : 'Está oculto'}</h2>
      {wasSold && <p class="soft">Ya se vendió: se puede ocultar, y sus ventas lo conservan.</p>}
      <div class="actions">
        <form method="post" action={`/productos/${id}/${active ? 'oculto' : 'visible'}`}>
          <Button>{active ? 'Ocultar producto' : 'Poner a la venta'}</Button>
        </form>
        {!wasSold && (
          <form method="post" action="/productos/acciones">
            <input type="hidden" name="accion" value="borrar" />
            <input type="hidden" name="de" value="marcados" />
            <input type="hidden" name="ids[]" value={String(id)} />
            <Button kind="danger">Borrar producto</Button>
          </form>
        )}
      </div>
    </section>
  )
}
