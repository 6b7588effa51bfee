import { Field } from '#views/components/field.tsx'

type ReasonProps = { id?: string; value: string | undefined; error: string | undefined; hint?: string }

/** Why: it stands in the history for ever. The box takes more than fits, so that the server can say so. */
export function ReasonField({ id = 'motivo', value, error, hint }: ReasonProps) {
  return (
    <Field
      id={id}
      name="motivo"
      label="Motivo"
      hint={hint ?? 'Queda en el historial. Hasta 300 letras.'}
      value={value}
      error={error}
      autofocus={error !== undefined}
      autocomplete="off"
      maxlength={400}
      required
    />
  )
}
