import type { Shell } from '#src/http/shell.ts'
import { formatHour } from '#src/lib/lima.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'

type OwnerPageProps = {
  shell: Shell
  grant: { expiresAt: Date; enteredAt: Date | null; operatorName: string | null } | null
  now: Date
  notice?: string | undefined
}

/** The owner lets support look for an hour, and takes it back. */
export function OwnerPage({ shell, grant, notice }: OwnerPageProps) {
  return (
    <AppLayout
      shell={shell}
      title="Ayuda de soporte"
      current="cuenta"
      narrow
      flash={notice && <Strip kind="info">{notice}</Strip>}
    >
      <div class="stack">
        <h1>Ayuda de soporte</h1>
        <p class="lead">
          Si nos pides ayuda, puedes dejarnos mirar tu negocio durante una hora. Miramos las mismas páginas
          que tú y no podemos cambiar, vender ni descargar nada. Nadie ve tus contraseñas ni los PIN.
        </p>
      </div>
      {grant ? (
        <section class="card stack" aria-labelledby="permiso">
          <h2 id="permiso">Soporte puede mirar hasta las {formatHour(grant.expiresAt)}</h2>
          <p>
            {grant.enteredAt
              ? `Entró ${grant.operatorName ?? 'alguien'} de SmartKet a las ${formatHour(grant.enteredAt)}`
              : 'Todavía no entró nadie.'}
          </p>
          <form method="post" action="/cuenta/soporte/fin">
            <Button kind="plain">Terminar ahora</Button>
          </form>
        </section>
      ) : (
        <form method="post" action="/cuenta/soporte">
          <Button kind="primary" busy="Un momento…">
            Dejar que miren durante una hora
          </Button>
        </form>
      )}
      <p>
        <a href="/cuenta">Volver a mi cuenta</a>
      </p>
    </AppLayout>
  )
}
