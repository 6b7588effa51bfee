import { importPath } from '#src/imports/paths.ts'
import type { Review } from '#src/imports/screen.ts'
import { nothingSaved, reviewText } from '#src/imports/texts.ts'
import { formatCount } from '#src/lib/text.ts'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'
import { LimitStrip } from '#views/components/limit-strip.tsx'
import { Strip } from '#views/components/strip.tsx'
import { ImportColumns } from './_columns.tsx'
import { ImportOptions, ReadyQuestion } from './_options.tsx'
import { Outcomes } from './_outcomes.tsx'

/** Everything that a choice or a mended cell changes: what htmx receives and what the page embeds. */
export function ImportReview({ review }: { review: Review }) {
  const { id, origin, failure, summary, toSave } = review
  return (
    <div id="import" class="import">
      {failure && (
        <Strip kind="danger" role="alert">
          {failure}
        </Strip>
      )}
      {review.columnsProblem && (
        <Strip kind="amber" role="alert">
          {review.columnsProblem}
        </Strip>
      )}
      <LimitStrip note={review.limit} />
      <div class="card import-summary">
        <p id="summary-text" class="import-verdict" role="status">
          {reviewText(summary)} <strong>{nothingSaved}</strong>
        </p>
        <SummaryLinks review={review} />
        <ReadyQuestion review={review} />
      </div>
      <ImportColumns review={review} />
      <ImportOptions review={review} />
      <Outcomes review={review} />
      <div class="sticky-actions import-actions">
        {toSave > 0 ? (
          <form method="post" action={importPath(id, origin, 'guardado')}>
            <Button kind="primary" id="guardar" busy="Guardando…">
              Guardar {formatCount(toSave)}
            </Button>
          </form>
        ) : (
          <p class="import-hindrance">{review.hindrance}</p>
        )}
        <form method="post" action={importPath(id, origin, 'descarte')}>
          <Button kind="quiet">Descartar</Button>
        </form>
      </div>
    </div>
  )
}

function SummaryLinks({ review: { id, origin, summary } }: { review: Review }) {
  if (summary.refused === 0) return null
  return (
    <div class="actions">
      <ButtonLink href={`${importPath(id, origin, '', { ver: 'no-entran' })}#filas`}>
        {summary.refused === 1 ? 'Ver el que no entra' : `Ver los ${formatCount(summary.refused)}`}
      </ButtonLink>
      <ButtonLink href={importPath(id, origin, 'motivos.xlsx')} kind="quiet">
        <Icon name="download" />
        Descargar el archivo con los motivos
      </ButtonLink>
    </div>
  )
}
