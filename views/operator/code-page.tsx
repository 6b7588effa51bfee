import { Button } from '#views/components/button.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { CodeField } from './_code-field.tsx'
import { OperatorLayout } from './layout.tsx'

type CodePageProps = {
  operator: { name: string }
  /** What is about to be done, as a verb: «Devolver el pago». */
  act: string
  /** The address that the form came to, and what was in it: it is sent there again, with the code. */
  path: string
  values: Partial<Record<string, string>>
  error?: string | undefined
}

/** Before what cannot be undone the code is asked again, for this one act. */
export function CodePage({ operator, act, path, values, error }: CodePageProps) {
  return (
    <OperatorLayout title={act} operator={operator} narrow scripts={[]}>
      <div class="stack">
        <h1>{act}</h1>
        <p class="lead">Escribe el código otra vez para confirmarlo.</p>
      </div>
      <form class="form account-form" method="post" action={path}>
        <FormAlert errors={error ? { codigo: error } : {}} />
        {Object.entries(values).map(([name, value]) => (
          <input type="hidden" name={name} value={value ?? ''} />
        ))}
        <CodeField error={error} autofocus />
        <Button kind="primary">{act}</Button>
      </form>
    </OperatorLayout>
  )
}
