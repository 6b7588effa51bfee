import { fits, type Limited } from '#src/billing/limits.ts'
import { formatShortDay } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import type { Business } from '#src/operator/businesses/business.ts'
import { lastDayBefore } from '#src/operator/businesses/days.ts'
import { plusDays } from '#src/tenants/extension.ts'
import type { Plan } from '#src/tenants/queries.ts'
import { Field, SelectField } from '#views/components/field.tsx'
import type { ActsProps, Rejected } from './_acts.tsx'

const offered = [3, 7, 15, 30]

export function DaysFields({ from, rejected }: { from: Date; rejected: Rejected }) {
  const { values = {}, errors = {} } = rejected?.doing === 'dias' ? rejected : {}
  const options = offered.map((days) => ({
    value: String(days),
    text: `${days} días, hasta el ${formatShortDay(lastDayOf(from, days))}`,
  }))
  return (
    <>
      <input type="hidden" name="desde" value={from.toISOString()} />
      <SelectField name="dias" label="Cuántos" value={values.dias} error={errors.dias} options={options} />
    </>
  )
}

const lastDayOf = (from: Date, days: number) => new Date(plusDays(from, days).getTime() - 1)

/** A plan that is too small says so, and can be chosen all the same: who is over its limit adds nothing more. */
export function PlanFields({ business, plans, renewsItself, rejected }: ActsProps) {
  const { values = {}, errors = {} } = rejected?.doing === 'plan' ? rejected : {}
  const sold = plans.filter(
    (plan) => plan.kind === 'paid' && (plan.retiredAt === null || plan.code === business.plan),
  )
  const options = sold.map((plan) => ({ value: plan.code, text: optionText(plan, business) }))
  const shown = values.hasta ?? (business.paidUntil ? lastDayBefore(business.paidUntil) : '')
  return (
    <>
      {renewsItself && <p class="soft">Se cobra solo por Mercado Pago: el plan lo cambia su dueño.</p>}
      <input type="hidden" name="antesPlan" value={business.plan} />
      <input type="hidden" name="antesHasta" value={business.paidUntil?.toISOString() ?? ''} />
      <SelectField
        name="plan"
        label="Plan"
        value={values.plan ?? business.plan}
        error={errors.plan}
        options={options}
      />
      <Field
        name="hasta"
        label="Pagado hasta"
        hint="El último día que cubre. No es un cobro: es un acuerdo o un regalo."
        type="date"
        value={shown}
        error={errors.hasta}
      />
    </>
  )
}

function optionText(plan: Plan, { stats }: Business): string {
  const price = plan.priceMonthlyCentimos === null ? '' : `, ${formatSoles(plan.priceMonthlyCentimos)} al mes`
  const over = fits(plan, stats)
  return `${plan.name}${price}${over.length > 0 ? ` (pasa de sus ${over.map((what) => nouns[what]).join(', ')})` : ''}`
}

const nouns: Record<Limited, string> = {
  branches: 'locales',
  registers: 'cajas',
  staff: 'personas',
  products: 'productos',
}
