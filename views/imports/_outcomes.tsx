import { importPath } from '#src/imports/paths.ts'
import { type Review, type Tab, tabs } from '#src/imports/screen.ts'
import { formatCount } from '#src/lib/text.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { PlainLines } from './_plain-lines.tsx'
import { RefusedLines } from './_refused-lines.tsx'

const names: Record<Tab, string> = {
  'no-entran': 'No entran',
  cambian: 'Cambian',
  nuevos: 'Nuevos',
  igual: 'Quedan igual',
}

/** The rows themselves, one outcome at a time. */
export function Outcomes({ review }: { review: Review }) {
  const { id, origin, tab, counts } = review
  const shown = tabs.filter((name) => counts[name] > 0 || name === tab)
  return (
    <section class="outcomes" id="filas" aria-labelledby="outcome-title">
      <h2 id="outcome-title" class="visually-hidden">
        Fila por fila
      </h2>
      <nav class="tabs" aria-label="Fila por fila">
        {shown.map((name) => (
          <a
            class="tab"
            href={`${importPath(id, origin, '', { ver: name })}#filas`}
            aria-current={name === tab ? 'true' : undefined}
          >
            {names[name]} <span class="tab-count">{formatCount(counts[name])}</span>
          </a>
        ))}
      </nav>
      {tab === 'no-entran' ? <RefusedLines review={review} /> : <PlainLines review={review} />}
      <Pages review={review} />
    </section>
  )
}

function Pages({ review: { id, origin, tab, page, pages } }: { review: Review }) {
  if (pages < 2) return null
  const to = (pagina: number) => `${importPath(id, origin, '', { ver: tab, pagina })}#filas`
  return (
    <nav class="actions pages" aria-label="Páginas">
      {page > 1 && <ButtonLink href={to(page - 1)}>Anterior</ButtonLink>}
      <span>
        Página {formatCount(page)} de {formatCount(pages)}
      </span>
      {page < pages && <ButtonLink href={to(page + 1)}>Siguiente</ButtonLink>}
    </nav>
  )
}
