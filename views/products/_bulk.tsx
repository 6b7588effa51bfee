import { count } from '#src/lib/text.ts'
import { kinds } from '#src/products/bulk/bulk.ts'
import { kindNames } from '#src/products/bulk/texts.ts'
import { Button } from '#views/components/button.tsx'
import { Field, SelectField } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'

export type BulkProps = {
  total: number
  listing: string
  isNarrowed: boolean
  rejected?: { values: Record<string, string>; errors: Record<string, string> } | undefined
}

/** One action over the ticked rows, or over all that the search finds. The boxes of the table belong to this form. */
export function BulkForm({ total, listing, isNarrowed, rejected }: BulkProps) {
  const { values = {}, errors = {} } = rejected ?? {}
  const all = isNarrowed
    ? `Los ${count(total, 'producto', 'productos')} de esta búsqueda`
    : `Todos: ${count(total, 'producto', 'productos')}`
  return (
    <details class="more-options bulk" open={rejected !== undefined} data-bulk>
      <summary>
        Cambiar varios <span class="bulk-count" data-bulk-count></span>
      </summary>
      <form id="bulk" class="bulk-form" method="post" action="/productos/acciones" novalidate>
        <input type="hidden" name="lista" value={listing} />
        <FormAlert errors={rejected?.errors} />
        <fieldset class="bulk-who">
          <legend>A cuáles</legend>
          <label>
            <input type="radio" name="de" value="marcados" checked={values.de !== 'todos'} /> Los marcados
          </label>
          <label>
            <input type="radio" name="de" value="todos" checked={values.de === 'todos'} /> {all}
          </label>
        </fieldset>
        <div class="bulk-what">
          <SelectField
            name="accion"
            label="Qué hacer"
            value={values.accion}
            error={errors.accion}
            options={[
              { value: '', text: 'Elige…' },
              ...kinds.map((kind) => ({ value: kind, text: kindNames[kind] })),
            ]}
          />
          <Field
            name="porcentaje"
            label="Porcentaje"
            optional
            value={values.porcentaje}
            error={errors.porcentaje}
            hint="10 sube, -5 baja."
            inputmode="text"
            autocomplete="off"
            maxlength={10}
          />
          <Field
            name="categoriaNueva"
            label="Categoría"
            optional
            value={values.categoriaNueva}
            error={errors.categoriaNueva}
            hint="Para cambiar de categoría."
            autocomplete="off"
            maxlength={80}
          />
          <Button>Seguir</Button>
        </div>
      </form>
    </details>
  )
}
