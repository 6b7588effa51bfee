import { Button, type ButtonKind } from '#views/components/button.tsx'
import { Field } from '#views/components/field.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import type { PaymentPageProps } from './payment-page.tsx'

type Props = PaymentPageProps & { button: string; kind?: ButtonKind; class?: string }

/** The number that the wallet showed, and a picture if she likes. */
export function DeclareForm({ payment, values = {}, errors = {}, volver, button, kind = 'primary' }: Props) {
  return (
    <form
      class="form card"
      method="post"
      action={`/plan/pagos/${payment.reference}/aviso`}
      enctype="multipart/form-data"
      data-photo
      novalidate
    >
      <FormAlert errors={errors} />
      {volver && <input type="hidden" name="volver" value={volver} />}
      <Field
        name="operation"
        label="N.º de operación"
        hint="Sale en la pantalla de tu pago."
        value={values.operation ?? payment.operationNumber ?? ''}
        error={errors.operation}
        autofocus={Boolean(errors.operation)}
        inputmode="numeric"
        autocomplete="off"
        maxlength={60}
        required
      />
      <details class="declare-picture" open={Boolean(errors.picture)}>
        <summary>Agregar foto del pago (opcional)</summary>
        <Field
          name="picture"
          label="Foto del pago"
          hint={payment.pictureId ? 'Ya tenemos una; si eliges otra, la cambia.' : undefined}
          error={errors.picture}
          type="file"
          accept="image/*"
        />
      </details>
      <div class="actions">
        <Button kind={kind} busy="Avisando…">
          {button}
        </Button>
      </div>
    </form>
  )
}
