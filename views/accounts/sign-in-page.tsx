import { Button } from '#views/components/button.tsx'
import { Field } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { PasswordField } from './_password-field.tsx'
import { AccountFrame } from './account-frame.tsx'

type Texts = Partial<Record<string, string>>

/** `back` is where the person wanted to go. */
export function SignInPage({
  values = {},
  errors = {},
  back,
}: {
  values?: Texts
  errors?: Texts
  back: string
}) {
  const links = (
    <>
      <a href="/recuperar">Olvidé mi contraseña</a>
      <a href="/registro">Crear mi cuenta gratis</a>
    </>
  )
  const isWrongEmail = errors.email !== undefined
  return (
    <AccountFrame title="Ingresar" links={links}>
      <form class="form account-form" method="post" action="/ingresar" data-register-form>
        <FormAlert errors={errors} />
        <input type="hidden" name="volver" value={back} />
        <Field
          name="email"
          label="Correo"
          type="email"
          inputmode="email"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxlength={254}
          required
          value={values.email}
          error={errors.email}
          autofocus={isWrongEmail || !values.email}
        />
        <PasswordField
          label="Contraseña"
          autocomplete="current-password"
          error={errors.password}
          autofocus={!isWrongEmail && Boolean(values.email)}
        />
        <Button kind="primary" wide busy="Ingresando…">
          Ingresar
        </Button>
      </form>
    </AccountFrame>
  )
}
