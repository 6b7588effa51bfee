import { Button } from '../components/button.tsx'
import { MoneyField } from '../components/field.tsx'
import { FormAlert } from '../components/form-errors.tsx'

type Texts = Record<string, string>
type OpenFormProps = {
  registerId: number
  /** Whose drawer: another tab may have signed in to another business since this page. */
  business: string
  /** Made with the page: a double click or a page sent twice opens one turno. */
  requestKey: string
  values?: Texts | undefined
  errors?: Texts | undefined
}

/** Before the first sale: one field. Also over the dimmed tiles of a closed till. */
export function OpenForm({ registerId, business, requestKey, values = {}, errors = {} }: OpenFormProps) {
  return (
    <form class="open-form" method="post" action="/caja/aperturas">
      <FormAlert errors={{ ...errors, form: errors.form ?? errors.register_id ?? errors.request_key }} />
      <input type="hidden" name="request_key" value={requestKey} />
      <input type="hidden" name="business" value={business} />
      <input type="hidden" name="register_id" value={String(registerId)} />
      <MoneyField
        id={`float-${registerId}`}
        name="float"
        label="¿Con cuánto sencillo empiezas?"
        hint="Las monedas y billetes que ya están en el cajón."
        value={values.float ?? '0.00'}
        error={errors.float}
        required
        autofocus={Boolean(errors.float)}
      />
      <Button kind="primary" wide busy="Abriendo…">
        Abrir caja
      </Button>
    </form>
  )
}
