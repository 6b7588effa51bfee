import { Field, SelectField } from '#views/components/field.tsx'

const documents = [
  { value: 'DNI', text: 'DNI' },
  { value: 'CE', text: 'Carné de extranjería' },
  { value: 'PASAPORTE', text: 'Pasaporte' },
  { value: 'RUC', text: 'RUC' },
]

type ConsumerFieldsProps = {
  of: (name: string) => {
    name: string
    value?: string | undefined
    error?: string | undefined
    autofocus: boolean
  }
  documentType: string | undefined
}

/** Who complains, and where the answer goes. */
export function ConsumerFields({ of, documentType }: ConsumerFieldsProps) {
  return (
    <>
      <Field
        label="Nombre y apellidos"
        autocomplete="name"
        maxlength={150}
        required
        {...of('consumer_name')}
      />
      <div class="complaint-document">
        <SelectField
          label="Documento"
          options={documents}
          {...of('document_type')}
          value={documentType ?? 'DNI'}
        />
        <Field label="Número" autocomplete="off" maxlength={20} required {...of('document_number')} />
      </div>
      <Field
        label="Domicilio"
        autocomplete="street-address"
        maxlength={200}
        required
        {...of('consumer_address')}
      />
      <Field
        label="Correo"
        hint="Aquí llegan tu copia y la respuesta."
        type="email"
        inputmode="email"
        autocomplete="email"
        autocapitalize="none"
        spellcheck={false}
        maxlength={254}
        required
        {...of('email')}
      />
      <Field
        label="Teléfono"
        required
        type="tel"
        inputmode="tel"
        autocomplete="tel"
        maxlength={20}
        {...of('phone')}
      />
      <Field
        label="Si eres menor de edad: tu padre, madre o tutor"
        optional
        autocomplete="off"
        maxlength={150}
        {...of('guardian_name')}
      />
    </>
  )
}
