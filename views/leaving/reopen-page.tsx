import type { Shell } from '#src/http/shell.ts'
import { longDay } from '#src/leaving/texts.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'

type ReopenPageProps = { shell: Shell; closedAt: Date; until: Date; isOver: boolean }

/** Of a closed account: until when everything is there, and the way back. */
export function ReopenPage({ shell, closedAt, until, isOver }: ReopenPageProps) {
  return (
    <AppLayout
      shell={shell}
      title="Tu cuenta está cerrada"
      current="cuenta"
      narrow
      scripts={['app.js', 'register-form.js']}
    >
      <div class="stack-24">
        <h1>Tu cuenta está cerrada</h1>
        <section class="card stack" aria-label="Qué sigue">
          <p>
            La cerraste el {longDay(closedAt)}.{' '}
            {isOver
              ? 'Sus datos se van a borrar en cualquier momento.'
              : `Todo se guarda hasta el ${longDay(until)}; después se borra para siempre.`}
          </p>
          <p>Vuelve a abrirla y todo sigue como lo dejaste.</p>
          <form class="form" method="post" action="/cuenta/reapertura" data-register-form>
            <Button kind="primary" wide busy="Abriendo…">
              Volver a abrir mi cuenta
            </Button>
          </form>
          <ButtonLink kind="plain" wide href="/cuenta/datos">
            Descargar todo
          </ButtonLink>
        </section>
      </div>
    </AppLayout>
  )
}
