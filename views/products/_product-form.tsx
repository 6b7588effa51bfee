import { marginText } from '#src/products/margin.ts'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { Field, MoneyField } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { CategoryFields } from './_category-fields.tsx'
import { EmojiField } from './_emoji.tsx'
import type { CategoryOption } from './_fields.tsx'
import { ProductDetails } from './_product-details.tsx'

export type ProductFormProps = {
  id: number | null
  values: Record<string, string>
  errors: Record<string, string>
  categories: readonly CategoryOption[]
  /** Of what is saved; the page's script keeps it right while one types. */
  saved: { priceCentimos: number; costCentimos: number | null } | null
}

/** Everything about a product that is saved with one button. */
export function ProductForm({ id, values, errors, categories, saved }: ProductFormProps) {
  const wrong = Object.keys(errors)[0]
  const focus = wrong ?? (id === null ? 'name' : undefined)
  const field = (name: string) => ({
    name,
    value: values[name],
    error: errors[name],
    autofocus: focus === name,
    autocomplete: 'off',
  })
  const kept = saved ? marginText(saved.priceCentimos, saved.costCentimos) : ''
  return (
    <form class="form" method="post" action={id === null ? '/productos' : `/productos/${id}`} novalidate>
      <FormAlert errors={errors} />
      <Field {...field('name')} label="Nombre" maxlength={300} required />
      <Field
        {...field('shortName')}
        label="Nombre corto"
        optional
        hint="Para el botón de la caja, hasta 36 letras."
        maxlength={80}
      />
      <div class="field-pair">
        <MoneyField {...field('price')} label="Precio" hint="Con IGV, como lo cobras." required />
        <MoneyField {...field('cost')} label="Costo" optional hint="Lo que te cuesta, con IGV." />
      </div>
      <p class="margin-line" data-margin hidden={kept === ''}>
        Te quedan <output for="price cost">{kept}</output>
      </p>
      <CategoryFields field={field} categories={categories} />
      <EmojiField values={values} error={errors.ownEmoji} />
      <ProductDetails values={values} errors={errors} />
      <div class="actions">
        <Button kind="primary" busy="Guardando…">
          Guardar
        </Button>
        <ButtonLink href="/productos" kind="quiet">
          Volver
        </ButtonLink>
      </div>
    </form>
  )
}
