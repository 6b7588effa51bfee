import type { ModifierGroup } from '#src/modifiers/modifier.ts'
import { Button } from '#views/components/button.tsx'
import { Field } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import type { RejectedForm } from './modifiers-page.tsx'

type GroupFormProps = {
  action: string
  at: string
  rejected: RejectedForm
  group?: ModifierGroup
  primary?: boolean
}

/** Name, and how many answers may be given; for a new group and for one that is there. */
export function GroupForm({ action, at, rejected, group, primary }: GroupFormProps) {
  const mine = rejected?.at === at ? rejected : null
  const field = (name: 'name' | 'min' | 'max', first: string) => ({
    name,
    id: `${at}-${name}`,
    value: mine?.values[name] ?? String(group?.[name] ?? first),
    error: mine?.errors[name],
    autofocus: mine ? Object.keys(mine.errors)[0] === name : undefined,
    autocomplete: 'off',
  })
  return (
    <form class="form" method="post" action={action} novalidate>
      {mine && <FormAlert errors={mine.errors} />}
      <Field {...field('name', '')} label="Nombre" hint="Por ejemplo: Presa, Cremas." maxlength={80} />
      <div class="field-pair">
        <Field {...field('min', '0')} label="Mínimo" inputmode="numeric" maxlength={3} />
        <Field {...field('max', '1')} label="Máximo" inputmode="numeric" maxlength={3} />
      </div>
      <div class="actions">
        <Button kind={primary ? 'primary' : 'plain'} busy="Guardando…">
          {group ? 'Guardar' : 'Crear grupo'}
        </Button>
      </div>
    </form>
  )
}
