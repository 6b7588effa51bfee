import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'
import { Empty } from '#views/components/empty.tsx'

type FavouritesProps = {
  shell: Shell
  favourites: readonly { id: number; name: string; active: boolean }[]
}

/** The till's first screen, in its order. */
export function FavouritesPage({ shell, favourites }: FavouritesProps) {
  return (
    <AppLayout shell={shell} title="Favoritos" current="productos" narrow>
      <div class="stack-24">
        <h1>Favoritos de la caja</h1>
        <p class="soft">Salen primero al abrir la caja, en este orden.</p>
        {favourites.length === 0 ? (
          <Empty text="Sin favoritos, la caja muestra los primeros 30 productos." icon="package">
            <ButtonLink href="/productos">Elegir con la estrella</ButtonLink>
          </Empty>
        ) : (
          <ol class="plain-rows">
            {favourites.map(({ id, name, active }, at) => (
              <li>
                <span>
                  {name} {!active && <Chip>Oculto</Chip>}
                </span>
                <span class="actions">
                  <Move id={id} to="arriba" name={name} sign="↑" disabled={at === 0} />
                  <Move id={id} to="abajo" name={name} sign="↓" disabled={at === favourites.length - 1} />
                  <form method="post" action={`/productos/${id}/favorito`}>
                    <input type="hidden" name="desde" value="favoritos" />
                    <Button kind="quiet" aria-label={`Quitar ${name} de favoritos`}>
                      Quitar
                    </Button>
                  </form>
                </span>
              </li>
            ))}
          </ol>
        )}
        <ButtonLink href="/productos" kind="quiet">
          Volver a productos
        </ButtonLink>
      </div>
    </AppLayout>
  )
}

type MoveProps = { id: number; to: 'arriba' | 'abajo'; name: string; sign: string; disabled: boolean }

function Move({ id, to, name, sign, disabled }: MoveProps) {
  return (
    <form method="post" action={`/productos/${id}/favorito/${to}`}>
      <Button aria-label={`${name}, hacia ${to}`} disabled={disabled}>
        {sign}
      </Button>
    </form>
  )
}
