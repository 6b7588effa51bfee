import { columnLetters } from '#src/imports/cells.ts'
import { fieldNames, fields } from '#src/imports/mapping.ts'
import { importPath } from '#src/imports/paths.ts'
import type { PreviewColumn } from '#src/imports/preview.ts'
import type { Review } from '#src/imports/screen.ts'
import { fold } from '#src/lib/text.ts'
import { Button } from '#views/components/button.tsx'
import { SelectField } from '#views/components/field.tsx'
import { ColumnChoice } from './_column-choice.tsx'
import { liveForm } from './_live.ts'

const titleRows = 20

/** What was understood, as chips; unfolded, every column can be told what it is. */
export function ImportColumns({ review }: { review: Review }) {
  const used = fields.flatMap((field) => review.columns.filter((column) => column.field === field))
  return (
    <section class="import-columns" aria-label="Columnas">
      <p id="found">{review.found}</p>
      {review.otherLists && <p>{review.otherLists}</p>}
      {review.beside && <p>{review.beside}</p>}
      {review.skipped && <p class="hint">{review.skipped}</p>}
      <ul class="column-chips" aria-label="Columnas que usamos">
        {used.map((column) => (
          <li class="chip">
            <strong>{fieldNames[column.field!]}</strong>
            {said(column) && <span class="soft">{said(column)}</span>}
          </li>
        ))}
      </ul>
      <details class="disclosure" id="columnas" open={review.isChoosing}>
        <summary>Cambiar columnas</summary>
        <ColumnsForm review={review} />
      </details>
    </section>
  )
}

/** What the file calls it, where that is another word. */
function said({ field, title, index }: PreviewColumn): string {
  if (title === '') return `columna ${columnLetters(index)}`
  return field && fold(title) === fold(fieldNames[field]) ? '' : title
}

function ColumnsForm({ review }: { review: Review }) {
  const { id, origin, sheets, sheet, headerRow, columns, tab } = review
  return (
    <form class="columns-form" {...liveForm(importPath(id, origin, 'columnas', { ver: tab }))}>
      <div class="columns-place">
        {sheets.length > 1 && (
          <SelectField
            name="hoja"
            label="Hoja"
            value={String(sheet)}
            options={sheets.map(({ position, name }) => ({ value: String(position), text: name }))}
          />
        )}
        <SelectField
          name="titulos"
          label="Los títulos están en"
          value={headerRow === null ? '' : String(headerRow)}
          options={titleOptions(headerRow)}
        />
      </div>
      <ul class="column-list">
        {columns.map((column) => (
          <ColumnChoice column={column} />
        ))}
      </ul>
      <Button class="without-script">Revisar de nuevo</Button>
    </form>
  )
}

function titleOptions(headerRow: number | null) {
  const numbers = Array.from({ length: titleRows }, (_, at) => at + 1)
  if (headerRow !== null && headerRow > titleRows) numbers.push(headerRow)
  return [
    ...numbers.map((row) => ({ value: String(row), text: `la fila ${row}` })),
    { value: '', text: 'ninguna fila: no tiene títulos' },
  ]
}
