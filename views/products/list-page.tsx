import type { LimitNote } from '#src/billing/limits.ts'
import type { Shell } from '#src/http/shell.ts'
import { isNarrowed, listing } from '#src/products/search.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'
import { LimitStrip } from '#views/components/limit-strip.tsx'
import { Strip } from '#views/components/strip.tsx'
import type { CategoryOption } from './_fields.tsx'
import { ProductList, type ProductListProps } from './_list.tsx'
import { SearchForm } from './_search-form.tsx'

type ListPageProps = {
  shell: Shell
  list: ProductListProps
  categories: readonly CategoryOption[]
  /** Just hidden or shown again: one press takes it back. */
  changed: { id: number; name: string; active: boolean } | null
  /** An action over many, just done or just taken back. */
  done: { id: number; said: string; canUndo: boolean } | null
  /** How far the plan reaches; `isFull`: why nothing was done. */
  note: LimitNote | null
  isFull: boolean
}

export function ProductListPage(props: ListPageProps) {
  const { shell, list, categories, changed, done, note, isFull } = props
  const isBlank = list.total === 0 && !isNarrowed(list.search) && list.search.page === 1
  const undo = done?.canUndo && (
    <form method="post" action={`/productos/cambios/${done.id}/deshecho`}>
      <input type="hidden" name="lista" value={listing(list.search)} />
      <Button kind="quiet">Deshacer</Button>
    </form>
  )
  return (
    <AppLayout shell={shell} title="Productos" current="productos" scripts={['app.js', 'products.js']}>
      <div class="products-head">
        <h1>Productos</h1>
        {list.canEdit && !isBlank && (
          <div class="actions">
            <ButtonLink href="/productos/nuevo" kind="primary">
              <Icon name="plus" />
              Añadir producto
            </ButtonLink>
            <ButtonLink href="/productos/importar">
              <Icon name="upload" />
              Subir Excel
            </ButtonLink>
            <details class="more-options head-more">
              <summary>Más</summary>
              <div class="head-links">
                <ButtonLink href="/productos/plantilla.xlsx?con=productos" kind="quiet">
                  Descargar mis productos
                </ButtonLink>
                <ButtonLink href="/productos/favoritos" kind="quiet">
                  Favoritos
                </ButtonLink>
                <ButtonLink href="/productos/opciones" kind="quiet">
                  Opciones
                </ButtonLink>
              </div>
            </details>
          </div>
        )}
      </div>
      <LimitStrip note={note} isRefusal={isFull} />
      {done && (
        <Strip role="status" action={undo}>
          {done.said}
        </Strip>
      )}
      {changed && <Changed product={changed} />}
      {!isBlank && <SearchForm search={list.search} categories={categories} />}
      <ProductList {...list} />
    </AppLayout>
  )
}

function Changed({ product }: { product: NonNullable<ListPageProps['changed']> }) {
  const undo = (
    <form method="post" action={`/productos/${product.id}/${product.active ? 'oculto' : 'visible'}`}>
      <Button kind="quiet">Deshacer</Button>
    </form>
  )
  return (
    <Strip role="status" action={undo}>
      {product.active ? `${product.name} está otra vez a la venta.` : `Ocultaste ${product.name}.`}
    </Strip>
  )
}
