import { formatHour } from '#src/lib/lima.ts'
import { Button } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'
import { OperatorLayout } from '#views/operator/layout.tsx'

export type Grant = {
  id: number
  tenantId: number
  businessName: string | null
  expiresAt: Date
  operatorName: string | null
  enteredAt: Date | null
}

type GrantsPageProps = { operator: { name: string }; grants: Grant[]; notice?: string | undefined }

/** Who lets us look at this instant. Nobody else's business can be entered. */
export function GrantsPage({ operator, grants, notice }: GrantsPageProps) {
  return (
    <OperatorLayout
      title="Soporte"
      operator={operator}
      narrow
      flash={notice && <Strip kind="info">{notice}</Strip>}
    >
      <div class="stack">
        <h1>Soporte</h1>
        <p class="lead">Los negocios que ahora nos dejan mirar. El permiso lo da el dueño en «Mi cuenta».</p>
      </div>
      {grants.length === 0 ? (
        <p>Nadie nos deja mirar en este momento.</p>
      ) : (
        <ul class="stack support-grants">
          {grants.map((grant) => (
            <li class="card stack">
              <h2>{grant.businessName}</h2>
              <p>
                Hasta las {formatHour(grant.expiresAt)}
                {grant.enteredAt &&
                  `; entró ${grant.operatorName ?? 'alguien'} a las ${formatHour(grant.enteredAt)}`}
              </p>
              <form method="post" action={`/soporte/${grant.id}/entradas`}>
                <Button kind="plain">Entrar a mirar</Button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </OperatorLayout>
  )
}
