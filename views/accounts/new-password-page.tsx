import { Button, ButtonLink } from '#views/components/button.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { PasswordField } from './_password-field.tsx'
import { AccountFrame } from './account-frame.tsx'

type NewPasswordProps = { token: string; email: string; errors?: Partial<Record<string, string>> }

export function NewPasswordPage({ token, email, errors = {} }: NewPasswordProps) {
  return (
    <AccountFrame title="Elige tu contraseña nueva">
      <form class="form account-form" method="post" action={`/recuperar/${token}`} data-register-form>
        <FormAlert errors={errors} />
        {/* For the password manager: it keeps the new one under this name. */}
        <input type="hidden" name="username" autocomplete="username" value={email} />
        <PasswordField
          label="Contraseña nueva"
          hint="Al menos 8 caracteres. Puede ser una frase. Se cerrará la sesión en los demás equipos."
          autocomplete="new-password"
          minlength={8}
          error={errors.password}
          autofocus
        />
        <Button kind="primary" wide busy="Guardando…">
          Guardar y entrar
        </Button>
      </form>
    </AccountFrame>
  )
}

/** A link that was used, ran out, or never was: all the same. */
export function LinkOverPage({ text, again }: { text: string; again: { href: string; label: string } }) {
  return (
    <AccountFrame title="Este enlace ya no vale" lead={text}>
      <div class="actions">
        <ButtonLink kind="primary" href={again.href}>
          {again.label}
        </ButtonLink>
      </div>
    </AccountFrame>
  )
}
