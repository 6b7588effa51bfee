import { formatQuantity } from '#src/lib/quantity.ts'
import { Button } from '#views/components/button.tsx'
import { Field } from '#views/components/field.tsx'

export type ComponentsProps = {
  productId: number
  components: readonly {
    id: number
    name: string
    quantityThousandths: number
    stepThousandths: number
    tracksStock: boolean
  }[]
  rejected?:
    | {
        values: Record<string, string>
        errors: Record<string, string>
        choices: readonly { id: number; name: string }[]
      }
    | undefined
}

/** What selling one of it takes from the stock: «1/4 pollo» takes 1/4 of «Pollo». */
export function ComponentsSection({ productId, components, rejected }: ComponentsProps) {
  const { values = {}, errors = {}, choices = [] } = rejected ?? {}
  const path = `/productos/${productId}/componentes`
  return (
    <section class="card stack" id="componentes" aria-labelledby="componentes-titulo">
      <h2 id="componentes-titulo">De qué está hecho</h2>
      <p class="soft">Al venderlo se descuenta el stock de estos productos. Sirve para combos y porciones.</p>
      {components.length > 0 && (
        <ul class="plain-rows">
          {components.map((part) => (
            <li>
              <span>
                <strong>{formatQuantity(part.quantityThousandths, part.stepThousandths)}</strong> de{' '}
                {part.name}
                {!part.tracksStock && <span class="hint"> · no lleva stock</span>}
              </span>
              <form method="post" action={`${path}/fuera`}>
                <input type="hidden" name="componentId" value={String(part.id)} />
                <Button kind="quiet" aria-label={`Quitar ${part.name}`}>
                  Quitar
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form class="inline-form" method="post" action={path} novalidate>
        <Field
          name="part"
          label="Producto"
          hint="Su nombre o su código."
          value={values.part}
          error={errors.part}
          autofocus={errors.part !== undefined}
          autocomplete="off"
          maxlength={120}
        />
        <Field
          name="quantity"
          label="Cuánto lleva"
          hint="1, 1/4, 2/8 o 0.25."
          value={values.quantity}
          error={errors.quantity}
          autofocus={errors.quantity !== undefined && errors.part === undefined}
          autocomplete="off"
          maxlength={20}
        />
        {choices.length > 0 && (
          <fieldset class="stack-8 inline-whole">
            <legend>¿Cuál de estos?</legend>
            {choices.map((choice) => (
              <label class="choice-line">
                <input type="radio" name="componentId" value={String(choice.id)} /> {choice.name}
              </label>
            ))}
          </fieldset>
        )}
        <Button>Añadir</Button>
      </form>
    </section>
  )
}
