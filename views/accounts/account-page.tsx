import type { Cover } from '#src/backups/covered/covered.ts'
import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { CoverLine } from '#views/backups/_cover.tsx'
import { Button } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'
import { Field } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { Strip } from '#views/components/strip.tsx'
import { EmailQuestion } from './_email-question.tsx'
import { OwnerLinks } from './_owner-links.tsx'
import { PasswordField } from './_password-field.tsx'

type Texts = Partial<Record<string, string>>

type AccountPageProps = {
  shell: Shell
  isOwner: boolean
  /** How her copies stand; null for who is not the owner. */
  cover: Cover | null
  now: Date
  /** The address that waits to be confirmed before it takes the place of the one in use. */
  waiting: string | null
  values?: Texts
  errors?: Texts
  /** The address that this person probably meant. */
  question?: string | undefined
  notice?: string | undefined
}

/** The address of the account, and the way to correct it. */
export function AccountPage({
  shell,
  isOwner,
  cover,
  now,
  waiting,
  values = {},
  errors = {},
  question,
  notice,
}: AccountPageProps) {
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
      {waiting && (
        <p>
          Falta confirmar <strong>{waiting}</strong>: abre el enlace que te enviamos. Mientras tanto entras
          con {shell.email}.
        </p>
      )}
      <section class="stack" aria-labelledby="correct-title">
        <h2 id="correct-title">Corregir mi correo</h2>
        <form class="form account-form" method="post" action="/cuenta/correo" data-register-form>
          <FormAlert errors={errors} />
          <div class="account-email">
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
            <EmailQuestion suggestion={question} asked={values.email_asked} />
          </div>
          <PasswordField
            label="Contraseña"
            hint="La que usas para ingresar"
            autocomplete="current-password"
            error={errors.password}
            autofocus={
              (errors.password !== undefined && errors.email === undefined) || question !== undefined
            }
          />
          <Button kind="primary" busy="Guardando…">
            Guardar correo
          </Button>
        </form>
      </section>
      {cover && <CoverLine cover={cover} now={now} />}
      {isOwner && <OwnerLinks />}
      <form method="post" action="/cuenta/sesiones">
        <p class="hint">¿Perdiste tu celular o dejaste tu cuenta abierta en otro lugar?</p>
        <Button kind="quiet">Cerrar sesión en todos los equipos</Button>
      </form>
      <form method="post" action="/salir">
        <Button kind="plain">Salir de SmartKet</Button>
      </form>
    </AppLayout>
  )
}
