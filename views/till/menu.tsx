import { type CatalogueCategory, categoryColour } from '#src/till/catalogue.ts'
import type { Till } from '#src/till/till.ts'
import { Icon } from '#views/components/icon.tsx'
import { NoProducts } from './no-products.tsx'
import { Tile } from './tile.tsx'

type MenuPaneProps = { till: Till; isManager: boolean; hasReadyMenu: boolean }

/** Categories, search and tiles: the left of a PC, the whole of a phone. */
export function MenuPane({ till, isManager, hasReadyMenu }: MenuPaneProps) {
  const colours = new Map(till.categories.map(({ id }, position) => [id, categoryColour(position)]))
  return (
    <>
      <nav class="till-rail" aria-label="Categorías" data-part="rail">
        <Category id="favoritos" name="Favoritos" isCurrent />
        {till.categories.map(({ id, name }: CatalogueCategory) => (
          <Category id={String(id)} name={name} colour={colours.get(id)} />
        ))}
      </nav>
      <section class="till-menu" aria-label="Productos" data-part="menu">
        <div class="till-find">
          <div class="field-box till-search">
            <label class="field-prefix" for="till-search">
              <Icon name="search" />
              <span class="visually-hidden">Buscar o escanear</span>
            </label>
            <input
              class="input"
              id="till-search"
              type="text"
              inputmode="search"
              enterkeyhint="search"
              autocomplete="off"
              autocapitalize="off"
              maxlength={60}
              placeholder="Buscar o escanear…"
              data-part="search"
            />
            <button
              class="button till-clear"
              type="button"
              aria-label="Borrar búsqueda"
              hidden
              data-press="clear-search"
            >
              ✕
            </button>
          </div>
          <p class="till-times chip chip-ember" hidden data-part="times"></p>
        </div>
        <div class="till-tiles" data-part="tiles" tabindex={-1}>
          {till.firstProducts.map((product) => (
            <Tile product={product} colour={colours.get(product.categoryId)} />
          ))}
        </div>
        <template data-part="tile">
          <Tile />
        </template>
        {till.firstProducts.length === 0 && <NoProducts isManager={isManager} hasReadyMenu={hasReadyMenu} />}
        <div class="till-nothing" hidden data-part="nothing">
          <p class="empty-text" data-part="nothing-text"></p>
          {isManager && (
            <button class="button button-plain" type="button" data-press="create" data-part="nothing-create">
              Crear producto
            </button>
          )}
        </div>
      </section>
    </>
  )
}

function Category({ id, name, colour, isCurrent = false }: CategoryProps) {
  return (
    <button
      class="till-category"
      type="button"
      data-category={id}
      data-colour={colour ? String(colour) : undefined}
      aria-pressed={isCurrent ? 'true' : 'false'}
    >
      {name}
    </button>
  )
}

type CategoryProps = { id: string; name: string; colour?: number | undefined; isCurrent?: boolean }
