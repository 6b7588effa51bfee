import { formatSoles } from '#src/lib/money.ts'
import type { ModifierGroup } from '#src/modifiers/modifier.ts'
import { Button } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'
import { Field, MoneyField } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import type { RejectedForm } from './modifiers-page.tsx'

/** The answers of one question, and the form of one more. */
export function GroupOptions({ group, rejected }: { group: ModifierGroup; rejected: RejectedForm }) {
  const at = `option-${group.id}`
  const mine = rejected?.at === at ? rejected : null
  return (
    <div class="stack">
      {mine && <FormAlert errors={mine.errors} />}
      <ul class="plain-rows">
        {group.options.map((option) => (
          <li>
            <span class={option.active ? '' : 'soft'}>
              {option.name}
              {option.priceCentimos > 0 && ` · ${formatSoles(option.priceCentimos)}`}{' '}
              {!option.active && <Chip>Quitada</Chip>}
            </span>
            <form
              method="post"
              action={`/productos/opciones/${group.id}/${option.active ? 'oculta' : 'visible'}`}
            >
              <input type="hidden" name="optionId" value={String(option.id)} />
              <Button
                kind="quiet"
                aria-label={`${option.active ? 'Quitar' : 'Poner de nuevo'} ${option.name}`}
              >
                {option.active ? 'Quitar' : 'Poner de nuevo'}
              </Button>
            </form>
          </li>
        ))}
      </ul>
      <form class="inline-form" method="post" action={`/productos/opciones/${group.id}/nuevas`} novalidate>
        <Field
          name="name"
          id={`${at}-name`}
          label="Otra opción"
          value={mine?.values.name}
          error={mine?.errors.name}
          autofocus={mine?.errors.name !== undefined}
          autocomplete="off"
          maxlength={80}
        />
        <MoneyField
          name="price"
          id={`${at}-price`}
          label="Precio"
          optional
          value={mine?.values.price}
          error={mine?.errors.price}
        />
        <Button>Añadir</Button>
      </form>
    </div>
  )
}
