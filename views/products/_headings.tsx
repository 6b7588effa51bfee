import { listPath, type ProductSearch, type Sort } from '#src/products/search.ts'

const headings: readonly [Sort, string, string?][] = [
  ['nombre', 'Nombre'],
  ['categoria', 'Categoría'],
  ['precio', 'Precio'],
  ['stock', 'Stock', 'is-amount'],
  ['margen', 'Margen', 'is-amount'],
]

/** Pressing one sorts by it; pressing it again turns the order round. Who may not edit sees no margin. */
export function Headings({ search, canEdit }: { search: ProductSearch; canEdit: boolean }) {
  const seen = headings.filter(([sort]) => canEdit || sort !== 'margen')
  return (
    <thead>
      <tr>
        {canEdit && (
          <th class="cell-tick" scope="col">
            <span class="visually-hidden">Marcar</span>
            <input type="checkbox" data-tick-all hidden aria-label="Marcar todos los de esta página" />
          </th>
        )}
        {seen.map(([sort, name, extra]) => {
          const isThis = search.sort === sort
          const descending = isThis && !search.descending
          return (
            <th
              scope="col"
              class={extra}
              aria-sort={isThis ? (search.descending ? 'descending' : 'ascending') : undefined}
            >
              <a href={listPath({ ...search, sort, descending, page: 1 })}>
                {name}
                {isThis && <span aria-hidden="true">{search.descending ? ' ↓' : ' ↑'}</span>}
              </a>
            </th>
          )
        })}
        {canEdit && <th scope="col">En la caja</th>}
        {canEdit && (
          <th scope="col">
            <span class="visually-hidden">Más</span>
          </th>
        )}
      </tr>
    </thead>
  )
}
