import { formatAmount } from '#src/lib/money.ts'
import { ruleNames } from '#src/operator/plan-table/texts.ts'
import type { Plan } from '#src/tenants/queries.ts'
import { CheckField, Field, MoneyField, SelectField } from '#views/components/field.tsx'

type Typed = { name: string; value: string; error: string | undefined; autocomplete: string }
/** What a field shows: what was typed, or what the row says now. */
type FieldsProps = { plan: Plan; typed: (name: string, now: string) => Typed }

export function PaidFields({ plan, typed, isSold }: FieldsProps & { isSold: boolean }) {
  return (
    <>
      <MoneyField
        {...typed('mensual', formatAmount(plan.priceMonthlyCentimos ?? 0))}
        label="Precio al mes, con IGV"
      />
      <MoneyField
        {...typed('anual', formatAmount(plan.priceYearlyCentimos ?? 0))}
        label="Precio al año, con IGV"
      />
      <Limits plan={plan} typed={typed} />
      <CheckField
        name="ofrecido"
        label="Se ofrece"
        hint="Si lo quitas, quien ya lo tiene lo conserva y lo puede renovar."
        checked={isSold}
      />
    </>
  )
}

function Limits({ plan, typed }: FieldsProps) {
  const fields: [string, string, number | null][] = [
    ['locales', 'Locales', plan.branches],
    ['cajas', 'Cajas', plan.registers],
    ['personas', 'Personas', plan.staff],
    ['productos', 'Productos', plan.products],
  ]
  return (
    <fieldset class="console-limits">
      <legend>Hasta cuánto (vacío: sin límite)</legend>
      {fields.map(([name, label, limit]) => (
        <Field {...typed(name, limit === null ? '' : String(limit))} label={label} inputmode="numeric" />
      ))}
    </fieldset>
  )
}

export function TrialFields({ plan, typed }: FieldsProps) {
  const { autocomplete: _, ...rule } = typed('regla', plan.trialRule ?? 'first')
  return (
    <>
      <Field {...typed('dias', String(plan.trialDays ?? ''))} label="Días" inputmode="numeric" />
      <Field {...typed('ventas', String(plan.trialSales ?? ''))} label="Ventas" inputmode="numeric" />
      <SelectField
        {...rule}
        label="Cómo termina"
        options={Object.entries(ruleNames).map(([value, text]) => ({ value, text }))}
      />
      <Field
        {...typed('maximo', String(plan.trialMaxDays ?? ''))}
        label="Nunca más de tantos días"
        optional
        inputmode="numeric"
      />
    </>
  )
}
