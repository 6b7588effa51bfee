import { formatHour } from '#src/lib/lima.ts'
import { Button } from '#views/components/button.tsx'
import { OperatorLayout } from '#views/operator/layout.tsx'

type EntryPageProps = {
  operator: { name: string }
  grant: { businessName: string | null; expiresAt: Date }
  code: string
  appOrigin: string
}

/** The last step: the code goes to the app's host in the body of a form, and is in no address. */
export function EntryPage({ operator, grant, code, appOrigin }: EntryPageProps) {
  return (
    <OperatorLayout title="Entrar a mirar" operator={operator} narrow scripts={[]}>
      <div class="stack">
        <h1>Entrar a mirar {grant.businessName}</h1>
        <p class="lead">
          Verás las mismas páginas que el dueño hasta las {formatHour(grant.expiresAt)}, sin poder cambiar
          nada. En el negocio lo ven, y queda escrito.
        </p>
      </div>
      <form method="post" action={`${appOrigin}/soporte`}>
        <input type="hidden" name="codigo" value={code} />
        <Button kind="primary">Entrar</Button>
      </form>
      <p>
        <a href="/soporte">Volver</a>
      </p>
    </OperatorLayout>
  )
}
