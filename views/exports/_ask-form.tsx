import { PasswordField } from '#views/accounts/_password-field.tsx'
import { Button } from '#views/components/button.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'

type AskFormProps = { errors?: Partial<Record<string, string>> | undefined; kind: 'primary' | 'plain' }

/** The file holds everything: whoever found the page open on the counter does not get it. */
export function AskForm({ errors = {}, kind }: AskFormProps) {
  return (
    <form class="form account-form" method="post" action="/cuenta/datos" data-register-form>
      <FormAlert errors={errors} />
      <PasswordField
        label="Contraseña"
        hint="La que usas para ingresar"
        autocomplete="current-password"
        error={errors.password}
        autofocus={errors.password !== undefined}
      />
      <Button kind={kind} wide busy="Preparando…">
        {kind === 'primary' ? 'Preparar mi descarga' : 'Preparar otra'}
      </Button>
    </form>
  )
}
