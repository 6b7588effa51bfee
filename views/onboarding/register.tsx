import type { Shell } from '#src/http/shell.ts'
import { Button } from '#views/components/button.tsx'
import { ChoiceCards } from '#views/components/choice-cards.tsx'
import { Field } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { Icon } from '#views/components/icon.tsx'
import { DefaultSubmit, firstWrong, Wizard } from './layout.tsx'

type RegisterProps = { shell: Shell; values: Record<string, string>; errors?: Record<string, string> }

const papers = [
  { value: '80', title: 'Rollo de 80 mm', hint: 'Casi el largo de una tarjeta de banco.' },
  { value: '58', title: 'Rollo de 58 mm', hint: 'Casi el alto de una tarjeta.' },
  { value: 'none', title: 'Todavía no tengo', hint: 'Envío el ticket por WhatsApp.' },
]

export function RegisterPage({ shell, values, errors = {} }: RegisterProps) {
  const focus = firstWrong(['name', 'paper', 'series'], errors)
  const field = (key: string) => ({
    name: key,
    value: values[key],
    error: errors[key],
    autofocus: focus === key,
  })
  return (
    <Wizard shell={shell} step={3} title="Configura tu primera caja." back="/configurar/sucursal">
      <form class="form" method="post" action="/configurar/caja" novalidate>
        <DefaultSubmit />
        <FormAlert errors={errors} />
        <Field {...field('name')} label="Nombre" autocomplete="off" maxlength={60} required />
        <div class="stack">
          <ChoiceCards
            name="paper"
            label="¿Qué impresora tienes?"
            options={papers}
            value={values.paper}
            error={errors.paper}
          />
          {/* In a tab of its own: what was typed here stays. */}
          <Button
            class="test-print"
            formaction="/configurar/caja/prueba"
            formmethod="get"
            formtarget="_blank"
            formnovalidate
          >
            <Icon name="printer" />
            Imprimir una prueba
          </Button>
        </div>
        <details class="more-options" open={Boolean(errors.series)}>
          <summary>
            Más opciones
            <Icon name="chevron-down" />
          </summary>
          <Field
            {...field('series')}
            label="Serie"
            hint="Con ella empiezan los números de tus notas de venta: NV01-000001."
            autocomplete="off"
            maxlength={4}
          />
        </details>
        <Button kind="primary" busy="Guardando…" wide>
          Guardar y seguir
        </Button>
      </form>
    </Wizard>
  )
}
