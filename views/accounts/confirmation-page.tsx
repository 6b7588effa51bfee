import { Button, ButtonLink } from '#views/components/button.tsx'
import { AccountFrame } from './account-frame.tsx'

type ConfirmationProps = { token: string; email: string; isConfirmed: boolean }

/** Mail programs open links to look at them: only a press of the button confirms. */
export function ConfirmationPage({ token, email, isConfirmed }: ConfirmationProps) {
  if (isConfirmed) {
    return (
      <AccountFrame title="Tu correo está confirmado" lead={email}>
        <div class="actions">
          <ButtonLink kind="primary" href="/">
            Ir a mi negocio
          </ButtonLink>
        </div>
      </AccountFrame>
    )
  }
  return (
    <AccountFrame title="Confirma tu correo" lead={email}>
      <form class="form account-form" method="post" action={`/confirmar/${token}`} data-register-form>
        <Button kind="primary" wide busy="Confirmando…" autofocus>
          Sí, es mi correo
        </Button>
      </form>
    </AccountFrame>
  )
}
