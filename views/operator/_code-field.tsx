import { Field } from '#views/components/field.tsx'

/** Six digits from the telephone, or one of the recovery codes: letters must be possible. */
export function CodeField({ error, autofocus }: { error?: string | undefined; autofocus?: boolean }) {
  return (
    <Field
      name="codigo"
      label="Código"
      hint="Los 6 números de tu aplicación, o un código de recuperación"
      autocomplete="one-time-code"
      autocapitalize="characters"
      spellcheck={false}
      maxlength={40}
      required
      error={error}
      autofocus={autofocus}
    />
  )
}
