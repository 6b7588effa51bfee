import { BrandMark } from '#views/components/brand.tsx'
import { Button } from '#views/components/button.tsx'
import { Field } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { Document, SkipLink } from '#views/document.tsx'
import { CodeField } from './_code-field.tsx'

type Texts = Partial<Record<string, string>>
type SignInProps = { back: string; values?: Texts; errors?: Texts }

/** Password and code in one form: nobody learns which of them was wrong. */
export function OperatorSignInPage({ back, values = {}, errors = {} }: SignInProps) {
  const wrong = errors.email ? 'email' : errors.password ? 'password' : errors.codigo ? 'codigo' : null
  const first = wrong ?? (values.email ? 'password' : 'email')
  return (
    <Document
      title="Ingresar · Operador"
      bodyClass="app operator"
      noindex
      styles={['operator.css']}
      scripts={[]}
    >
      <SkipLink />
      <header class="top-bar operator-bar">
        <span class="brand">
          <BrandMark />
          <span class="brand-word">Operador</span>
        </span>
      </header>
      <main id="contenido" class="content account-content" tabindex={-1}>
        <h1>Ingresar</h1>
        <form class="form account-form" method="post" action="/ingresar">
          <FormAlert errors={errors} />
          <input type="hidden" name="volver" value={back} />
          <Field
            name="email"
            label="Correo"
            type="email"
            inputmode="email"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            maxlength={254}
            required
            value={values.email}
            error={errors.email}
            autofocus={first === 'email'}
          />
          <Field
            name="password"
            label="Contraseña"
            type="password"
            autocomplete="current-password"
            maxlength={1000}
            required
            error={errors.password}
            autofocus={first === 'password'}
          />
          <CodeField error={errors.codigo} autofocus={first === 'codigo'} />
          <Button kind="primary" wide>
            Ingresar
          </Button>
        </form>
      </main>
    </Document>
  )
}
