import { ChoiceCards } from '#views/components/choice-cards.tsx'
import { Field } from '#views/components/field.tsx'

type Texts = Record<string, string>
type Props = { values: Texts; errors: Texts; asksIdentity: boolean }

/** «¿Boleta o factura?»: the fields of the other one stay away where the browser can tell. */
export function InvoiceFields({ values, errors, asksIdentity }: Props) {
  const focus = ['document', 'ruc', 'legal_name', 'dni', 'name'].find((name) => errors[name])
  const field = (name: string) => ({
    name,
    value: values[name],
    error: errors[name],
    autofocus: focus === name,
  })
  return (
    <>
      <ChoiceCards
        name="document"
        label="¿Boleta o factura?"
        wide
        options={[
          { value: 'boleta', title: 'Boleta' },
          { value: 'factura', title: 'Factura' },
        ]}
        value={values.document}
        error={errors.document}
      />
      <div class="form factura-fields">
        <Field
          {...field('ruc')}
          label="RUC de la factura"
          inputmode="numeric"
          autocomplete="off"
          maxlength={20}
        />
        <Field {...field('legal_name')} label="Nombre legal" autocomplete="organization" maxlength={150} />
        <Field
          {...field('address')}
          label="Dirección fiscal"
          optional
          autocomplete="street-address"
          maxlength={200}
        />
      </div>
      {asksIdentity && (
        <div class="form boleta-fields">
          <Field
            {...field('dni')}
            label="DNI de la boleta"
            hint="Pasa de S/ 700: la boleta lleva tu documento y tu nombre."
            inputmode="numeric"
            autocomplete="off"
            maxlength={12}
          />
          <Field {...field('name')} label="Nombre completo" autocomplete="name" maxlength={150} />
        </div>
      )}
    </>
  )
}
