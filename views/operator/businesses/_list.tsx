import { count } from '#src/lib/text.ts'
import { type BusinessSearch, type Found, type Sort, tablePath } from '#src/operator/businesses/search.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Empty } from '#views/components/empty.tsx'
import { BusinessRow } from './_row.tsx'

type ListProps = { found: Found; search: BusinessSearch; now: Date }

/** What a search as you type puts in its own place. */
export function BusinessList({ found, search, now }: ListProps) {
  const most = Math.max(1, ...found.rows.map(({ stats }) => stats.sales7Days))
  return (
    <div id="business-list" class="stack">
      {found.total === 0 ? (
        <Empty icon="store" text="Ningún negocio con esa búsqueda.">
          <ButtonLink href="/negocios">Ver todos</ButtonLink>
        </Empty>
      ) : (
        <>
          <p class="hint">{count(found.total, 'negocio', 'negocios')}</p>
          <div class="table-box console-table-box">
            <table class="table console-table">
              <Headings search={search} />
              <tbody>
                {found.rows.map((business) => (
                  <BusinessRow business={business} search={search} most={most} now={now} />
                ))}
              </tbody>
            </table>
          </div>
          <Pages found={found} search={search} />
        </>
      )}
    </div>
  )
}

const headings: readonly [Sort | null, string, string?][] = [
  ['nombre', 'Negocio'],
  [null, 'Plan'],
  ['dias', 'Estado y días'],
  ['ventas', 'Ventas en 7 días'],
  ['ultima', 'Última venta'],
  ['copia', 'Copia verificada'],
  ['tamano', 'Tamaño', 'is-amount'],
  ['version', 'Versión', 'is-amount'],
  ['errores', 'Errores hoy', 'is-amount'],
]
/** One wants to see the most of these first. */
const startsAtTheTop: readonly Sort[] = ['ventas', 'ultima', 'tamano', 'errores']

/** Pressing one sorts by it; pressing it again turns the order round. */
function Headings({ search }: { search: BusinessSearch }) {
  return (
    <thead>
      <tr>
        {headings.map(([sort, name, extra]) => {
          if (!sort) return <th scope="col">{name}</th>
          const isThis = search.sort === sort
          const descending = isThis ? !search.descending : startsAtTheTop.includes(sort)
          return (
            <th
              scope="col"
              class={extra}
              aria-sort={isThis ? (search.descending ? 'descending' : 'ascending') : undefined}
            >
              <a href={tablePath({ ...search, sort, descending, page: 1 })}>
                {name}
                {isThis && <span aria-hidden="true">{search.descending ? ' ↓' : ' ↑'}</span>}
              </a>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function Pages({ found, search }: Pick<ListProps, 'found' | 'search'>) {
  const { page, pages } = found
  if (pages < 2) return null
  return (
    <nav class="actions pages" aria-label="Páginas">
      {page > 1 && <ButtonLink href={tablePath({ ...search, page: page - 1 })}>Anterior</ButtonLink>}
      <span>
        Página {page} de {pages}
      </span>
      {page < pages && <ButtonLink href={tablePath({ ...search, page: page + 1 })}>Siguiente</ButtonLink>}
    </nav>
  )
}
