import type { Shell } from '#src/http/shell.ts'
import { Button } from '#views/components/button.tsx'
import { CheckField, Field } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { firstWrong, Wizard } from './layout.tsx'

type BranchProps = { shell: Shell; values: Record<string, string>; errors?: Record<string, string> }

export function BranchPage({ shell, values, errors = {} }: BranchProps) {
  const focus = firstWrong(['name', 'address', 'whatsapp'], errors)
  const field = (key: string) => ({
    name: key,
    value: values[key],
    error: errors[key],
    autofocus: focus === key,
  })
  return (
    <Wizard shell={shell} step={2} title="Crea tu primer local." back="/configurar/datos-fiscales">
      <form class="form" method="post" action="/configurar/sucursal" novalidate>
        <FormAlert errors={errors} />
        <Field {...field('name')} label="Nombre" autocomplete="organization" required />
        <Field {...field('address')} label="Dirección" autocomplete="street-address" maxlength={200} />
        <div class="stack-8">
          <Field
            {...field('whatsapp')}
            label="WhatsApp del local"
            optional
            hint="Sale en tu ticket."
            type="tel"
            inputmode="tel"
            autocomplete="tel-national"
            maxlength={20}
          />
          <CheckField
            name="consent"
            label="Pueden escribirme a este número para ayudarme a empezar"
            checked={values.consent !== undefined}
          />
        </div>
        <Button kind="primary" busy="Guardando…" wide>
          Guardar y seguir
        </Button>
      </form>
    </Wizard>
  )
}
