import { count } from '#src/lib/text.ts'
import { stamp, valuesOf } from '#src/operator/plan-table/plan.ts'
import type { Plan } from '#src/tenants/queries.ts'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { ReasonField } from '../_reason-field.tsx'
import { OperatorLayout } from '../layout.tsx'
import { PaidFields, TrialFields } from './_fields.tsx'

type Texts = Record<string, string>
type PlanPageProps = {
  operator: { name: string }
  plan: Plan
  /** How many businesses have it. */
  users: number
  rejected: { values: Texts; errors: Texts } | null
}

export function PlanPage({ operator, plan, users, rejected }: PlanPageProps) {
  const { values = {}, errors = {} } = rejected ?? {}
  const typed = (name: string, now: string) => ({
    name,
    value: rejected ? (values[name] ?? '') : now,
    error: errors[name],
    autocomplete: 'off',
  })
  // What was shown first, unless that is what was refused: two operators must not undo each other unseen.
  const before = values.antes && !errors.form ? values.antes : stamp(valuesOf(plan))
  const isSold = rejected ? values.ofrecido !== undefined : plan.retiredAt === null
  return (
    <OperatorLayout title={plan.name} operator={operator} current="planes" narrow>
      <h1>{plan.name}</h1>
      <p class="lead">
        {users === 0
          ? 'Ningún negocio lo tiene.'
          : `Lo ${users === 1 ? 'tiene' : 'tienen'} ${count(users, 'negocio', 'negocios')}.`}{' '}
        {plan.kind === 'paid'
          ? 'El precio vale para los próximos pagos; los límites, desde ahora para todos.'
          : 'El cambio vale desde ahora, también para las pruebas en curso.'}
      </p>
      <form class="form" method="post" action={`/planes/${plan.code}`} novalidate>
        <FormAlert errors={rejected?.errors} />
        <input type="hidden" name="antes" value={before} />
        {plan.kind === 'paid' ? (
          <PaidFields plan={plan} typed={typed} isSold={isSold} />
        ) : (
          <TrialFields plan={plan} typed={typed} />
        )}
        <ReasonField value={values.motivo} error={errors.motivo} />
        <div class="actions">
          <Button kind="primary" busy="Guardando…">
            Guardar
          </Button>
          <ButtonLink kind="quiet" href="/planes">
            Volver
          </ButtonLink>
        </div>
      </form>
    </OperatorLayout>
  )
}
