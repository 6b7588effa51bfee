import { columnLetters } from '#src/imports/cells.ts'
import { fieldNames, fields } from '#src/imports/mapping.ts'
import type { PreviewColumn } from '#src/imports/preview.ts'
import { Icon } from '#views/components/icon.tsx'

/** One column of the file, with some of what it holds: what is it? */
export function ColumnChoice({ column: { index, title, field, samples } }: { column: PreviewColumn }) {
  const letter = columnLetters(index)
  const name = `columna.${index}`
  return (
    <li class={field ? 'column is-used' : 'column'}>
      <label class="column-title" for={name}>
        <span class="column-letter">{letter}</span> {title || `Columna ${letter}`}
      </label>
      <p class="hint column-samples" id={`${name}-hint`}>
        {samples.length > 0 ? samples.join(' · ') : 'Sin datos'}
      </p>
      <div class="field-box">
        <select class="input" id={name} name={name} aria-describedby={`${name}-hint`}>
          <option value="" selected={field === null}>
            No usar
          </option>
          {fields.map((value) => (
            <option value={value} selected={value === field}>
              {fieldNames[value]}
            </option>
          ))}
        </select>
        <span class="select-arrow">
          <Icon name="chevron-down" />
        </span>
      </div>
    </li>
  )
}
