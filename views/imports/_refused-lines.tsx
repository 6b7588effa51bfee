import { fieldNames } from '#src/imports/mapping.ts'
import { importPath } from '#src/imports/paths.ts'
import type { CellShown, RefusedLine, Review } from '#src/imports/screen.ts'
import { Button } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'
import { Icon } from '#views/components/icon.tsx'
import { CellInput } from './_cell-input.tsx'
import { liveForm } from './_live.ts'

/** A grid where each wrong cell is an input with its reason. A mended row stays in its place. */
export function RefusedLines({ review }: { review: Review }) {
  const { id, origin, tab, page, refused } = review
  if (refused.length === 0) return <p class="soft">Entran todas las filas.</p>
  const fields = refused[0]!.cells.map(({ field }) => field)
  const action = importPath(id, origin, 'celdas', { ver: tab, pagina: page })
  return (
    <form class="refused" {...liveForm(action)} novalidate>
      <p class="hint">Corrige aquí mismo lo que está marcado: tu archivo no cambia.</p>
      <div class="table-box">
        <table class="table refused-table">
          <thead>
            <tr>
              <th scope="col">Fila</th>
              {fields.map((field) => (
                <th scope="col">{fieldNames[field]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {refused.map((line) => (
              <Line line={line} />
            ))}
          </tbody>
        </table>
      </div>
      <Button class="without-script">Revisar mis correcciones</Button>
    </form>
  )
}

function Line({ line: { number, cells, notes, isMended } }: { line: RefusedLine }) {
  return (
    <tr class={isMended ? 'is-mended' : undefined} id={`fila-${number}`}>
      <td data-label="Fila" class="row-number">
        <span class="row-state">
          {number}
          {isMended && (
            <Chip>
              <Icon name="check" />
              Ya entra
            </Chip>
          )}
        </span>
        {notes.map((note) => (
          <span class="hint">{note}</span>
        ))}
      </td>
      {cells.map((cell) => (
        <td data-label={fieldNames[cell.field]} class={classOf(cell)}>
          {cell.problem !== null || cell.isMended ? (
            <CellInput number={number} cell={cell} />
          ) : (
            <span class="cell-text">{cell.text || '—'}</span>
          )}
        </td>
      ))}
    </tr>
  )
}

/** What is neither wrong nor there takes no room on a phone. */
function classOf({ problem, text, isMended }: CellShown) {
  if (problem !== null || isMended) return 'is-wrong-cell'
  return text === '' ? 'is-nothing' : undefined
}
