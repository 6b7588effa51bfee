import { type Field, fieldNames } from '#src/imports/mapping.ts'
import type { CellShown } from '#src/imports/screen.ts'
import { Icon } from '#views/components/icon.tsx'

const decimal: readonly Field[] = ['price', 'cost', 'stock']

/** A wrong cell to type over, with its reason; it stays an input once it is right. */
export function CellInput({ number, cell: { field, text, problem } }: { number: number; cell: CellShown }) {
  const id = `celda.${number}.${field}`
  return (
    <div class={problem ? 'cell-input is-wrong' : 'cell-input'}>
      {/* What it said before: only what is typed over is a correction. */}
      <input type="hidden" name={`antes.${number}.${field}`} value={text} />
      <div class="field-box">
        <input
          class="input"
          id={id}
          name={id}
          value={text}
          aria-label={`${fieldNames[field]} de la fila ${number}`}
          aria-invalid={problem ? 'true' : undefined}
          aria-describedby={problem ? `${id}-error` : undefined}
          inputmode={decimal.includes(field) ? 'decimal' : field === 'barcode' ? 'numeric' : undefined}
          autocomplete="off"
          maxlength={300}
        />
      </div>
      {problem && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="circle-alert" />
          {problem}
        </p>
      )}
    </div>
  )
}
