import type { Child } from 'hono/jsx'
import type { Business } from '#src/operator/businesses/business.ts'
import { type BusinessSearch, listing } from '#src/operator/businesses/search.ts'
import type { Plan } from '#src/tenants/queries.ts'
import { Button } from '#views/components/button.tsx'
import { ReasonField } from '../_reason-field.tsx'
import { DaysFields, PlanFields } from './_act-fields.tsx'

export type Doing = 'dias' | 'pausa' | 'reactivacion' | 'reapertura' | 'plan'
export type Rejected = { doing: Doing; values: Record<string, string>; errors: Record<string, string> } | null

export type ActsProps = {
  business: Business
  search: BusinessSearch
  plans: readonly Plan[]
  renewsItself: boolean
  rejected: Rejected
}

/** What an operator may do to it now; each asks why. */
export function BusinessActs(props: ActsProps) {
  const { account, extendsFrom } = props.business
  if (!account) return <p class="lead">Sus datos ya se borraron: solo queda su historial.</p>
  const isClosed = account.kind === 'closed'
  return (
    <section class="console-acts" aria-label="Acciones">
      {account.kind === 'suspended' && (
        <Act
          {...props}
          doing="reactivacion"
          title="Reactivar"
          hint="Vuelve a donde lo dejan sus días y pagos."
        />
      )}
      {isClosed && (
        <Act
          {...props}
          doing="reapertura"
          title="Reabrir su cuenta"
          hint="Solo si el dueño lo pidió. Vuelve a donde lo dejan sus días y pagos."
        />
      )}
      {extendsFrom && (
        <Act {...props} doing="dias" title="Dar más días">
          <DaysFields from={extendsFrom} rejected={props.rejected} />
        </Act>
      )}
      {!isClosed && (
        <Act {...props} doing="plan" title="Cambiar plan">
          <PlanFields {...props} />
        </Act>
      )}
      {!isClosed && account.kind !== 'suspended' && (
        <Act
          {...props}
          doing="pausa"
          title="Poner en pausa"
          danger
          hint="No abre caja hasta que lo reactives. Lo que está abierto puede terminar; todo se puede leer y descargar."
        />
      )}
    </section>
  )
}

type ActProps = ActsProps & {
  doing: Doing
  title: string
  hint?: string
  danger?: boolean
  children?: Child
}

/** Folded until it is needed, and open again with what was typed when something was wrong. */
function Act({ business, search, rejected, doing, title, hint, danger, children }: ActProps) {
  const isRejected = rejected?.doing === doing
  const { values = {}, errors = {} } = isRejected ? rejected : {}
  return (
    <details class="card console-act" id={`acto-${doing}`} open={isRejected}>
      <summary>{title}</summary>
      <form class="form" method="post" action={`/negocios/${business.id}/${doing}`} novalidate>
        {hint && <p class="soft">{hint}</p>}
        <input type="hidden" name="lista" value={listing(search)} />
        {children}
        <ReasonField id={`${doing}-motivo`} value={values.motivo} error={errors.motivo} />
        <Button kind={danger ? 'danger' : 'plain'} busy="Guardando…">
          {title}
        </Button>
      </form>
    </details>
  )
}
