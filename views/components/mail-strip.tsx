import { Button } from './button.tsx'
import { Strip } from './strip.tsx'

/** Quiet, and there until the link of the welcome mail is used. It blocks nothing. */
export function MailStrip({ email }: { email: string }) {
  const actions = (
    <div class="mail-strip-actions">
      <form method="post" action="/cuenta/confirmacion">
        <Button kind="quiet" busy="Enviando…">
          Enviar otra vez
        </Button>
      </form>
      <a class="mail-strip-link" href="/cuenta">
        Corregir
      </a>
    </div>
  )
  return (
    <aside aria-label="Tu correo">
      <Strip class="mail-strip" action={actions}>
        Confirma tu correo: te escribimos a <strong>{email}</strong>.
      </Strip>
    </aside>
  )
}
