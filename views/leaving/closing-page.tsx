import type { Shell } from '#src/http/shell.ts'
import { consequences } from '#src/leaving/texts.ts'
import { PasswordField } from '#views/accounts/_password-field.tsx'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { Strip } from '#views/components/strip.tsx'

type ClosingPageProps = {
  shell: Shell
  /** Until when everything would be kept. */
  until: Date
  errors?: Partial<Record<string, string>> | undefined
  notice?: string | undefined
}

export function ClosingPage({ shell, until, errors = {}, notice }: ClosingPageProps) {
  return (
    <AppLayout
      shell={shell}
      title="Cerrar mi cuenta"
      current="cuenta"
      narrow
      scripts={['app.js', 'register-form.js']}
      flash={notice && <Strip kind="info">{notice}</Strip>}
    >
      <div class="stack-24">
        <h1>Cerrar mi cuenta</h1>
        <section class="card stack" aria-label="Qué pasa si la cierras">
          <p>
            Si cierras la cuenta de <strong>{shell.businessName}</strong>:
          </p>
          <ul class="points">
            {consequences(until).map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </section>
        <section class="stack" aria-labelledby="first-title">
          <h2 id="first-title">Primero llévate tus datos</h2>
          <p>Un solo archivo con tus productos, tus ventas y tus tickets.</p>
          <ButtonLink kind="plain" wide href="/cuenta/datos">
            Descargar todo
          </ButtonLink>
        </section>
        <section class="stack" aria-labelledby="close-title">
          <h2 id="close-title">Cerrar</h2>
          <form class="form account-form" method="post" action="/cuenta/cierre" data-register-form>
            <FormAlert errors={errors} />
            <PasswordField
              label="Contraseña"
              hint="La que usas para ingresar"
              autocomplete="current-password"
              error={errors.password}
              autofocus={errors.password !== undefined}
            />
            <Button kind="danger" wide busy="Cerrando…">
              Cerrar mi cuenta
            </Button>
          </form>
        </section>
        <p>
          <a href="/cuenta">Volver a mi cuenta</a>
        </p>
      </div>
    </AppLayout>
  )
}
