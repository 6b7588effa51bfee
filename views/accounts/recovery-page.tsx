import { Button } from '#views/components/button.tsx'
import { Field } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { Strip } from '#views/components/strip.tsx'
import { AccountFrame } from './account-frame.tsx'

type Texts = Partial<Record<string, string>>

/** `notice`: the mail is on its way, if there is anybody to write to. Never tells which. */
export function RecoveryPage(props: { values?: Texts; errors?: Texts; notice?: string | undefined }) {
  const { values = {}, errors = {}, notice } = props
  return (
    <AccountFrame
      title="Recupera tu contraseña"
      lead="Escribe el correo de tu cuenta y te enviamos un enlace."
      links={<a href="/ingresar">Volver a ingresar</a>}
    >
      {notice && (
        <Strip kind="info" role="status">
          {notice}
        </Strip>
      )}
      <form class="form account-form" method="post" action="/recuperar" data-register-form>
        <FormAlert errors={errors} />
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
          autofocus={errors.email !== undefined}
        />
        <Button kind="primary" wide busy="Enviando…">
          Enviar enlace
        </Button>
      </form>
    </AccountFrame>
  )
}
