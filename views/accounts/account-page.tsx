import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'
import { Field } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { Strip } from '#views/components/strip.tsx'
import { PasswordField } from './_password-field.tsx'

type Texts = Partial<Record<string, string>>

type AccountPageProps = { shell: Shell; values?: Texts; errors?: Texts; notice?: string | undefined }

/** The address of the account, and the way to correct it. */
export function AccountPage({ shell, values = {}, errors = {}, notice }: AccountPageProps) {
  return (
    <AppLayout
      shell={shell}
      title="Mi cuenta"
      current="cuenta"
      narrow
      scripts={['app.js', 'register-form.js']}
      flash={notice && <Strip kind="info">{notice}</Strip>}
    >
      <h1>Mi cuenta</h1>
      <p class="account-address">
        <strong>{shell.email}</strong>{' '}
        <Chip kind={shell.emailConfirmed ? 'green' : 'amber'}>
          {shell.emailConfirmed ? 'Confirmado' : 'Sin confirmar'}
        </Chip>
      </p>
      <section class="stack" aria-labelledby="correct-title">
        <h2 id="correct-title">Corregir mi correo</h2>
        <form class="form account-form" method="post" action="/cuenta/correo" data-register-form>
          <FormAlert errors={errors} />
          <Field
            name="email"
            label="Correo nuevo"
            type="email"
            inputmode="email"
            autocomplete="email"
            autocapitalize="none"
            spellcheck={false}
            maxlength={254}
            required
            value={values.email}
            error={errors.email}
            autofocus={errors.email !== undefined}
          />
          <PasswordField
            label="Contraseña"
            hint="La que usas para ingresar"
            autocomplete="current-password"
            error={errors.password}
            autofocus={errors.password !== undefined && errors.email === undefined}
          />
          <Button kind="primary" busy="Guardando…">
            Guardar correo
          </Button>
        </form>
      </section>
      <form method="post" action="/salir">
        <Button kind="plain">Salir de SmartKet</Button>
      </form>
    </AppLayout>
  )
}
