import { Button } from '#views/components/button.tsx'
import { ChoiceCards } from '#views/components/choice-cards.tsx'
import { Field, MoneyField } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { ConsumerFields } from './_consumer-fields.tsx'
import { TextArea } from './_text-area.tsx'

export type Texts = Partial<Record<string, string>>
export type ComplaintFormProps = { values: Texts; errors?: Texts | undefined }

/** In the order in which it is read: the first wrong one takes the focus. */
const order = [
  'consumer_name',
  'document_type',
  'document_number',
  'consumer_address',
  'email',
  'phone',
  'guardian_name',
  'item',
  'item_description',
  'amount',
  'kind',
  'detail',
  'request',
]

const kinds = [
  { value: 'reclamo', title: 'Reclamo', hint: 'No estás conforme con el servicio o el producto.' },
  { value: 'queja', title: 'Queja', hint: 'El malestar es por la atención, no por el servicio en sí.' },
]
const items = [
  { value: 'servicio', title: 'Servicio' },
  { value: 'producto', title: 'Producto' },
]

/** The sheet of D.S. 011-2011-PCM, annex I. */
export function ComplaintForm({ values, errors = {} }: ComplaintFormProps) {
  const first = order.find((name) => errors[name])
  const of = (name: string) => ({ name, value: values[name], error: errors[name], autofocus: first === name })
  return (
    <form class="form complaint-form" method="post" action="/libro-de-reclamaciones" novalidate>
      <input type="hidden" name="request_key" value={values.request_key} />
      <FormAlert errors={errors} />
      <h2>1. Tus datos</h2>
      <ConsumerFields of={of} documentType={values.document_type} />
      <h2>2. Sobre qué es</h2>
      <ChoiceCards label="Tipo" options={items} wide {...of('item')} value={values.item ?? 'servicio'} />
      <Field
        label="Descripción"
        hint="Por ejemplo, «Plan Local»"
        maxlength={300}
        required
        {...of('item_description')}
      />
      <MoneyField label="Monto reclamado" optional {...of('amount')} />
      <h2>3. Tu reclamación</h2>
      <ChoiceCards label="¿Qué presentas?" options={kinds} {...of('kind')} value={values.kind ?? 'reclamo'} />
      <TextArea label="Detalle" hint="Qué pasó y cuándo" maxlength={4000} required {...of('detail')} />
      <TextArea
        label="Pedido"
        hint="Qué quieres que hagamos"
        maxlength={2000}
        rows={3}
        required
        {...of('request')}
      />
      <div class="stack">
        <Button kind="primary" wide busy="Registrando…">
          Registrar en el libro
        </Button>
        <p class="hint">
          Al registrarla recibe su número y ya no se puede cambiar ni borrar. Usamos estos datos solo para
          responderte. El reclamo no impide acudir a otras vías de solución de controversias ni es requisito
          previo para una denuncia ante el INDECOPI.
        </p>
      </div>
    </form>
  )
}
