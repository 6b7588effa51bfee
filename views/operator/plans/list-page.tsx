import { formatSoles } from '#src/lib/money.ts'
import { count, formatCount } from '#src/lib/text.ts'
import { ruleNames } from '#src/operator/plan-table/texts.ts'
import type { Plan } from '#src/tenants/queries.ts'
import { Chip } from '#views/components/chip.tsx'
import { Strip } from '#views/components/strip.tsx'
import { OperatorLayout } from '../layout.tsx'

type ListProps = {
  operator: { name: string }
  plans: readonly Plan[]
  counts: ReadonlyMap<string, number>
  saved: string | null
}

export function PlanListPage({ operator, plans, counts, saved }: ListProps) {
  const changed = plans.find((plan) => plan.code === saved)
  const users = (plan: Plan) => count(counts.get(plan.code) ?? 0, 'negocio', 'negocios')
  return (
    <OperatorLayout
      title="Planes"
      operator={operator}
      current="planes"
      flash={changed && <Strip>Listo: {changed.name} cambió.</Strip>}
    >
      <h1>Planes</h1>
      <section class="stack-8" aria-labelledby="pagados">
        <h2 id="pagados">De pago</h2>
        <ul class="console-rows">
          {plans
            .filter((plan) => plan.kind === 'paid')
            .map((plan) => (
              <li class="console-row">
                <span class="console-row-text">
                  <a href={`/planes/${plan.code}`}>
                    <strong>{plan.name}</strong>
                  </a>
                  <span>
                    {formatSoles(plan.priceMonthlyCentimos ?? 0)} al mes ·{' '}
                    {formatSoles(plan.priceYearlyCentimos ?? 0)} al año
                  </span>
                  <span class="hint">
                    {sizes(plan)} · {users(plan)}
                  </span>
                </span>
                {plan.retiredAt && <Chip>Retirado</Chip>}
              </li>
            ))}
        </ul>
      </section>
      <section class="stack-8" aria-labelledby="pruebas">
        <h2 id="pruebas">Pruebas</h2>
        <ul class="console-rows">
          {plans
            .filter((plan) => plan.kind === 'trial')
            .map((plan) => (
              <li class="console-row">
                <span class="console-row-text">
                  <a href={`/planes/${plan.code}`}>
                    <strong>{plan.name}</strong>
                  </a>
                  <span>
                    {count(plan.trialDays ?? 0, 'día', 'días')} o{' '}
                    {count(plan.trialSales ?? 0, 'venta', 'ventas')},{' '}
                    {ruleNames[plan.trialRule ?? 'first'].toLowerCase()}
                  </span>
                  <span class="hint">
                    {plan.trialMaxDays ? `Hasta ${plan.trialMaxDays} días` : 'Sin máximo de días'} ·{' '}
                    {users(plan)}
                  </span>
                </span>
              </li>
            ))}
        </ul>
      </section>
    </OperatorLayout>
  )
}

function sizes(plan: Plan): string {
  const parts: [number | null, string, string][] = [
    [plan.branches, 'local', 'locales'],
    [plan.registers, 'caja', 'cajas'],
    [plan.staff, 'persona', 'personas'],
    [plan.products, 'producto', 'productos'],
  ]
  return parts
    .map(([n, one, many]) =>
      n === null ? `${many} sin límite` : `${formatCount(n)} ${n === 1 ? one : many}`,
    )
    .join(', ')
}
