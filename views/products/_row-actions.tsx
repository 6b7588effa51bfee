import { Button } from '#views/components/button.tsx'
import type { RowProps } from './_row.tsx'

/** «Agotado» and back, on every till of the business. Branch by branch is on the product's own page. */
export function RowAvailability({ product, listing, branchCount }: RowProps) {
  const { id, name, unavailableIn } = product
  const isSoldOut = unavailableIn > 0
  const where = isSoldOut && unavailableIn < branchCount ? ` en ${unavailableIn} de ${branchCount}` : ''
  return (
    <form {...rowForm(id, 'disponibilidad')}>
      <input type="hidden" name="lista" value={listing} />
      <input type="hidden" name="en" value={isSoldOut ? 'todos' : 'ninguno'} />
      <button
        class={isSoldOut ? 'availability is-out' : 'availability'}
        type="submit"
        role="switch"
        id={`available-${id}`}
        aria-checked={isSoldOut ? 'false' : 'true'}
        aria-label={`${name} disponible`}
      >
        {isSoldOut ? `Agotado${where}` : 'Disponible'}
      </button>
    </form>
  )
}

/** The star of the till's first screen, and hiding. */
export function RowActions({ product, listing }: RowProps) {
  const { id, name, active } = product
  const isFavourite = product.favouritePosition !== null
  return (
    <>
      <form {...rowForm(id, 'favorito')}>
        <input type="hidden" name="lista" value={listing} />
        <input type="hidden" name="on" value={isFavourite ? '' : 'on'} />
        <button
          class="star"
          type="submit"
          id={`star-${id}`}
          aria-pressed={isFavourite ? 'true' : 'false'}
          aria-label={`${name} en favoritos`}
          title="Favorito: sale en la primera pantalla de la caja"
        >
          {isFavourite ? '★' : '☆'}
        </button>
      </form>
      <form method="post" action={`/productos/${id}/${active ? 'oculto' : 'visible'}`}>
        <input type="hidden" name="lista" value={listing} />
        <Button kind="quiet" aria-label={`${active ? 'Ocultar' : 'Mostrar'} ${name}`}>
          {active ? 'Ocultar' : 'Mostrar'}
        </Button>
      </form>
    </>
  )
}

const rowForm = (id: number, noun: string) => ({
  method: 'post' as const,
  action: `/productos/${id}/${noun}`,
  'hx-post': `/productos/${id}/${noun}`,
  'hx-target': `#product-${id}`,
  'hx-swap': 'outerHTML',
  'hx-sync': 'this:drop',
})
