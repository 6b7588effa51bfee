import { Button, ButtonLink } from '#views/components/button.tsx'
import { CheckField } from '#views/components/field.tsx'
import { FieldError } from '#views/components/field-frame.tsx'
import { ProductPicture } from './_picture.tsx'

type Shown = {
  id: number
  name: string
  emoji: string | null
  photoId: string | null
  favouritePosition: number | null
}

/** The photo of the tile. The page's script makes it small before it is sent; without script a small one is taken. */
export function PhotoSection({ product, error }: { product: Shown; error: string | undefined }) {
  const { id, photoId } = product
  return (
    <section class="card stack" id="foto" aria-labelledby="foto-titulo">
      <h2 id="foto-titulo">Foto</h2>
      <form
        class="stack"
        method="post"
        action={`/productos/${id}/foto`}
        enctype="multipart/form-data"
        data-photo
      >
        <div class="photo-line">
          <ProductPicture product={product} />
          <div class={error ? 'field is-wrong' : 'field'}>
            <label for="photo">{photoId ? 'Cambiar la foto' : 'Elegir una foto'}</label>
            <p class="hint" id="photo-hint">
              JPG, PNG o WebP; la achicamos antes de subirla.
            </p>
            <input
              class="photo-input"
              id="photo"
              name="photo"
              type="file"
              accept="image/jpeg,image/png,image/webp"
              aria-describedby={error ? 'photo-error photo-hint' : 'photo-hint'}
              aria-invalid={error ? 'true' : undefined}
              autofocus={error !== undefined}
            />
            <FieldError id="photo" error={error} />
          </div>
        </div>
        <div class="actions">
          <Button busy="Guardando…">Guardar foto</Button>
        </div>
      </form>
      {photoId && (
        <form method="post" action={`/productos/${id}/foto/fuera`}>
          <Button kind="quiet">Quitar la foto</Button>
        </form>
      )}
    </section>
  )
}

export type TillSectionProps = {
  product: Shown
  branches: readonly { id: number; name: string; isAvailable: boolean }[]
}

/** Where it is to be had, and whether it stands on the till's first screen. */
export function TillSection({ product, branches }: TillSectionProps) {
  const isFavourite = product.favouritePosition !== null
  return (
    <section class="card stack" id="caja" aria-labelledby="caja-titulo">
      <h2 id="caja-titulo">En la caja</h2>
      <form class="stack" method="post" action={`/productos/${product.id}/disponibilidad`}>
        <input type="hidden" name="en" value="estos" />
        <input type="hidden" name="desde" value="pagina" />
        {branches.map((branch) => (
          <CheckField
            name="branches[]"
            id={`branch-${branch.id}`}
            value={String(branch.id)}
            checked={branch.isAvailable}
            label={branches.length === 1 ? 'Disponible' : `Disponible en ${branch.name}`}
            hint={branches.length === 1 ? 'Sin marcar sale como «Agotado» y no se puede vender.' : undefined}
          />
        ))}
        <div class="actions">
          <Button>Guardar disponibilidad</Button>
        </div>
      </form>
      <form class="actions" method="post" action={`/productos/${product.id}/favorito`}>
        <input type="hidden" name="on" value={isFavourite ? '' : 'on'} />
        <input type="hidden" name="desde" value="pagina" />
        <Button>{isFavourite ? '★ Quitar de favoritos' : '☆ Poner en favoritos'}</Button>
        <ButtonLink href="/productos/favoritos" kind="quiet">
          Ordenar favoritos
        </ButtonLink>
      </form>
    </section>
  )
}
