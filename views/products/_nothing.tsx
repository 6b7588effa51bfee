import { listPath, type ProductSearch, readSearch } from '#src/products/search.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Empty } from '#views/components/empty.tsx'

type NothingProps = { search: ProductSearch; canEdit: boolean; hasMenu: boolean }

/** No product to show, and what to do next. */
export function Nothing({ search, canEdit, hasMenu }: NothingProps) {
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
  if (search.page > 1 || search.state || search.categoryId) {
    const all = readSearch({})
    const text =
      search.categoryId && !search.state ? 'No hay productos en esta categoría.' : 'No hay productos así.'
    return (
      <Empty text={text} icon="package">
        <ButtonLink href={listPath(all)}>Ver todos</ButtonLink>
      </Empty>
    )
  }
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
