import type { Shell } from '#src/http/shell.ts'
import type { ProductRow } from '#src/products/product.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'
import { Strip } from '#views/components/strip.tsx'
import type { CategoryOption } from './_fields.tsx'
import { ProductList, type ProductListProps } from './_list.tsx'

type ListPageProps = {
  shell: Shell
  list: ProductListProps
  categories: readonly CategoryOption[]
  /** Just hidden or shown again: one press takes it back. */
  changed: ProductRow | null
  result: string | null
}

export function ProductListPage({ shell, list, categories, changed, result }: ListPageProps) {
  const isBlank = list.total === 0 && !list.search.text && !list.search.categoryId
  return (
    <AppLayout shell={shell} title="Productos" current="productos">
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
          </div>
        )}
      </div>
      {result && <Strip role="status">{result}</Strip>}
      {changed && <Changed product={changed} />}
      {!isBlank && <SearchForm list={list} categories={categories} />}
      <ProductList {...list} />
    </AppLayout>
  )
}

function Changed({ product }: { product: ProductRow }) {
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

function SearchForm({ list, categories }: Pick<ListPageProps, 'list' | 'categories'>) {
  return (
    <form
      class="products-search"
      method="get"
      action="/productos"
      hx-get="/productos"
      hx-target="#product-list"
      hx-swap="outerHTML"
      hx-trigger="input changed delay:250ms from:#q, change from:#categoria, submit"
      hx-sync="this:replace"
      hx-replace-url="true"
    >
      <label class="visually-hidden" for="q">
        Buscar
      </label>
      <div class="field-box">
        <input
          class="input"
          id="q"
          name="q"
          type="search"
          value={list.search.text}
          placeholder="Nombre o código"
          autocomplete="off"
          maxlength={120}
        />
      </div>
      {categories.length > 0 && (
        <div class="field-box">
          <label class="visually-hidden" for="categoria">
            Categoría
          </label>
          <select class="input" id="categoria" name="categoria">
            <option value="">Todas las categorías</option>
            {categories.map(({ id, name }) => (
              <option value={String(id)} selected={id === list.search.categoryId}>
                {name}
              </option>
            ))}
          </select>
          <span class="select-arrow">
            <Icon name="chevron-down" />
          </span>
        </div>
      )}
      <Button>
        <Icon name="search" />
        Buscar
      </Button>
    </form>
  )
}
