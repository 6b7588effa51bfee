import { formatSoles } from '#src/lib/money.ts'
import { count, unbroken } from '#src/lib/text.ts'
import type { ProductRow } from '#src/products/product.ts'
import { listPath, type ProductSearch } from '#src/products/search.ts'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'
import { Empty } from '#views/components/empty.tsx'

export type ProductListProps = {
  rows: readonly ProductRow[]
  total: number
  search: ProductSearch
  pageSize: number
  canEdit: boolean
  /** Whether this trade has a ready menu to start from. */
  hasMenu: boolean
}

/** What a search as you type puts in its own place. */
export function ProductList({ rows, total, search, pageSize, canEdit, hasMenu }: ProductListProps) {
  return (
    <div id="product-list" class="product-list">
      {total === 0 ? <Nothing search={search} canEdit={canEdit} hasMenu={hasMenu} /> : null}
      {total > 0 && (
        <>
          <p class="hint">{count(total, 'producto', 'productos')}</p>
          <ul class="product-rows">
            {rows.map((product) => (
              <Row product={product} search={search} canEdit={canEdit} />
            ))}
          </ul>
          <Pages total={total} search={search} pageSize={pageSize} />
        </>
      )}
    </div>
  )
}

function Row({
  product,
  search,
  canEdit,
}: Pick<ProductListProps, 'search' | 'canEdit'> & { product: ProductRow }) {
  const { id, name, category, priceCentimos, active } = product
  return (
    <li class={active ? 'product-row' : 'product-row is-hidden'}>
      <div class="product-name">
        <strong>{unbroken(name)}</strong>
        <span class="hint">{[category, product.code, product.barcode].filter(Boolean).join(' · ')}</span>
        {!active && <Chip>Oculto</Chip>}
      </div>
      <span class="product-price">{formatSoles(priceCentimos)}</span>
      {canEdit && (
        <div class="product-actions">
          <ButtonLink href={`/productos/${id}`} aria-label={`Editar ${name}`}>
            Editar
          </ButtonLink>
          <form method="post" action={`/productos/${id}/${active ? 'oculto' : 'visible'}`}>
            <input type="hidden" name="q" value={search.text} />
            <input type="hidden" name="categoria" value={search.categoryId ?? ''} />
            <input type="hidden" name="pagina" value={search.page} />
            <Button kind="quiet" aria-label={`${active ? 'Ocultar' : 'Mostrar'} ${name}`}>
              {active ? 'Ocultar' : 'Mostrar'}
            </Button>
          </form>
        </div>
      )}
    </li>
  )
}

function Nothing({ search, canEdit, hasMenu }: Pick<ProductListProps, 'search' | 'canEdit' | 'hasMenu'>) {
  if (search.text) {
    return (
      <Empty text={`Nada con "${search.text}".`} icon="search">
        {canEdit && (
          <ButtonLink href={`/productos/nuevo?nombre=${encodeURIComponent(search.text)}`}>
            Crear "{search.text}"
          </ButtonLink>
        )}
      </Empty>
    )
  }
  if (search.categoryId) return <Empty text="No hay productos en esta categoría." icon="package" />
  return (
    <Empty text="Aún no tienes productos." icon="package">
      {canEdit && (
        <>
          {hasMenu && (
            <ButtonLink href="/configurar/productos/carta" kind="primary">
              Usar la carta lista
            </ButtonLink>
          )}
          <ButtonLink href="/productos/importar">Subir Excel con mis productos</ButtonLink>
          <ButtonLink href="/productos/nuevo" kind={hasMenu ? 'plain' : 'primary'}>
            Añadir producto manualmente
          </ButtonLink>
        </>
      )}
    </Empty>
  )
}

function Pages({ total, search, pageSize }: Pick<ProductListProps, 'total' | 'search' | 'pageSize'>) {
  const last = Math.ceil(total / pageSize)
  if (last < 2) return null
  const { page } = search
  return (
    <nav class="actions pages" aria-label="Páginas">
      {page > 1 && <ButtonLink href={listPath({ ...search, page: page - 1 })}>Anterior</ButtonLink>}
      <span>
        Página {page} de {last}
      </span>
      {page < last && <ButtonLink href={listPath({ ...search, page: page + 1 })}>Siguiente</ButtonLink>}
    </nav>
  )
}
