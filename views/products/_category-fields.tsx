import { Field } from '#views/components/field.tsx'
import { SelectField } from '#views/components/select-field.tsx'

type FieldOf = (name: string) => { name: string; value?: string | undefined; error?: string | undefined }
type CategoryProps = { field: FieldOf; categories: readonly { name: string }[] }

/** A category from the list, or a new one by its name. The box takes more than fits, so that the server can say so. */
export function CategoryFields({ field, categories }: CategoryProps) {
  const hasList = categories.length > 0
  return (
    <>
      {hasList && (
        <SelectField
          {...field('category')}
          label="Categoría"
          optional
          options={[
            { value: '', text: 'Sin categoría' },
            ...categories.map(({ name }) => ({ value: name, text: name })),
          ]}
        />
      )}
      <Field
        {...field('newCategory')}
        label={hasList ? 'Otra categoría' : 'Categoría'}
        optional
        hint="Escríbela si no está en la lista."
        autocomplete="off"
        maxlength={80}
      />
    </>
  )
}
