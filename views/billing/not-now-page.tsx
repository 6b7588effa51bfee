import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { ButtonLink } from '#views/components/button.tsx'
import { WhatsappLink } from './_whatsapp.tsx'

type NotNowProps = { shell: Shell; text: string; way: string; whatsapp: string | null }

/** A choice that cannot be paid like this, and the way on. */
export function NotNowPage({ shell, text, way, whatsapp }: NotNowProps) {
  return (
    <AppLayout shell={shell} title="Tu plan" current="cuenta" narrow>
      <div class="card stack">
        <h1>Ese plan no se puede pagar así</h1>
        <p role="alert">{text}</p>
        <div class="actions">
          <ButtonLink kind="primary" href={way}>
            Ver planes
          </ButtonLink>
          <WhatsappLink number={whatsapp} />
        </div>
      </div>
    </AppLayout>
  )
}
