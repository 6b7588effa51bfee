import { count } from '#src/lib/text.ts'
import type { ProductRow } from '#src/products/product.ts'
import { isNarrowed, listing, listPath, type ProductSearch } from '#src/products/search.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { BulkForm, type BulkProps } from './_bulk.tsx'
import { Headings } from './_headings.tsx'
import { Nothing } from './_nothing.tsx'
import { ProductTableRow, type RowProps } from './_row.tsx'

export type ProductListProps = {
  rows: readonly ProductRow[]
  total: number
  search: ProductSearch
  pageSize: number
  canEdit: boolean
  /** Whether this trade has a ready menu to start from. */
  hasMenu: boolean
  branchCount: number
  /** A row's form that came back wrong, on a page without htmx. */
  rejectedRow?: ({ id: number } & NonNullable<RowProps['rejected']>) | undefined
  rejectedBulk?: BulkProps['rejected']
}

/** What a search as you type puts in its own place. */
export function ProductList(props: ProductListProps) {
  const { rows, total, search, canEdit, branchCount, rejectedRow, rejectedBulk } = props
  const address = listing(search)
  return (
    <div id="product-list" class="product-list">
      {total === 0 && <Nothing search={search} canEdit={canEdit} hasMenu={props.hasMenu} />}
      {total > 0 && (
        <>
          <div class="list-head">
            <p class="hint">{count(total, 'producto', 'productos')}</p>
            {canEdit && (
              <BulkForm
                total={total}
                listing={address}
                isNarrowed={isNarrowed(search)}
                rejected={rejectedBulk}
              />
            )}
          </div>
          <div class="table-box product-table-box">
            <table class="table product-table">
              <Headings search={search} canEdit={canEdit} />
              <tbody>
                {rows.map((product) => (
                  <ProductTableRow
                    product={product}
                    listing={address}
                    canEdit={canEdit}
                    branchCount={branchCount}
                    rejected={rejectedRow?.id === product.id ? rejectedRow : undefined}
                  />
                ))}
              </tbody>
            </table>
          </div>
          <Pages {...props} />
        </>
      )}
    </div>
  )
}

function Pages({ total, search, pageSize }: ProductListProps) {
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
