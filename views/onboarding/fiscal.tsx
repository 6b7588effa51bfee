import type { Shell } from '#src/http/shell.ts'
import { greeting } from '#src/onboarding/onboarding.ts'
import { noticeOfUse } from '#src/onboarding/texts.ts'
import type { RucAnswer } from '#src/ruc/lookup.ts'
import { Button } from '#views/components/button.tsx'
import { CheckField, Field, SelectField } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { Rate, type SpecialRate } from './_rate.tsx'
import { RucResult } from './_ruc-result.tsx'
import { DefaultSubmit, firstWrong, Wizard } from './layout.tsx'

type FiscalProps = {
  shell: Shell
  /** As saved: the greeting does not follow what is being typed. */
  name: string
  values: Record<string, string>
  errors?: Record<string, string>
  answer?: RucAnswer | null
  specialRate: SpecialRate | null
  /** Without a register to search in, nothing is promised and nothing is asked. */
  looksUp: boolean
}

const order = ['name', 'ruc', 'legalName', 'address', 'currency', 'regime', 'igvKind']
const regimes = [
  { value: 'rus', text: 'Nuevo RUS' },
  { value: 'rer', text: 'RER' },
  { value: 'mype', text: 'MYPE Tributario' },
  { value: 'general', text: 'Régimen General' },
  { value: 'unknown', text: 'No lo sé todavía' },
]

const search = {
  'hx-get': '/configurar/ruc',
  'hx-trigger': 'ruc-complete',
  'hx-target': '#ruc-result',
  'hx-swap': 'outerHTML',
  'hx-sync': 'this:replace',
}

export function FiscalPage({ shell, name, looksUp, ...form }: FiscalProps) {
  const { values, errors = {}, answer, specialRate } = form
  const focus = firstWrong(order, errors)
  const field = (key: string) => ({
    name: key,
    value: values[key],
    error: errors[key],
    autofocus: focus === key,
  })
  return (
    <Wizard shell={shell} step={1} title={greeting(name, shell.rubroNoun)}>
      <h2>Datos Fiscales</h2>
      <form class="form fiscal" method="post" action="/configurar/datos-fiscales" novalidate>
        <DefaultSubmit />
        <FormAlert errors={errors} />
        <Field
          {...field('name')}
          label="¿Cómo te llamas?"
          hint="Así te saludamos y así sale quién atendió."
          autocomplete="given-name"
          maxlength={80}
        />
        <div class="with-ruc stack-8">
          <Field
            {...field('ruc')}
            label="RUC"
            hint={looksUp ? '11 números. Buscamos tus datos por ti.' : '11 números.'}
            inputmode="numeric"
            autocomplete="off"
            maxlength={20}
            {...(looksUp ? search : {})}
          >
            {looksUp && (
              <Button class="ruc-search" formaction="/configurar/ruc" formmethod="get" formnovalidate>
                Buscar
              </Button>
            )}
          </Field>
          <RucResult answer={answer ?? null} wrong="" values={values} />
        </div>
        <CheckField
          name="boletaSimple"
          label="Vender con Boleta Simple"
          hint="Si no tienes RUC: imprimes un ticket interno. No es un comprobante de pago ni reemplaza a la boleta de SUNAT. Puedes poner tu RUC cuando lo tengas."
          checked={values.boletaSimple !== undefined}
        />
        <Field {...field('legalName')} label="Nombre Legal" autocomplete="organization" maxlength={150} />
        <Field {...field('address')} label="Dirección" autocomplete="street-address" maxlength={200} />
        <SelectField {...field('currency')} label="Moneda" options={[{ value: 'PEN', text: 'Soles (S/)' }]} />
        <div class="with-ruc stack-24">
          <SelectField
            {...field('regime')}
            value={values.regime || 'unknown'}
            label="Régimen"
            hint="El ticket no separa el IGV hasta que lo elijas."
            options={regimes}
          />
          <Rate value={values.igvKind} error={errors.igvKind} specialRate={specialRate} />
        </div>
        <Button kind="primary" busy="Guardando…" wide>
          Guardar y seguir
        </Button>
        <p class="hint">{noticeOfUse}</p>
      </form>
    </Wizard>
  )
}
