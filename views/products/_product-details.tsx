import { CheckField, Field, SelectField } from '#views/components/field.tsx'

type DetailsProps = { values: Record<string, string>; errors: Record<string, string> }

const affectations = [
  { value: '10', text: 'Gravado: lleva IGV' },
  { value: '20', text: 'Exonerado' },
  { value: '30', text: 'Inafecto' },
]
const measures = [
  { value: 'unidad', text: 'Por unidad' },
  { value: 'kg', text: 'Por peso, en kilos' },
  { value: 'octavo', text: 'Por octavos, como el pollo' },
]

/** What most products never need: folded away until there is something in it. */
export function ProductDetails({ values, errors }: DetailsProps) {
  const field = (name: string) => ({
    name,
    value: values[name],
    error: errors[name],
    autofocus: Object.keys(errors)[0] === name,
    autocomplete: 'off',
  })
  const hasCodes = ['code', 'barcode'].some((name) => values[name] || errors[name])
  return (
    <>
      <details class="more-options" open={hasCodes}>
        <summary>Códigos</summary>
        <div class="stack">
          <Field {...field('code')} label="Código" optional maxlength={40} />
          <Field {...field('barcode')} label="Código de barras" optional inputmode="numeric" maxlength={40} />
        </div>
      </details>
      <details class="more-options" open={Boolean(errors.measure || errors.presentation)}>
        <summary>Unidad, presentación e IGV</summary>
        <div class="stack">
          <SelectField {...field('measure')} label="Cómo se vende" options={measures} />
          <Field
            {...field('presentation')}
            label="Presentación"
            optional
            hint="Por ejemplo: caja de 12, unidad."
            maxlength={80}
          />
          <SelectField {...field('affectation')} label="IGV" options={affectations} />
          <CheckField
            name="counted"
            label="Solo se cuenta, no se vende"
            hint="Como el pollo entero del que salen los octavos."
            checked={values.counted === 'on'}
          />
        </div>
      </details>
    </>
  )
}
