import type { LimitNote } from '#src/billing/limits.ts'
import type { Shell } from '#src/http/shell.ts'
import { roleNames, type StaffMember } from '#src/staff/staff.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button } from '#views/components/button.tsx'
import { Field } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { LimitStrip } from '#views/components/limit-strip.tsx'
import { Strip } from '#views/components/strip.tsx'

type StaffPageProps = {
  shell: Shell
  people: readonly StaffMember[]
  /** Who is looking. */
  ownId: number
  /** Who was just invited. */
  invited: string | null
  /** How far the plan reaches; `isFull`: why nobody was invited. */
  note: LimitNote | null
  isFull: boolean
  values?: Record<string, string>
  errors?: Record<string, string>
}

export function StaffPage(props: StaffPageProps) {
  const { shell, people, ownId, invited, note, isFull, values = {}, errors = {} } = props
  const isAlone = people.length < 2
  const focus = ['name', 'pin'].find((key) => errors[key])
  return (
    <AppLayout shell={shell} title="Personal" current="personal" narrow scripts={['app.js', 'wizard.js']}>
      <div class="stack-24">
        <h1>Personal</h1>
        {invited && <Strip role="status">{invited} ya está en tu equipo. Dile su PIN en persona.</Strip>}
        {isAlone ? <p>Solo estás tú.</p> : <People people={people} ownId={ownId} />}
        <section class="card stack">
          <h2>Invita a un cajero</h2>
          <LimitStrip note={note} isRefusal={isFull} />
          <form class="form" method="post" action="/personal" novalidate autocomplete="off">
            <FormAlert errors={errors} />
            <Field
              name="name"
              label="Nombre"
              hint="Así sale en tus tickets."
              value={values.name}
              error={errors.name}
              autofocus={focus === 'name'}
              autocomplete="off"
              maxlength={80}
              required
            />
            <Field
              name="pin"
              label="PIN"
              hint="De 4 a 6 números. Cada persona usa el suyo."
              error={errors.pin}
              autofocus={focus === 'pin'}
              type="password"
              inputmode="numeric"
              autocomplete="new-password"
              maxlength={6}
              required
            />
            <Button kind="primary" busy="Guardando…">
              Invitar
            </Button>
          </form>
        </section>
      </div>
    </AppLayout>
  )
}

function People({ people, ownId }: Pick<StaffPageProps, 'people' | 'ownId'>) {
  return (
    <ul class="people">
      {people.map(({ id, name, role, hasPin }) => (
        <li>
          <strong>{name || 'Sin nombre'}</strong>
          <span class="hint">
            {[roleNames[role], hasPin && 'con PIN', id === ownId && 'tú'].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
