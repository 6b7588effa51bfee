import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { type CategoryOption, ProductFields } from './_fields.tsx'

type ProductPageProps = {
  shell: Shell
  /** null while it is being added. */
  id: number | null
  values: Record<string, string>
  errors?: Record<string, string>
  categories: readonly CategoryOption[]
}

export function ProductPage({ shell, id, values, errors = {}, categories }: ProductPageProps) {
  const title = id === null ? 'Añadir producto' : 'Editar producto'
  return (
    <AppLayout shell={shell} title={title} current="productos" narrow scripts={['app.js', 'wizard.js']}>
      <h1>{title}</h1>
      <form class="form" method="post" action={id === null ? '/productos' : `/productos/${id}`} novalidate>
        <FormAlert errors={errors} />
        <ProductFields values={values} errors={errors} categories={categories} autofocus={id === null} />
        <div class="actions">
          <Button kind="primary" busy="Guardando…">
            Guardar
          </Button>
          <ButtonLink href="/productos" kind="quiet">
            Volver
          </ButtonLink>
        </div>
      </form>
    </AppLayout>
  )
}
