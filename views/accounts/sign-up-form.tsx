import { rubros } from '#src/tenants/rubro.ts'
import { Button } from '#views/components/button.tsx'
import { Field, SelectField } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { EmailQuestion } from './_email-question.tsx'
import { PasswordField } from './_password-field.tsx'

type Texts = Partial<Record<string, string>>

export type SignUpFormProps = {
  /** The app's own /registro, from wherever the form stands. */
  action: string
  /** The landing's origin when the form stands on another host; the legal pages are there. */
  landingOrigin?: string | undefined
  values?: Texts | undefined
  errors?: Texts | undefined
  /** The address that this person probably meant. */
  question?: string | undefined
}

const trades = [
  { value: '', text: 'Elige uno' },
  ...rubros.map(({ code, name }) => ({ value: code, text: name })),
]

/** Three fields and a choice. `register-form.js` asks about the e-mail at once; without it the server asks. */
export function SignUpForm({
  action,
  landingOrigin = '',
  values = {},
  errors = {},
  question,
}: SignUpFormProps) {
  const first = ['email', 'password', 'business_name', 'rubro'].find((name) => errors[name])
  return (
    <form class="form account-form" method="post" action={action} data-register-form>
      <FormAlert errors={errors} />
      <div class="account-email">
        <Field
          name="email"
          label="Correo"
          type="email"
          inputmode="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
          maxlength={254}
          required
          value={values.email}
          error={errors.email}
          autofocus={first === 'email'}
        />
        <EmailQuestion suggestion={question} asked={values.email_asked} />
      </div>
      <PasswordField
        label="Contraseña"
        hint="Al menos 8 caracteres. Puede ser una frase."
        autocomplete="new-password"
        minlength={8}
        error={errors.password}
        autofocus={first === 'password' || question !== undefined}
      />
      <Field
        name="business_name"
        label="Nombre del negocio"
        hint="Como sale en tu letrero"
        autocomplete="organization"
        required
        value={values.business_name}
        error={errors.business_name}
        autofocus={first === 'business_name'}
      />
      <SelectField
        name="rubro"
        label="¿Cuál es tu rubro?"
        optional
        options={trades}
        value={values.rubro}
        error={errors.rubro}
        autofocus={first === 'rubro'}
      />
      <div class="stack">
        <Button kind="primary" wide busy="Creando…">
          Crear mi cuenta gratis
        </Button>
        <p class="hint">
          Sin tarjeta. Al continuar aceptas los <a href={`${landingOrigin}/terminos`}>Términos</a> y la{' '}
          <a href={`${landingOrigin}/privacidad`}>Política de privacidad</a>.
        </p>
      </div>
    </form>
  )
}
