import { Field, MoneyField } from '#views/components/field.tsx'
import { CategoryFields } from './_category-fields.tsx'

export type CategoryOption = { id: number; name: string }

type FieldsProps = {
  values: Record<string, string>
  errors: Record<string, string>
  categories: readonly CategoryOption[]
  /** The barcode first: that is where the scanner writes. */
  scans?: boolean
  /** The first field takes the focus when none is wrong. */
  autofocus?: boolean
}

/** The same fields wherever a product is added or changed. */
export function ProductFields({ values, errors, categories, scans = false, autofocus }: FieldsProps) {
  const order = [...(scans ? ['barcode'] : []), 'name', 'price', 'category', 'newCategory', 'code', 'barcode']
  const focus = order.find((key) => errors[key]) ?? (autofocus ? order[0] : undefined)
  const field = (key: string) => ({
    name: key,
    value: values[key],
    error: errors[key],
    autofocus: focus === key,
  })
  const barcode = (
    <Field
      {...field('barcode')}
      label="Código de barras"
      optional={!scans}
      inputmode="numeric"
      autocomplete="off"
      maxlength={40}
    />
  )
  return (
    <>
      {scans && barcode}
      <Field {...field('name')} label="Nombre" autocomplete="off" maxlength={300} required />
      <MoneyField {...field('price')} label="Precio" hint="Con IGV, como lo cobras." required />
      <CategoryFields field={field} categories={categories} />
      {!scans && (
        <details
          class="more-options"
          open={Boolean(values.code || values.barcode || errors.code || errors.barcode)}
        >
          <summary>Códigos</summary>
          <div class="stack">
            <Field {...field('code')} label="Código" optional autocomplete="off" maxlength={40} />
            {barcode}
          </div>
        </details>
      )}
    </>
  )
}
