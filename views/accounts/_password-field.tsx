import type { Child } from 'hono/jsx'
import { Field } from '#views/components/field.tsx'

type PasswordFieldProps = {
  label: string
  hint?: Child
  autocomplete: 'new-password' | 'current-password'
  minlength?: number
  error?: string | undefined
  autofocus?: boolean | undefined
}

/** What was typed never comes back in a page. «Ver» appears only where its script runs. */
export function PasswordField(props: PasswordFieldProps) {
  return (
    <Field name="password" type="password" maxlength={1000} required {...props}>
      <button
        type="button"
        class="button button-quiet password-peek"
        aria-pressed="false"
        aria-label="Ver la contraseña"
        aria-controls="password"
        data-password-peek
        hidden
      >
        Ver
      </button>
    </Field>
  )
}
